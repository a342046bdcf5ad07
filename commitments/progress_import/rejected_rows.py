"""The rows that cannot be recorded, as a sheet: all their columns as written, and the reasons."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from ..models import ImportJob, ImportRow
from ..spreadsheets.xlsx_cells import WRAPPED, heading_cell, text_cell, value_cell
from .column_mapping import OWN, headings_of, is_own
from .fault_messages import column_name
from .row_messages import render

WIDTHS = {"reason": 44, "title": 36, "progress": 40, "problems": 30, "next_steps": 30}
OTHER_WIDTH = 16


def build_rejects(job: ImportJob) -> bytes:
    """Return an XLSX file in the reader's language, which can be uploaded again once it is corrected."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "C2"
    headings = headings_of(dict(job.heading), job.header_row or 0)
    places = [place for place, heading in enumerate(headings) if not is_own(heading)]
    column_at = {place: column for column, place in job.columns.items()}
    for number, name in enumerate([*OWN, *(column_at.get(place, "") for place in places)], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, OTHER_WIDTH)
    names = [*map(column_name, OWN), *(headings[place] for place in places)]
    sheet.append([heading_cell(sheet, name) for name in names])
    for row in ImportRow.objects.filter(job=job, faults__isnull=False).order_by("number").iterator():
        reason = text_cell(sheet, "\n".join(map(str, render(row.faults))))
        reason.alignment = WRAPPED
        cells = [value_cell(sheet, cell_at(row, place)) for place in places]
        sheet.append([value_cell(sheet, row.number), reason, *cells])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cell_at(row: ImportRow, place: int | None) -> str:
    """Return the cell as it was written, of a column counted from 0; a row ends with its last cell."""
    written = row.written or []
    return written[place] if place is not None and place < len(written) else ""
