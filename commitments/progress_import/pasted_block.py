"""The fields of the rows of a page that a pasted block fills."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from ..domain.numbers import parse_number
from ..formats import typed
from ..reporting.parsing import is_done, units_of
from ..spreadsheets.reader.rows import TEXTS
from .column_mapping import ColumnLayout, find_layout, groups_of, headings_of, is_no_value, other_values
from .figure_columns import (
    FigureColumn,
    FigureColumns,
    choose_by_unit,
    column_at,
    factor_into,
    is_in_doubt,
    is_part,
    is_total,
    read_columns,
    unit_for,
)
from .pasted_lines import Block, PlacedLine, ShownRow, Unused, is_number, place_lines

TICK = "includes_earlier"
# The place of each column that the heading names, counted from 0.
Named = Mapping[str, int]
Fields = dict[str, str]


class PastedBlock(NamedTuple):
    """The texts to fill in, by target and field, and the numbers of lines left out by reason, counted from 1."""

    filled: Mapping[int, Fields]
    unused: Mapping[Unused, Sequence[int]]


class Columns(NamedTuple):
    """The columns of values that the heading names, else the last one of values, if no other could be meant.

    `ratios` is the last one of ratios, `named` the place of each column that the heading names.
    """

    figures: FigureColumns | None
    last: FigureColumn
    is_clear: bool
    ratios: FigureColumn
    named: Named

    def best_for(self, line: PlacedLine, row: ShownRow) -> FigureColumn | None:
        """Return the column that a row counts by, the other one if that cell is empty; None if several may be it."""
        if row.is_ratio:
            return self.ratios
        if self.figures is None:
            return self.last
        best = self.figures.best_for(row.target.accumulation)
        if best is self.figures.value and self.figures.others:
            return choose_by_unit(
                (best, *self.figures.others), row.target, lambda column: _cell(line, column.place)
            )
        other = self.figures.other_than(best)
        return other if other and not _cell(line, best.place) and _cell(line, other.place) else best


def read_block(text: str, rows: Sequence[ShownRow], first: int) -> PastedBlock:
    """Read a block that is pasted into the row `first` of the rows shown."""
    block = place_lines(text, rows, first)
    columns = _find_columns(block)
    filled: dict[int, Fields] = {}
    unused: dict[Unused, list[int]] = defaultdict(list)
    for line in block.lines:
        if not any(line.cells):
            continue
        fields, fault = _fill(line, line.row, columns) if line.row else ({}, line.lacks)
        if line.row and fields:
            filled[line.row.target.pk] = fields
        if fault:
            unused[fault].append(line.number)
    return PastedBlock(filled, unused)


def _find_columns(block: Block) -> Columns:
    heading = list(enumerate(map(list, block.heading), start=1))
    found = find_layout(heading) if heading else ColumnLayout(0, {})
    names = headings_of(dict(heading), found.header_row)
    lines = [line for line in block.lines if line.row]
    figures = [line for line in lines if line.row and not line.row.is_ratio]
    ratios = [line for line in lines if line.row and line.row.is_ratio]
    named = [found.columns[name] for name in ("value", "increase") if name in found.columns]
    has_value = any(_is_value(line, place) for line in figures for place in named)
    also = other_values(found, names)
    groups = groups_of(dict(heading), found.header_row)
    known = read_columns(found.columns, names, also=also, groups=groups) if has_value else None
    places = _of_values(figures, names)
    ratio = _column(_of_values(ratios, names)[0], names)
    return Columns(known, _column(places[0], names), len(places) == 1, ratio, found.columns)


def _of_values(lines: Sequence[PlacedLine], names: Sequence[str]) -> list[int]:
    """Return the columns that hold mostly values, the last one first; a list of one column needs none."""
    widest = max((len(line.cells) for line in lines), default=0)
    places = [
        place
        for place in range(widest - 1, 0, -1)
        if not (place < len(names) and is_no_value(names[place])) and _holds_values(lines, place)
    ]
    return places or [0]


def _holds_values(lines: Sequence[PlacedLine], column: int) -> bool:
    filled = [line for line in lines if _cell(line, column)]
    values = sum(_is_value(line, column) for line in filled)
    return bool(values) and values * 2 >= len(filled)


def _column(place: int, names: Sequence[str]) -> FigureColumn:
    return column_at(place, names[place] if place < len(names) else "")


def _is_value(line: PlacedLine, column: int) -> bool:
    return line.row is not None and line.row.takes(_cell(line, column))


def _cell(line: PlacedLine, column: int) -> str:
    return line.cells[column] if 0 <= column < len(line.cells) else ""


def _fill(line: PlacedLine, row: ShownRow, columns: Columns) -> tuple[Fields, Unused | None]:
    """Return the fields that a line fills, and the reason to leave out its note, or all of it."""
    if not row.accepts:
        return {}, Unused.CLOSED
    column = columns.best_for(line, row)
    if column is None:
        return {}, Unused.NO_COLUMN
    text = _cell(line, column.place)
    if row.is_staged:
        if not is_done(text):
            return {}, Unused.NO_STAGE
        value = {"milestone": row.stage}
    else:
        refused = _refuse(line, row, columns, column)
        if refused:
            return {}, refused
        value = _figure(line, row, column)
    notes = _notes(line, row, column.place, columns.named)
    kept = {name for name, text in notes.items() if getattr(row.notes, name).strip() not in ("", text)}
    fields = (
        value | _tick(line, columns.named) | {name: text for name, text in notes.items() if name not in kept}
    )
    return fields, _doubt(line, row, column) or (Unused.NOTE if kept else None)


def _refuse(line: PlacedLine, row: ShownRow, columns: Columns, column: FigureColumn) -> Unused | None:
    """Return the reason to fill no figure: the rules of an uploaded sheet."""
    text, accumulation = _cell(line, column.place), row.target.accumulation
    if not text or (len(line.cells) > 1 and not row.takes(text)):
        return Unused.NO_NUMBER
    if not (row.is_ratio or columns.figures or columns.is_clear):
        return Unused.NO_COLUMN
    if is_total(column, accumulation):
        return Unused.TOTAL
    if is_part(column, accumulation):
        return Unused.PART
    is_other = (
        column.unit and is_number(text) and not row.is_ratio and factor_into(column.unit, row.target) is None
    )
    return Unused.UNIT if is_other and column.unit not in units_of(row.target) else None


def _doubt(line: PlacedLine, row: ShownRow, column: FigureColumn) -> Unused | None:
    """Name a line that is filled, though its heading may say another unit."""
    is_figure = not (row.is_ratio or row.is_staged) and is_number(_cell(line, column.place))
    return Unused.WORD if is_figure and is_in_doubt(column.word, row.target) else None


def _figure(line: PlacedLine, row: ShownRow, column: FigureColumn) -> Fields:
    """Return the number; of a ratio, two numbers side by side are its two parts."""
    text, before = _cell(line, column.place), _cell(line, column.place - 1)
    if row.is_ratio and row.takes(before):
        return {"value": _digits(before), "denominator": _digits(text)}
    unit = unit_for(column, row.target)
    by = factor_into(unit, row.target) if unit and is_number(text) and not row.is_ratio else None
    if by not in (None, 1):
        return {"value": typed(parse_number(text) * by)}
    return {"value": _digits(text)}


def _digits(text: str) -> str:
    """Return a number in plain digits, and any other text as it was written."""
    return normalize("NFKC", text) if is_number(text) else text


def _tick(line: PlacedLine, named: Named) -> Fields:
    """Tick “includes all since the last report” where a column of that name says so."""
    is_ticked = TICK in named and is_done(_cell(line, named[TICK]))
    return {TICK: "1"} if is_ticked else {}


def _notes(line: PlacedLine, row: ShownRow, column: int, named: Named) -> Fields:
    """Return the texts of the columns named so; without a column for progress, it is the text behind the value."""
    found = {name: _cell(line, named[name]) for name in TEXTS if name in named}
    if "progress" not in named:
        taken = {named[name] for name in (*found, TICK) if name in named}
        units = {normalize("NFKC", unit) for unit in (row.target.unit, row.target.unit_en)}
        behind = [cell for at, cell in enumerate(line.cells) if at > column and at not in taken]
        words = [cell for cell in behind if cell and normalize("NFKC", cell) not in units]
        found["progress"] = " ".join(words)
    return {name: text for name, text in found.items() if text}
