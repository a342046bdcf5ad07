"""The lines of a pasted block, each with the row of the page that it belongs to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from ..domain.enums import Accumulation
from ..domain.numbers import is_marked, parse_number
from ..domain.targets import RATIOS
from ..domain.units import converted
from ..models import Target
from ..reporting.doubts import Notes
from ..reporting.parsing import is_done, is_no, units_of
from .context import folded, titles_of

# More than a sheet has rows: a longer list is for an upload, which reads it in a process of its own.
MOST_LINES, MOST_COLUMNS = 2000, 50
# A word like “完成” may be a heading; these are none.
SIGNS = ("1", "是", "✓", "√", "✔", "0", "否", "×")

# A cell with a line break, a tab or quotation marks, as spreadsheets copy it.
QUOTED = re.compile(r'(?<![^\t\n])"((?:[^"]|"")*)"(?=\t|\r?\n|\Z)')

Keys = Mapping[str, "ShownRow | None"]


class Unused(StrEnum):
    """The reasons for which a line, or its note alone, is left out; `WORD` asks about a line that was used."""

    NO_ROW = "no_row"
    NO_CODE = "no_code"
    NO_NAME = "no_name"
    NO_NUMBER = "no_number"
    NO_STAGE = "no_stage"
    NO_COLUMN = "no_column"
    TOTAL = "total"
    PART = "part"
    UNIT = "unit"
    WORD = "word"
    CLOSED = "closed"
    NOTE = "note"


class ShownRow(NamedTuple):
    """A row as it stands on the page; `stage` is the next one to be done, as the row's field names it."""

    target: Target
    accepts: bool
    stage: str
    notes: Notes

    @property
    def is_staged(self) -> bool:
        return self.target.accumulation == Accumulation.STAGES

    @property
    def is_ratio(self) -> bool:
        return self.target.accumulation in RATIOS

    def takes(self, text: str) -> bool:
        """Tell whether the text is a value of this row."""
        if self.is_staged:
            return is_done(text) or is_no(text)
        own = units_of(self.target)
        return is_number(text, *own) or (bool(own) and converted(text, self.target.unit) is not None)


class PlacedLine(NamedTuple):
    """A line that is no heading; without a row, `lacks` tells the reason."""

    number: int
    cells: Sequence[str]
    row: ShownRow | None
    lacks: Unused = Unused.NO_ROW


class Block(NamedTuple):
    """The lines above the first one with a value, and those from there on."""

    heading: Sequence[Sequence[str]]
    lines: Sequence[PlacedLine]


def place_lines(text: str, rows: Sequence[ShownRow], first: int) -> Block:
    """Give each line the row of its code or name; without any, the rows in order from the row `first` on."""
    lines = [_cells(line) for line in re.split(r"\r?\n", QUOTED.sub(_unquote, text))]
    for keys, lacks in ((_codes(rows), Unused.NO_CODE), (_titles(rows), Unused.NO_NAME)):
        if any(len(cells) > 1 and _key_of(cells, keys) for cells in lines):
            return _by_key(lines, keys, lacks)
    return _in_order(lines, rows[first:])


def is_number(text: str, *units: str) -> bool:
    try:
        parse_number(text, *units)
    except ValueError:
        return False
    return True


def _unquote(cell: "re.Match[str]") -> str:
    """Return a quoted cell as one line; marks around a cell of one line are its own."""
    if not re.search(r"[\t\r\n]", cell[1]):
        return cell[0]
    return re.sub(r"\s*[\t\r\n]\s*", " ", cell[1].replace('""', '"'))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")[:MOST_COLUMNS]]


def _codes(rows: Iterable[ShownRow]) -> Keys:
    return {_folded(row.target.code): row for row in rows if row.target.code}


def _titles(rows: Iterable[ShownRow]) -> Keys:
    """Return the row of each title; None for a title of several."""
    found: dict[str, ShownRow | None] = {}
    for row in rows:
        for title in map(_folded, titles_of(row.target)):
            found[title] = row if found.get(title, row) is row else None
    return found


def _folded(text: str) -> str:
    return folded(normalize("NFKC", text))


def _key_of(cells: Iterable[str], keys: Keys) -> str:
    """Return the first cell that names one row; else empty."""
    return next((cell for cell in cells if keys.get(_folded(cell))), "")


def _by_key(lines: Sequence[Sequence[str]], keys: Keys, lacks: Unused) -> Block:
    """Place each line by its key, which is left out of its cells."""
    named = [_key_of(cells, keys) for cells in lines]
    head = next(at for at, cells in enumerate(lines) if named[at] or any(map(is_number, cells)))
    placed = []
    for number, (cells, key) in enumerate(zip(lines, named, strict=True), start=1):
        others = [cell if cell != key else "" for cell in cells]
        placed.append(PlacedLine(number, others, keys.get(_folded(key)), lacks))
    return Block(lines[:head], placed[head:])


def _in_order(lines: Sequence[Sequence[str]], rows: Sequence[ShownRow]) -> Block:
    head = 1 if _has_heading(lines, rows) else 0
    placed = [
        PlacedLine(head + at + 1, cells, rows[at] if at < len(rows) else None)
        for at, cells in enumerate(lines[head:])
    ]
    return Block(lines[:head], placed)


def _has_heading(lines: Sequence[Sequence[str]], rows: Sequence[ShownRow]) -> bool:
    """Tell whether the first line alone has no value; a line of a stage may say anything."""
    units = {unit for row in rows for unit in units_of(row.target)}

    def has_value(cells: Iterable[str]) -> bool:
        return any(normalize("NFKC", cell) in SIGNS or is_number(cell, *units) for cell in cells)

    first, *others = lines
    if not any(first) or has_value(first) or any(map(is_marked, first)):
        return False
    said = [(cells, at) for at, cells in enumerate(others) if any(cells)]
    return all(has_value(cells) or (at < len(rows) and rows[at].is_staged) for cells, at in said) and any(
        has_value(cells) for cells, _at in said
    )
