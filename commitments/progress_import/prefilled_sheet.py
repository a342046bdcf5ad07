"""The prefilled sheet: known values are filled in and locked, and the cells to fill in are empty beside them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .. import labels
from ..domain.enums import NoFigure
from ..formats import either, parts, shortened
from ..models import Commitment, Milestone, Plan, Target
from ..reporting.due import ReportRow
from ..reporting.periods import names
from ..reporting.state import STATE, ReportState
from ..spreadsheets.reader.rows import COLUMNS
from ..spreadsheets.xlsx_cells import heading_cell, text_cell, value_cell
from . import stage_words
from .fault_messages import column_name
from .recorded_entries import to_param

AGENCY = "agency"
KNOWN = (
    "code", "title", "commitment", AGENCY, "unit", "previous", "previous_on", "planned", "target", "milestone",
    "state",
)  # fmt: skip
WORDS = ("day", "progress", "problems", "next_steps")
ASKED = ("value", "denominator", "includes_earlier", *WORDS)
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
FIRST_ROW = 2
OPEN = Protection(locked=False)


class SheetLine(NamedTuple):
    """A line of the sheet: a figure, or one of the stages that are still open."""

    row: ReportRow
    milestone: Milestone | None

    @property
    def state(self) -> ReportState:
        return self.row.state_of(self.milestone) if self.milestone else self.row.state


def build_sheet(
    plan: Plan,
    rows: Sequence[ReportRow],
    told: Iterable[Commitment] = (),
    *,
    day: date,
    today: date,
    with_agencies: bool = False,
) -> bytes:
    """Return an XLSX file in the reader's language: the sheet to fill in for `day`, and one with instructions.

    `told` are the commitments to report on in words, below the figures. `with_agencies` names each
    commitment's lead agency, for users with several.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Progress"))
    known = [name for name in KNOWN if with_agencies or name != AGENCY]
    names = (*known, *ASKED)
    lines = [line for row in rows for line in _lines(row)]
    in_words = [_facts_of_told(commitment) for commitment in told]
    _lay_out(sheet, names)
    _validate(sheet, names, plan, lines, len(in_words), today)
    sheet.append([heading_cell(sheet, column_name(name)) for name in names])
    for line in lines:
        facts = _facts(line)
        sheet.append(
            [*(value_cell(sheet, facts.get(name)) for name in known), *_open_cells(sheet, day, ASKED)]
        )
    for facts in in_words:
        sheet.append(
            [*(value_cell(sheet, facts.get(name)) for name in known), *_open_cells(sheet, day, WORDS)]
        )
    _explain(book.create_sheet(_("How to fill it in")))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(row: ReportRow) -> list[SheetLine]:
    return [SheetLine(row, milestone) for milestone in (row.milestones if row.is_staged else (None,))]


def _facts_of_told(commitment: Commitment) -> dict[str, object]:
    return {**_names_of(commitment), "state": _("In words, without a value")}


def _names_of(named: Target | Commitment) -> dict[str, object]:
    """Return the names of a target or commitment, with those of its commitment and agency."""
    commitment = named.commitment if isinstance(named, Target) else named
    agency = commitment.lead_agency
    return {
        "code": named.code,
        "title": either(named.title, named.title_en),
        "commitment": either(commitment.title, commitment.title_en),
        AGENCY: either(agency.name, agency.name_en),
    }


def _facts(line: SheetLine) -> dict[str, object]:
    target, milestone = line.row.target, line.milestone
    return {
        **_names_of(target),
        "milestone": either(milestone.title, milestone.title_en) if milestone else None,
        "state": _state(line),
        **(_stage_facts(milestone, line.row) if milestone else _figures(line.row)),
    }


def _state(line: SheetLine) -> str:
    """Describe the state, a value in review and earlier periods without a figure."""
    row, state, entry = line.row, line.state, line.row.newest_live
    if state == ReportState.WAITING and entry and entry.value is not None:
        return _waiting(row, entry.value, entry.denominator, entry.effective_on)
    told = [str(STATE[state])]
    if row.waiting and state != ReportState.COUNTED and not row.is_staged:
        told.append(_waiting(row, row.waiting.value, row.waiting.denominator, row.waiting.effective_on))
    if row.lacking and state == ReportState.OPEN:
        told.append(_("earlier periods without a figure: %(periods)s") % {"periods": names(row.lacking)})
    return " · ".join(told)


def _waiting(row: ReportRow, value: Decimal, denominator: Decimal | None, on: date) -> str:
    shown = to_param(row.target, value, denominator)
    return _("In review: %(value)s, %(day)s") % {"value": shown, "day": on.isoformat()}


def _stage_facts(milestone: Milestone, row: ReportRow) -> Mapping[str, object]:
    return stage_words.prefill(milestone, is_due=milestone.due_on <= row.period.last)


def _figures(row: ReportRow) -> dict[str, object]:
    return {
        "unit": either(row.target.unit, row.target.unit_en),
        "previous": _previous(row),
        "previous_on": row.previous.effective_on if row.previous else None,
        "planned": shortened(row.expected),
        "target": row.spec.stated,
    }


