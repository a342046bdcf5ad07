"""XLSX files in which texts stay texts."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook

from .export_columns import Value
from .xlsx_cells import heading_cell, value_cell


def xlsx_file(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """Write a workbook row by row and return it as an open temporary file, at its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([heading_cell(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([value_cell(sheet, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - the sender closes it
    book.save(file)
    file.seek(0)
    return file
