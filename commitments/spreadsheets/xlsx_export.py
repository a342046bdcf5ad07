"""XLSX whose texts are texts, whatever they begin with."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook

from .export_columns import Value
from .xlsx_cells import heading_cell, value_cell


def xlsx_file(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """An open file at its beginning, which goes when it is closed. Rows are written as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([heading_cell(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([value_cell(sheet, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file