def _previous(row: ReportRow) -> Decimal | str | None:
    if row.previous is None or row.previous.denominator is None:
        return row.previous and row.previous.value
    return parts(row.previous.value, row.previous.denominator)


def _open_cells(sheet: Any, day: date, asked: Collection[str]) -> list[Any]:
    """Return the last cells of a row, of which the `asked` ones are open: empty, but for the day."""
    cells = [value_cell(sheet, day) if name == "day" else WriteOnlyCell(sheet) for name in ASKED]
    for name, cell in zip(ASKED, cells, strict=True):
        if name in asked:
            cell.fill, cell.protection = TO_FILL, OPEN
    return cells


def _lay_out(sheet: Any, names: Sequence[str]) -> None:
    """Set widths and protection; rows below the last one are open, since a target may be reported for several days."""
    sheet.freeze_panes = "C2"
    for place, name in enumerate(names, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.protection = WIDTHS.get(name, OTHER_WIDTH), OPEN
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _validate(
    sheet: Any, names: Sequence[str], plan: Plan, lines: Sequence[SheetLine], told: int, today: date
) -> None:
    """Validate figures, stages and days as they are typed; `told` rows in words stand below the lines."""
    every = range(FIRST_ROW, max(len(lines) + told, 1) + FIRST_ROW)
    staged = {row for row, line in zip(every, lines, strict=False) if line.milestone}
    figures = [row for row in every[: len(lines)] if row not in staged]
    for validation, asked in (
        (_check_number(), {"value": figures, "denominator": figures}),
        (_check_stage(), {"value": sorted(staged)}),
        (_check_tick(), {"includes_earlier": figures}),
        (_check_day(plan, today), {"day": every}),
    ):
        validation.showErrorMessage = True
        for name, rows in asked.items():
            for area in _areas(get_column_letter(names.index(name) + 1), rows):
                validation.add(area)
        if validation.cells:
            sheet.data_validations.append(validation)


def _areas(letter: str, rows: Iterable[int]) -> Iterable[str]:
    """Yield an area such as `K2:K9` for each run of rows without a gap."""
    for _start, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
        together = [row for _place, row in run]
        yield f"{letter}{together[0]}:{letter}{together[-1]}"


def _check_number() -> DataValidation:
    number = DataValidation(
        "decimal", operator="between", formula1="-1E15", formula2="1E15", allow_blank=True
    )
    # A warning alone, since a word may stand in place of the number.
    number.errorStyle = "warning"
    number.error = _(
        "Enter the number only, without its unit. Without one: “%(unpublished)s” or “%(nothing)s”."
    ) % {
        "unpublished": labels.NO_FIGURE_CELL[NoFigure.NOT_PUBLISHED],
        "nothing": labels.NO_FIGURE_CELL[NoFigure.NOTHING_NEW],
    }
    return number


def _check_stage() -> DataValidation:
    """Offer a list to choose from; another text is questioned once."""
    stage = DataValidation("list", formula1=f'"{stage_words.DONE}"', allow_blank=True, errorStyle="warning")
    stage.error = _(stage_words.HOW)
    return stage


def _check_tick() -> DataValidation:
    tick = DataValidation("list", formula1=f'"{_("yes")}"', allow_blank=True, errorStyle="warning")
    tick.error = _("Write “yes”, or leave it blank.")
    return tick


def _check_day(plan: Plan, today: date) -> DataValidation:
    first = max(plan.starts_on, date(1900, 3, 1))
    day = DataValidation(
        "date", operator="between", formula1=_serial(first), formula2=_serial(today), allow_blank=True
    )
    day.error = _("The day must lie between %(first)s and today, %(today)s.") % {
        "first": first.isoformat(),
        "today": today.isoformat(),
    }
    return day


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
        (asked["value"], _("Enter the amount the target asks for: the increase, the total to date or "
                           "the latest level. Leave it blank if there is nothing to report; 0 is a "
                           "value.")),
        (
            _("No figure"),
            _("If there is none for the period, write “%(unpublished)s” or “%(nothing)s” in place of the value. "
              "Without a value, progress, problems and next steps are recorded as a report in words; they are public "
              "once approved.") % {
                "unpublished": labels.NO_FIGURE_CELL[NoFigure.NOT_PUBLISHED],
                "nothing": labels.NO_FIGURE_CELL[NoFigure.NOTHING_NEW],
            },
        ),
        (asked["denominator"], _("For ratios only: if 190 of 200 are done, enter 190 as the value and 200 here.")),
        (asked["includes_earlier"], _("For amounts and ratios only: with “yes”, the value also covers "
                                      "earlier periods without a report.")),
        (asked["milestone"], _("For a completed milestone, enter “Done” (1, yes and ✓ also work); "
                               "leave it blank until then.")),
        (asked["day"], _("Date the figure refers to. If left blank, the date chosen when uploading is "
                         "used.")),
        (asked["progress"], _("If a value is unusual, explain it here or under problems; "
                              "the upload will not ask again.")),
        (
            _("More rows"),
            _("To report a target for several days, copy its code to a row below the last one."),
        ),
        (
            _("Locked cells"),
            _("They protect the codes from accidental changes; there is no password."),
        ),
    ]  # fmt: skip
