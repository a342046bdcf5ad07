"""The sheet that goes out: what is known is filled in and locked, what is asked for stands empty beside it."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..formats import localised
from ..models import Plan
from .due import Line
from .files.rows import COLUMNS
from .wording import column_name
from .writing import heading_cell, text_cell, value_cell

KNOWN = ("code", "title", "unit", "previous", "previous_on", "planned", "target", "milestone")
ASKED = ("value", "denominator", "day", "progress", "problems", "next_steps")
WIDTHS = {"code": 16, "title": 36, "milestone": 24, "progress": 40, "problems": 30, "next_steps": 30}
OTHER_WIDTH = 14
TO_FILL = PatternFill("solid", fgColor="FFF8DC")
OPEN = Protection(locked=False)


def template(plan: Plan, lines: Sequence[Line], *, today: date) -> bytes:
    """An XLSX file in the reader's language: the sheet to fill in, and one that says how."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Progress"))
    _lay_out(sheet)
    _validate(sheet, plan, max(len(lines), 1) + 1, today)
    sheet.append([heading_cell(sheet, column_name(name)) for name in (*KNOWN, *ASKED)])
    for line in lines:
        sheet.append([*(value_cell(sheet, value) for value in _known(line)), *_empty(sheet)])
    _explain(book.create_sheet(_("How to fill it in")))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _known(line: Line) -> list[object]:
    target = line.target
    milestone = line.milestone
    return [
        target.code,
        localised(target.title, target.title_en),
        localised(target.unit, target.unit_en),
        line.previous_value,
        line.previous.effective_on if line.previous else None,
        line.planned,
        line.value,
        localised(milestone.title, milestone.title_en) if milestone else None,
    ]


def _empty(sheet: Any) -> list[Any]:
    cells = [WriteOnlyCell(sheet) for _name in ASKED]
    for cell in cells:
        cell.fill, cell.protection = TO_FILL, OPEN
    return cells


def _lay_out(sheet: Any) -> None:
    """Rows below the last one are open: a target may be reported for several days."""
    sheet.freeze_panes = "C2"
    for place, name in enumerate((*KNOWN, *ASKED), start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.protection = WIDTHS.get(name, OTHER_WIDTH), OPEN
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _validate(sheet: Any, plan: Plan, last: int, today: date) -> None:
    number = DataValidation(
        "decimal", operator="between", formula1="-1E15", formula2="1E15", allow_blank=True
    )
    number.error = _("Write the figure alone, without its unit.")
    first = max(plan.starts_on, date(1900, 3, 1))
    day = DataValidation(
        "date", operator="between", formula1=_serial(first), formula2=_serial(today), allow_blank=True
    )
    day.error = _("The day must lie between %(first)s and today, %(today)s.") % {
        "first": first.isoformat(),
        "today": today.isoformat(),
    }
    for validation, names in ((number, ("value", "denominator")), (day, ("day",))):
        validation.showErrorMessage = True
        sheet.data_validations.append(validation)
        for name in names:
            letter = get_column_letter((*KNOWN, *ASKED).index(name) + 1)
            validation.add(f"{letter}2:{letter}{last}")


def _serial(day: date) -> str:
    return str((day - date(1899, 12, 30)).days)


def _explain(sheet: Any) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
    for name, said in _instructions():
        sheet.append([heading_cell(sheet, name), text_cell(sheet, said)])


def _instructions() -> list[tuple[str, str]]:
    asked = {name: column_name(name) for name in COLUMNS}
    return [
        (
            _("How it works"),
            _("Fill in the yellow columns and upload the file. Nothing is recorded before you have seen a preview."),
        ),
        (asked["value"], _("As the target counts: what is new, the total so far or the latest level. Leave it blank"
                           " where there is nothing to report; 0 is a value.")),
        (asked["denominator"], _("Only of a ratio: 190 out of 200 is the value 190, out of 200.")),
        (asked["milestone"], _("A milestone that is done gets the value 1.")),
        (asked["day"], _("The day the figure belongs to. Where it is blank, the day chosen at upload is taken.")),
        (asked["progress"], _("Say here or under the problems why a value is unusual: then it is not asked again.")),
        (
            _("More rows"),
            _("A target may stand there several times, for several days: copy its code to a row below the last one."),
        ),
        (
            _("Locked cells"),
            _("They only keep the codes as they are; the protection has no password."),
        ),
    ]  # fmt: skip
