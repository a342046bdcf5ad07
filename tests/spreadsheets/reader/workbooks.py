"""Workbooks as other programs write them, and broken ones."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from tests.progress_import.samples import xlsx_of

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def with_part(name: str, content: bytes, book: bytes | None = None) -> bytes:
    """Return the workbook with one part in place of its own."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(book or xlsx_of())) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


def with_rows(rows: str, *, before: str = "", namespace: str = MAIN, book: bytes | None = None) -> bytes:
    """Return a workbook with just these rows of XML in its first sheet."""
    xml = f'<?xml version="1.0"?>{before}<worksheet xmlns="{namespace}"><dimension ref="A1:XFD1048576"/>'
    xml += f"<sheetData>{rows}</sheetData></worksheet>"
    return with_part(SHEET, xml.encode(), book)


def without(name: str, book: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(book or xlsx_of())) as old, ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
    return out.getvalue()
