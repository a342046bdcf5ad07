import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from commitments import file_types, office_files
from tests.office import (
    DOCX,
    EXCEL,
    OFFICE,
    RELATIONS,
    TYPES,
    WORD,
    XLSX,
    override,
    parts,
    relations,
    types,
    zipped,
)

PNG, JPEG = b"\x89PNG\r\n\x1a\n rest", b"\xff\xd8\xff\xe0 rest"
DOCUMENT = "word/document.xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
ENTITY = f"<!DOCTYPE Types [<!ENTITY word '{WORD}'>]>"


def locked(content: bytes) -> bytes:
    """Said to be encrypted."""
    made = bytearray(content)
    made[6] |= 1
    made[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def twice(name: str) -> bytes:
    made = io.BytesIO(DOCX)
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, "another one")
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def kind(content: bytes) -> str:
    return file_types.suffix_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.7", ".pdf"),
        (PNG, ".png"),
        (JPEG, ".jpg"),
        (DOCX, ".docx"),
        (XLSX, ".xlsx"),
        (workbook(), ".xlsx"),
        (zipped(parts() | {RELATIONS: relations("/Word/Document.xml")}), ".docx"),
        (zipped(parts("xl/elsewhere.xml", EXCEL)), ".xlsx"),
    ],
)
def test_a_document_is_known_by_its_bytes(content: bytes, suffix: str) -> None:
    assert kind(content) == suffix


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ program", b" %PDF-1.7"])
def test_anything_else_is_not(content: bytes) -> None:
    assert kind(content) == ""


@pytest.mark.parametrize(
    "members",
    [
        {"readme.txt": "a plain archive"},
        {TYPES: "", DOCUMENT: ""},
        {DOCUMENT: "<document/>"},
        parts(DOCUMENT, f"{OFFICE}.presentationml.presentation.main+xml"),
        parts(DOCUMENT, f"{OFFICE}.wordprocessingml.template.main+xml"),
        {name: text for name, text in parts().items() if name != DOCUMENT},
        parts() | {RELATIONS: relations("word/other.xml")},
        parts() | {RELATIONS: "<Relationships/>"},
        parts() | {TYPES: types()},
        parts() | {TYPES: "<Types>"},
        parts() | {TYPES: '<?xml version="1.0" encoding="nonsense"?>' + parts()[TYPES]},
        parts() | {RELATIONS: '<?xml version="1.0" encoding="hex"?>' + parts()[RELATIONS]},
        parts() | {TYPES: ENTITY + types('<Override PartName="/word/document.xml" ContentType="&word;"/>')},
    ],
)
def test_names_alone_make_no_document(members: dict[str, str]) -> None:
    assert kind(zipped(members)) == ""


@pytest.mark.parametrize(
    "members",
    [
        parts(DOCUMENT, MACRO_WORD),
        parts() | {"word/vbaProject.bin": "macros"},
        parts() | {"word/VBAPROJECT.BIN": "macros"},
        parts() | {"word/activeX/activeX1.bin": "a control"},
        parts(DOCUMENT, WORD, '<Default Extension="x" ContentType="application/vnd.ms-office.vbaProject"/>'),
        parts("xl/workbook.xml", EXCEL, override("/xl/1.xml", "application/vnd.ms-excel.macrosheet+xml")),
        parts(DOCUMENT, WORD, override("/word/2.xml", "application/vnd.ms-office.activeX+xml")),
        parts(DOCUMENT, WORD, override("/word/3.bin", "application/vnd.ms-office.vb&#97;Project")),
    ],
)
def test_what_runs_code_is_no_document(members: dict[str, str]) -> None:
    assert kind(zipped(members)) == ""


@pytest.mark.parametrize(
    "content",
    [
        locked(DOCX),
        DOCX[:-30],
        DOCX[:-10],
        b"PK\x03\x04 and nothing else",
        DOCX.replace(b"PK\x01\x02", b"PK\x09\x09"),
        DOCX[:40] + b"\xff" + DOCX[41:],
        twice(DOCUMENT),
        zipped(parts(), method=zipfile.ZIP_BZIP2),
    ],
)
def test_what_programs_read_differently_or_not_at_all_is_no_document(content: bytes) -> None:
    assert kind(content) == ""


def test_a_file_that_bursts_is_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(parts() | {"word/zeros.bin": "\0" * 10**7})
    assert kind(bomb) == ".docx"
    monkeypatch.setattr(office_files, "MOST_UNPACKED", 10**7)
    assert len(bomb) < 20_000
    assert kind(bomb) == ""


def test_a_part_that_is_longer_than_it_says_is_no_document() -> None:
    text = "<document/>" + " " * 1000
    lying = zipped(parts() | {DOCUMENT: text}).replace(
        len(text).to_bytes(4, "little"), (len(text) - 500).to_bytes(4, "little")
    )
    assert kind(lying) == ""


def test_a_list_of_types_that_is_too_long_is_not_read() -> None:
    assert kind(zipped(parts() | {TYPES: types(" " * office_files.LONGEST_LIST)})) == ""


def test_a_list_of_members_that_is_too_long_is_not_read() -> None:
    assert kind(zipped(parts() | {f"{number:0100d}": "" for number in range(8000)})) == ""


def test_a_list_said_to_be_too_long_for_the_short_form_is_not_read() -> None:
    at = DOCX.rfind(b"PK\x05\x06")
    assert kind(DOCX[:at] + b"PK\x06\x07" + bytes(16) + DOCX[at:]) == ""


def test_a_list_that_points_to_before_the_file_is_not_read(tmp_path: Path) -> None:
    at = DOCX.rfind(b"PK\x05\x06")
    path = tmp_path / "a.docx"
    path.write_bytes(DOCX[: at + 12] + (at + 1000).to_bytes(4, "little") + DOCX[at + 16 :])
    with path.open("rb") as file:
        assert file_types.suffix_of(file) == ""


def test_a_file_is_left_at_its_start() -> None:
    file = io.BytesIO(DOCX)
    file_types.suffix_of(file)
    assert file.tell() == 0
