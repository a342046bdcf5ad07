"""The rows that cannot be recorded, as a sheet: as they were written, with what is to be mended beside them."""

from io import BytesIO

from openpyxl import Workbook

from ..formats import headed
from ..models import ImportJob, ImportRow
from ..spreadsheets.writing import WRAPPED, heading_cell, text_cell, value_cell
from .files.rows import COLUMNS
from .wording import column_name

WIDE = 44
NARROW = 16


def rejects(job: ImportJob) -> bytes:
    """An XLSX file in the reader's language."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "C2"
    names = ("row", "reason", *COLUMNS)
    for letter, name in zip("ABCDEFGHIJK", names, strict=True):
        sheet.column_dimensions[letter].width = WIDE if name in ("reason", "title", "progress") else NARROW
    sheet.append([heading_cell(sheet, column_name(name)) for name in names])
    for row in ImportRow.objects.filter(job=job, faults__isnull=False).order_by("number").iterator():
        reason = text_cell(sheet, in_lines(row))
        reason.alignment = WRAPPED
        written = row.written or {}
        cells = [value_cell(sheet, written.get(name)) for name in COLUMNS]
        sheet.append([value_cell(sheet, row.number), reason, *cells])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def in_lines(row: ImportRow) -> str:
    return "\n".join(
        headed(column_name(column), sentence) if column else sentence for column, sentence in row.faults or []
    )
