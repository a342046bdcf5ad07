"""The figure of a row as its target needs it: from the right column, in the right unit, never added up twice."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _

from ..actions import ledger
from ..domain import units
from ..domain.enums import Accumulation, NoFigure
from ..domain.numbers import parse_number
from ..domain.targets import RATIOS
from ..domain.unit_words import may_be_unit
from ..formats import Amount, Unit, exact
from ..models import Target
from ..reporting.parsing import is_done, parse_value, read_no_figure
from ..spreadsheets.reader.figures import parse_figure
from ..spreadsheets.reader.problems import CellError, Remark
from ..spreadsheets.reader.rows import MERGED, NO_VALUE, NOTHING, TWO_WAYS, SheetRow
from . import stage_words
from .figure_columns import (
    FigureColumn,
    FigureColumns,
    choose_by_unit,
    factor_into,
    is_in_doubt,
    is_part,
    is_total,
    unit_for,
)
from .recorded_entries import RecordedEntries

STORED = Decimal("0.0001")
RATE_UNITS = frozenset(("%", "百分点", "‰"))
# The two parts of a ratio in one cell: 45/100.
RATIO = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*/\s*([0-9]+(?:\.[0-9]+)?)\s*")


class ReadRow(NamedTuple):
    """A row with the figure of its target; remarks say how it was read, and doubts what it may be instead."""

    row: SheetRow
    remarks: list[Remark]
    doubts: Sequence[Remark] = ()


class RowFigures:
    """The figures of the rows of one sheet, from its columns and beside what is recorded."""

    def __init__(self, columns: FigureColumns, recorded: RecordedEntries) -> None:
        self._columns, self._recorded = columns, recorded

    def read(self, row: SheetRow, target: Target, day: date) -> ReadRow:
        """Read the figure of a row; `day` is that of rows without one."""
        if row.typed:
            return ReadRow(_read_typed(row, target), [])
        if row.rates and is_rate(target):
            return ReadRow(_ask_rate(row, self._columns.names), [])
        column = self._choose(row, target)
        if column is None:
            return ReadRow(_ask_column(row, self._columns), [])
        written = _at(row, column)
        if target.accumulation == Accumulation.STAGES:
            return ReadRow(_read_stage(_of_column(row, column, self._columns), written), [])
        row = _with_own_unit(_of_column(row, column, self._columns), target, written)
        if not row.value or any(column == "value" for column, *_rest in row.faults):
            return ReadRow(row, [])
        row, remarks = self._convert(row, target, column, written)
        row, rounded = _round(row)
        faults = self._since(row, target, column, date.fromisoformat(row.day) if row.day else day)
        doubts = _doubt_unit(row, target, column) if _is_bare(written) else []
        return ReadRow(row._replace(faults=[*row.faults, *faults]), [*remarks, *rounded], doubts)

    def no_figure(self, row: SheetRow) -> NoFigure | None:
        """Return why there is no figure, if the only text in the columns of values says so."""
        if any(fault[1] == MERGED for fault in row.faults):
            return None
        columns = (self._columns.value, self._columns.increase, *self._columns.others)
        written = (_at(row, column).strip() for column in columns if column)
        texts = [row.typed] if row.typed else [text for text in written if text]
        return read_no_figure(texts[0]) if len(texts) == 1 else None

    def _choose(self, row: SheetRow, target: Target) -> FigureColumn | None:
        """Return the column that fits the target, the other one if that cell is empty; None to ask for it."""
        best = self._columns.best_for(target.accumulation)
        if best is self._columns.value and self._columns.others:
            return choose_by_unit(
                (best, *self._columns.others), target, lambda column: _at(row, column).strip()
            )
        other = self._columns.other_than(best)
        return other if other and _is_blank(row, best) and not _is_blank(row, other) else best

    def _convert(
        self, row: SheetRow, target: Target, column: FigureColumn, written: str
    ) -> tuple[SheetRow, list[Remark]]:
        """Convert a bare number from the unit of its row, its heading or the table into that of the target."""
        unit = self._unit(row, target, column)
        if not unit or row.percent or not _is_bare(written):
            return row, []
        by = factor_into(unit, target)
        if by is None:
            return _refuse_unit(row, target, unit), []
        if by == 1:
            return row, []
        value = Decimal(row.value) * by
        shown = Amount(value, target.unit, target.unit_en)
        said = Remark(
            "value",
            _("%(written)s %(unit)s is %(value)s."),
            {"written": written, "unit": unit, "value": shown},
        )
        return row._replace(value=f"{value:f}"), [said]

    def _unit(self, row: SheetRow, target: Target, column: FigureColumn) -> str:
        """Return the unit of a figure, if one is named that is not simply the target's."""
        if target.accumulation in RATIOS:
            return ""
        own = {target.unit, target.unit_en}
        of_row = row.unit if units.is_unit(row.unit) or factor_into(row.unit, target) is not None else ""
        for unit in (of_row, unit_for(column, target)):
            if unit:
                return "" if unit in own else unit
        fitting = [unit for unit in self._columns.units if unit in own or factor_into(unit, target)]
        return fitting[0] if fitting and fitting[0] not in own else ""

    def _since(self, row: SheetRow, target: Target, column: FigureColumn, day: date) -> list[Remark]:
        """Refuse a total where amounts are added up, and an amount where the total is wanted."""
        if is_total(column, target.accumulation):
            return [self._total(row, target, column, day)]
        return [self._part(row, target, column, day)] if is_part(column, target.accumulation) else []

    def _total(self, row: SheetRow, target: Target, column: FigureColumn, day: date) -> Remark:
        if target.accumulation == Accumulation.RATIO:
            said = _(
                "“%(heading)s” holds totals, which are not added up. Enter the two parts of the period alone."
            )
            return Remark("value", said, {"heading": column.heading})
        counted = self._recorded.sum_of(target.pk, day)
        message = _(
            "“%(heading)s” holds totals, which are not added up. %(counted)s count already: if this is the total, "
            "enter the %(rest)s that are new."
        )
        return Remark("value", message, self._params(target, column, counted, Decimal(row.value) - counted))

    def _part(self, row: SheetRow, target: Target, column: FigureColumn, day: date) -> Remark:
        if target.accumulation in RATIOS:
            said = _(
                "“%(heading)s” holds what is new in a period, but this ratio takes both parts since the start of"
                " the plan. Enter those."
            )
            return Remark("value", said, {"heading": column.heading})
        counted = self._recorded.latest_of(target.pk, day)
        message = _(
            "“%(heading)s” holds what is new in a period, but this target takes the total so far. %(counted)s count "
            "already: if this is new, enter %(rest)s."
        )
        return Remark("value", message, self._params(target, column, counted, Decimal(row.value) + counted))

    @staticmethod
    def _params(target: Target, column: FigureColumn, counted: Decimal, rest: Decimal) -> dict[str, object]:
        amounts = {"counted": counted, "rest": rest}
        shown = {name: Amount(value, target.unit, target.unit_en) for name, value in amounts.items()}
        return {"heading": column.heading, **shown}


