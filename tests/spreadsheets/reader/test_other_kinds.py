"""Files that are not read are named as what they are."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from commitments.spreadsheets.reader.problems import FileError
from tests.progress_import.samples import csv_of
from tests.spreadsheets.reader.conftest import Read

ODS = Path(__file__).parents[2] / "progress_import/data/12_libre.ods"


def archive(name: str) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as written:
        written.writestr(name, "")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (ODS.read_bytes(), "OpenDocument"),
        (archive("word/document.xml"), "Word"),
        (archive("other"), "damaged"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0", "old Excel workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"\xef\xbb\xbf\r\n<HTML><table>", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "web page"),
        ("編號,累計完成\nA-1,5\n".encode("big5"), "Big5"),
    ],
)
def test_a_file_of_another_kind_is_named(read: Read, content: bytes, kind: str) -> None:
    with pytest.raises(FileError, match=kind):
        read(content, {"code": 0, "value": 1})


def test_a_text_with_an_angle_bracket_is_a_table(read: Read) -> None:
    (row,) = read(csv_of(("A-1", 5), header=("<编码>", "value")), {"code": 0, "value": 1})
    assert row.value == "5"
