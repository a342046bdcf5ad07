"""Cells of XLSX files: numbers as numbers, days as days, and text that stays text whatever it begins with."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from ..domain.texts import straightened
from .escaping import escaped

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More digits than a spreadsheet works with are kept as text.
MOST_DIGITS = 15
LONGEST_CELL = 32_767
UNFINISHED = re.compile("_(x[0-9A-F]{0,4})?$")
BOLD = Font(bold=True)
GREY = PatternFill("solid", fgColor="E8ECEF")
WRAPPED = Alignment(wrap_text=True, vertical="top")


def value_cell(sheet: Any, value: object) -> Any:
    """`value` is text, a number, a day or None."""
    match value:
        case None | "":
            return None
        case Decimal() if len(value.normalize().as_tuple().digits) <= MOST_DIGITS:
            return WriteOnlyCell(sheet, value.normalize() + 0)
        case Decimal():
            return text_cell(sheet, f"{value:f}")
        case int():
            return WriteOnlyCell(sheet, value)
        case date():
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = "yyyy-mm-dd"
            return cell
    return text_cell(sheet, str(value))


def text_cell(sheet: Any, text: str) -> Any:
    """Marked as text for the reader of the file, and for whoever edits the cell afterwards."""
    cell = WriteOnlyCell(sheet)
    cell.value = _fitting(straightened(text))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _fitting(text: str) -> str:
    """As XLSX writes it. A text that no cell can hold says that it goes on; the other half of an escape goes too."""
    whole = escaped(text)
    if len(whole) <= LONGEST_CELL:
        return whole
    mark = _("… [cut: too long for a cell]")
    return UNFINISHED.sub("", whole[: LONGEST_CELL - len(mark)]) + mark


def heading_cell(sheet: Any, text: str) -> Any:
    cell = text_cell(sheet, text)
    cell.font, cell.fill, cell.alignment = BOLD, GREY, WRAPPED
    return cell
