"""The fields of the rows of a page that a pasted block fills."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from ..reporting.parsing import is_done
from ..spreadsheets.reader.rows import TEXTS
from .column_mapping import find_layout
from .pasted_lines import Block, PlacedLine, ShownRow, Unused, is_number, place_lines

# The place of each column that the heading names, counted from 0.
Named = Mapping[str, int]
Fields = dict[str, str]


class PastedBlock(NamedTuple):
    """The texts to fill in, by target and field, and the numbers of lines left out by reason, counted from 1."""

    filled: Mapping[int, Fields]
    unused: Mapping[Unused, Sequence[int]]


class Columns(NamedTuple):
    """The columns of values of figures and stages, of ratios, and those that the heading names."""

    figures: int
    ratios: int
    named: Named


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
    named = find_layout(heading).columns if heading else {}
    lines = [line for line in block.lines if line.row]
    figures = [line for line in lines if line.row and not line.row.is_ratio]
    ratios = [line for line in lines if line.row and line.row.is_ratio]
    value = named.get("value", 0)
    has_value = any(_is_value(line, value) for line in figures)
    return Columns(value if value and has_value else _last_of_values(figures), _last_of_values(ratios), named)


def _last_of_values(lines: Sequence[PlacedLine]) -> int:
    """Return the last column that holds mostly values; a list of one column needs none."""
    widest = max((len(line.cells) for line in lines), default=0)
    for column in range(widest - 1, 0, -1):
        filled = [line for line in lines if _cell(line, column)]
        values = sum(_is_value(line, column) for line in filled)
        if values and values * 2 >= len(filled):
            return column
    return 0


def _is_value(line: PlacedLine, column: int) -> bool:
    return line.row is not None and line.row.takes(_cell(line, column))


def _cell(line: PlacedLine, column: int) -> str:
    return line.cells[column] if 0 <= column < len(line.cells) else ""


def _fill(line: PlacedLine, row: ShownRow, columns: Columns) -> tuple[Fields, Unused | None]:
    """Return the fields that a line fills, and the reason to leave out its note, or all of it."""
    if not row.accepts:
        return {}, Unused.CLOSED
    column = columns.ratios if row.is_ratio else columns.figures
    text = _cell(line, column)
    if row.is_staged:
        if not is_done(text):
            return {}, Unused.NO_STAGE
        value = {"milestone": row.stage}
    elif not text or (len(line.cells) > 1 and not row.takes(text)):
        return {}, Unused.NO_NUMBER
    else:
        value = _figure(line, row, column)
    notes = _notes(line, row, column, columns.named)
    kept = {name for name, text in notes.items() if getattr(row.notes, name).strip() not in ("", text)}
    fields = value | {name: text for name, text in notes.items() if name not in kept}
    return fields, Unused.NOTE if kept else None


def _figure(line: PlacedLine, row: ShownRow, column: int) -> Fields:
    """Return the number; of a ratio, two numbers side by side are its two parts."""
    text, before = _cell(line, column), _cell(line, column - 1)
    if row.is_ratio and row.takes(before):
        return {"value": _digits(before), "denominator": _digits(text)}
    return {"value": _digits(text)}


def _digits(text: str) -> str:
    """Return a number in plain digits, and any other text as it was written."""
    return normalize("NFKC", text) if is_number(text) else text


def _notes(line: PlacedLine, row: ShownRow, column: int, named: Named) -> Fields:
    """Return the texts of the columns named so; without a column for progress, it is the text behind the value."""
    found = {name: _cell(line, named[name]) for name in TEXTS if name in named}
    if "progress" not in named:
        taken = {named[name] for name in found}
        units = {normalize("NFKC", unit) for unit in (row.target.unit, row.target.unit_en)}
        behind = [cell for at, cell in enumerate(line.cells) if at > column and at not in taken]
        words = [cell for cell in behind if cell and normalize("NFKC", cell) not in units]
        found["progress"] = " ".join(words)
    return {name: text for name, text in found.items() if text}