def has_rate_alone(row: SheetRow, target: Target | None) -> bool:
    """Tell whether a row says nothing but a rate, of a target that is none or of no target."""
    says_more = any(fault[1] == NO_VALUE for fault in row.faults)
    return bool(row.rates) and not says_more and not (target and is_rate(target))


def is_rate(target: Target) -> bool:
    return bool(RATE_UNITS & {units.measure_of(unit).base for unit in (target.unit, target.unit_en)})


def _ask_rate(row: SheetRow, names: Sequence[str]) -> SheetRow:
    """Refuse a row without a value beside a rate, which may be the value of its target."""
    found = "、".join(f"“{names[at]}” {row.written[at]}" for at in row.rates if at < len(row.written))
    message = _("There is no value, but a rate: %(found)s. If that is the value, enter it.")
    faults = [fault for fault in row.faults if fault[1] != NO_VALUE]
    return row._replace(faults=[*faults, Remark("value", message, {"found": found})])


def _read_typed(row: SheetRow, target: Target) -> SheetRow:
    """Return the row with a value typed in the preview, which is the figure that the target asks for."""
    if target.accumulation == Accumulation.STAGES:
        return _read_stage(row, row.typed)
    return _with_own_unit(row, target, row.typed)


def _at(row: SheetRow, column: FigureColumn) -> str:
    return row.written[column.place] if column.place < len(row.written) else ""


def _is_blank(row: SheetRow, column: FigureColumn) -> bool:
    """Tell whether a cell is empty, or has a dash or a word for nothing."""
    return bool(NOTHING.fullmatch(_at(row, column)))


