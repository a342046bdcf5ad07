"""Cells of XLSX files: numbers as numbers, days as days, texts always as texts."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from ..domain.texts import straighten
from .escaping import escape

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A number with more digits than a spreadsheet computes with is kept as text.
MOST_DIGITS = 15
LONGEST_CELL = 32_767
UNFINISHED = re.compile("_(x[0-9A-F]{0,4})?$")
BOLD = Font(bold=True)
GREY = PatternFill("solid", fgColor="E8ECEF")
WRAPPED = Alignment(wrap_text=True, vertical="top")


def value_cell(sheet: Any, value: object) -> Any:
    """Build a cell for text, a number, a day or None."""
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
    """Build a cell marked as text, for the file's reader and for later edits of the cell."""
    cell = WriteOnlyCell(sheet)
    cell.value = _fitting(straighten(text))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _fitting(text: str) -> str:
    """Return the text as XLSX writes it, cut with a mark if no cell can hold it."""
    whole = escape(text)
    if len(whole) <= LONGEST_CELL:
        return whole
    mark = _("… [cut: too long for a cell]")
    # The cut may halve an escape, so its first half goes too.
    return UNFINISHED.sub("", whole[: LONGEST_CELL - len(mark)]) + mark


def heading_cell(sheet: Any, text: str) -> Any:
    cell = text_cell(sheet, text)
    cell.font, cell.fill, cell.alignment = BOLD, GREY, WRAPPED
    return cell
