"""Files of another kind than those read here, told by their bytes: each is named with what to do."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .problems import FileError
from .problems import marked as _

ZIP = b"PK\x03\x04"
BEGINNING = 2000
OLD = _("This is an old Excel workbook (.xls) or one with a password. Save it as XLSX without a password.")
PDF = _(
    "This is a PDF. Ask for the table it was made from, or copy its rows into a workbook and save that as XLSX."
)
PICTURE = _("This is a picture. Type its rows into a workbook and save that as XLSX.")
PAGE = _(
    "This is a web page saved under the name of a workbook. Open it with a spreadsheet program and save it as XLSX."
)
OPEN_DOCUMENT = _("This is an OpenDocument file (.ods). Save it as XLSX.")
WORD = _("This is a Word document. Copy its table into a workbook and save that as XLSX.")
MARKS = {
    b"\xd0\xcf\x11\xe0": OLD,
    b"%PDF": PDF,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
}
PAGES = (b"<html", b"<!doctype html", b"<table", b"urn:schemas-microsoft-com:office:spreadsheet")
BIG5 = _("This text is in Big5. Save the sheet as XLSX or as CSV UTF-8.")
# Signs of tables in traditional writing, and in simplified.
TRADITIONAL, SIMPLIFIED = "編號碼稱單位計劃進數備註區縣請說", "编号码称单位计划进数备注区县请说的"


def refuse_other_kinds(path: Path) -> None:
    """Raise FileError for a file that is neither a workbook nor text."""
    with path.open("rb") as file:
        begins = file.read(BEGINNING)
    told = next((message for mark, message in MARKS.items() if begins.startswith(mark)), "")
    if begins.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and any(
        mark in begins.lower() for mark in PAGES
    ):
        told = PAGE
    if begins.startswith(ZIP):
        told = _of_archive(path)
    if told:
        raise FileError(told)


def is_big5(raw: bytes) -> bool:
    """Tell whether a text that is no UTF-8 has more signs of Big5 than of GB 18030."""
    as_big5 = raw.decode("big5", errors="ignore")
    as_gb = raw.decode("gb18030", errors="ignore")
    return _count(as_big5, TRADITIONAL) > _count(as_gb, SIMPLIFIED)


def _of_archive(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except BadZipFile:
        return ""
    if "content.xml" in names and "xl/workbook.xml" not in names:
        return OPEN_DOCUMENT
    return WORD if "word/document.xml" in names else ""


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))
