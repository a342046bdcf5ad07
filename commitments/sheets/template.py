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
from ..spreadsheets.writing import heading_cell, text_cell, value_cell
from .due import Line
from .files.rows import COLUMNS
from .wording import column_name

AGENCY = "agency"
KNOWN = (
    "code", "title", "commitment", AGENCY, "unit", "previous", "previous_on", "planned", "target", "milestone",
    "state",
)  # fmt: skip
ASKED = ("value", "denominator", "day", "progress", "problems", "next_steps")
WIDTHS = {
    "code": 16,
    "title": 36,
    "commitment": 30,
    AGENCY: 18,
    "milestone": 24,
    "state": 40,
    "progress": 40,
    "problems": 30,
    "next_steps": 30,
}
OTHER_WIDTH = 14
TO_FILL = PatternFill("solid", fgColor="FFF8DC")
OPEN = Protection(locked=False)


def template(
    plan: Plan, lines: Sequence[Line], *, day: date, today: date, with_agencies: bool = False
) -> bytes:
    """An XLSX file in the reader's language: the sheet to fill in for `day`, and one that says how.

    `with_agencies` names each commitment's lead agency, for who reports for several.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Progress"))
    known = [name for name in KNOWN if with_agencies or name != AGENCY]
    names = (*known, *ASKED)
    _lay_out(sheet, names)
    _validate(sheet, names, plan, max(len(lines), 1) + 1, today)
    sheet.append([heading_cell(sheet, column_name(name)) for name in names])
    for line in lines:
        facts = _facts(line)
        sheet.append([*(value_cell(sheet, facts[name]) for name in known), *_asked(sheet, day)])
    _explain(book.create_sheet(_("How to fill it in")))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _facts(line: Line) -> dict[str, object]:
    target, milestone, commitment = line.target, line.milestone, line.target.commitment
    agency = commitment.lead_agency
    return {
        "code": target.code,
        "title": localised(target.title, target.title_en),
        "commitment": localised(commitment.title, commitment.title_en),
        AGENCY: localised(agency.name, agency.name_en),
        "unit": localised(target.unit, target.unit_en),
        "previous": line.previous_value,
        "previous_on": line.previous.effective_on if line.previous else None,
        "planned": line.planned,
        "target": line.value,
        "milestone": localised(milestone.title, milestone.title_en) if milestone else None,
        "state": line.reported.said(target) if line.reported else None,
    }


def _asked(sheet: Any, day: date) -> list[Any]:
    """Empty but for the day, which may be changed."""
    cells = [value_cell(sheet, day) if name == "day" else WriteOnlyCell(sheet) for name in ASKED]
    for cell in cells:
        cell.fill, cell.protection = TO_FILL, OPEN
    return cells


def _lay_out(sheet: Any, names: Sequence[str]) -> None:
    """Rows below the last one are open: a target may be reported for several days."""
    sheet.freeze_panes = "C2"
    for place, name in enumerate(names, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.protection = WIDTHS.get(name, OTHER_WIDTH), OPEN
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _validate(sheet: Any, names: Sequence[str], plan: Plan, last: int, today: date) -> None:
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
    for validation, checked in ((number, ("value", "denominator")), (day, ("day",))):
        validation.showErrorMessage = True
        sheet.data_validations.append(validation)
        for name in checked:
            letter = get_column_letter(names.index(name) + 1)
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
            _("Fill in the yellow columns and upload the file. Nothing is recorded until you confirm the preview."),
        ),
        (asked["value"], _("As the target counts: what is new, the total so far or the latest level. Leave it blank"
                           " where there is nothing to report; 0 is a value.")),
        (asked["denominator"], _("Only of a ratio: 190 out of 200 is the value 190, out of 200.")),
        (asked["milestone"], _("A milestone that is done gets the value 1.")),
        (asked["day"], _("The day that the figure belongs to; change it where it is of another day.")),
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