def _ask_column(row: SheetRow, columns: FigureColumns) -> SheetRow:
    """Refuse a row with several columns that may hold its value."""
    message = _(
        "More than one column may hold the value: %(headings)s. Say above which one does, or enter the value."
    )
    both = [column.heading for column in (columns.value, *columns.others) if column and _at(row, column)]
    fault = Remark("value", message, {"headings": "、".join(f"“{heading}”" for heading in both)})
    return row._replace(faults=[*(each for each in row.faults if each[0] != "value"), fault])


def _of_column(row: SheetRow, column: FigureColumn, columns: FigureColumns) -> SheetRow:
    """Return the row with the figure of a column as its value."""
    if column is columns.value:
        # The other column is not asked for.
        return _without(row, "increase") if row.faults else row
    if _is_blank(row, column):
        return row._replace(value="", percent=False)
    row, text = _without(row, "value"), _at(row, column)
    try:
        figure = parse_figure(text)
    except CellError as error:
        refused = Remark("value", error.message, error.params)
        return row._replace(value="", percent=False, faults=[*row.faults, refused])
    return row._replace(value=f"{figure.value:f}", percent=figure.percent)


def _without(row: SheetRow, column: str) -> SheetRow:
    return row._replace(faults=[fault for fault in row.faults if fault[0] != column])


def _read_stage(row: SheetRow, written: str) -> SheetRow:
    """Return the row as done, with a fault if its value is no word for that; a blank row stays blank."""
    if not (row.value or _is_fault(row)) or _is_one(row):
        return row
    faults = [fault for fault in row.faults if fault[0] != "value"]
    if not is_done(written):
        faults.append(Remark("value", stage_words.HOW))
    return row._replace(value=str(ledger.DONE), percent=False, faults=faults)


def _is_fault(row: SheetRow) -> bool:
    return any(fault[0] == "value" and fault[1] != NO_VALUE for fault in row.faults)


def _is_one(row: SheetRow) -> bool:
    return bool(row.value) and Decimal(row.value) == ledger.DONE and not row.percent


def _with_own_unit(row: SheetRow, target: Target, written: str) -> SheetRow:
    """Return the row with a value read with the unit behind it; of a ratio, with its two parts."""
    if not row.faults or any(fault[1] in (MERGED, TWO_WAYS) for fault in row.faults):
        return row
    faults = [fault for fault in row.faults if fault[0] != "value"]
    if target.accumulation in RATIOS and (parts := RATIO.fullmatch(normalize("NFKC", written))):
        numerator, denominator = (f"{parse_number(part):f}" for part in parts.groups())
        return row._replace(value=numerator, denominator=denominator, faults=faults)
    try:
        value = parse_value(written, target)
    except ValidationError:
        return row
    return row._replace(value=f"{value:f}", faults=faults)


def _is_bare(text: str) -> bool:
    """Tell whether the text is a number without a unit."""
    return normalize("NFKC", text).strip()[-1:].isdigit()


def _doubt_unit(row: SheetRow, target: Target, column: FigureColumn) -> list[Remark]:
    """Doubt a figure beside a word that may be its unit, though not a known one."""
    if target.accumulation in RATIOS or units.is_unit(row.unit):
        return []
    # A column 单位 may name the office instead.
    is_office = set(row.unit) <= set(target.commitment.lead_agency.name)
    word = row.unit if may_be_unit(row.unit) and not is_office else column.word
    if not is_in_doubt(word, target):
        return []
    message = _("The sheet says “%(given)s”, but the target is in %(unit)s. Is this figure in %(unit)s?")
    unit = Unit(target.unit, target.unit_en)
    return [Remark("value", message, {"given": word, "unit": unit})]


def _refuse_unit(row: SheetRow, target: Target, unit: str) -> SheetRow:
    message = _("The sheet is in %(given)s and the target in %(unit)s; these units cannot be converted.")
    fault = Remark("value", message, {"given": unit, "unit": Unit(target.unit, target.unit_en)})
    return row._replace(faults=[*row.faults, fault])


def _round(row: SheetRow) -> tuple[SheetRow, list[Remark]]:
    """Round a computed number half up to what is stored."""
    value = Decimal(row.value)
    if not row.computed or value == (stored := value.quantize(STORED, ROUND_HALF_UP)):
        return row, []
    said = Remark(
        "value", _("%(written)s is recorded as %(value)s."), {"written": row.value, "value": exact(stored)}
    )
    return row._replace(value=f"{stored:f}"), [said]
