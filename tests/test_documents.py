import io
import zipfile
from collections.abc import Mapping

import pytest

from commitments import documents

PNG, JPEG = b"\x89PNG\r\n\x1a\n rest", b"\xff\xd8\xff\xe0 rest"
TYPES = "[Content_Types].xml"


def zipped(members: Mapping[str, str], comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        archive.comment = comment
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """Said to be encrypted."""
    made = bytearray(content)
    made[6] |= 1
    made[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


DOCX = zipped({TYPES: "", "word/document.xml": "", "word/图片.png": ""})
XLSX = zipped({TYPES: "", "xl/workbook.xml": ""}, comment=b"written by an office")


def kind(content: bytes) -> str:
    return documents.suffix_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "suffix"),
    [(b"%PDF-1.7", ".pdf"), (PNG, ".png"), (JPEG, ".jpg"), (DOCX, ".docx"), (XLSX, ".xlsx")],
)
def test_a_document_is_known_by_its_bytes(content: bytes, suffix: str) -> None:
    assert kind(content) == suffix


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"MZ program",
        b" %PDF-1.7",
        zipped({"readme.txt": "a plain archive"}),
        zipped({"word/document.xml": "without its list of types"}),
        zipped({TYPES: "", "ppt/presentation.xml": ""}),
        zipped({TYPES: "", "word/document.xml": "", "word/vbaProject.bin": "macros"}),
        zipped({TYPES: "", "word/document.xml": "", "word/VBAPROJECT.BIN": "macros"}),
        zipped(
            {
                TYPES: '<Override ContentType="application/vnd.ms-word.document.MacroEnabled.main+xml"/>',
                "word/document.xml": "",
            }
        ),
        zipped(
            {
                TYPES: '<Default Extension="x" ContentType="application/vnd.ms-office.vbaProject"/>',
                "word/document.xml": "",
                "word/harmless.x": "macros",
            }
        ),
        zipped({TYPES: "<a b='&#109;acroEnabled'/>", "word/document.xml": ""}),
        zipped({TYPES: " " * (documents.LONGEST_LIST + 1), "word/document.xml": ""}),
        locked(DOCX),
        DOCX[:-30],
        DOCX[:-10],
        b"PK\x03\x04 and nothing else",
        DOCX.replace(b"PK\x01\x02", b"PK\x09\x09"),
    ],
)
def test_anything_else_is_not(content: bytes) -> None:
    assert kind(content) == ""


def test_a_list_of_members_that_is_too_long_is_not_read() -> None:
    many = {f"{number:0100d}": "" for number in range(8000)}
    assert kind(zipped({TYPES: "", "word/document.xml": ""} | many)) == ""


def test_a_file_is_left_at_its_start() -> None:
    file = io.BytesIO(DOCX)
    documents.suffix_of(file)
    assert file.tell() == 0
