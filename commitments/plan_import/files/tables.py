"""One table of a plan file: a CSV file in UTF-8 with column names in its first line."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, Generic, TypeVar

from .cells import Cell, UnreadableError
from .problems import Problem
from .problems import marked as _

Row = TypeVar("Row")
Line = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class Table(Generic[Row]):
    """The form of a file: its row class, and the kind of cell in each column."""

    file: str
    make: Callable[..., Row]
    columns: Mapping[str, Cell]


@dataclass
class ReadTable(Generic[Row]):
    """A table as read: the sound rows, the text of all lines, and the faults."""

    file: str
    rows: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems

    def named(self, column: str) -> set[str]:
        """Return every text of a column."""
        # A broken row counts too: other rows may still refer to it.
        return {cells[column] for _line, cells in self.lines}


def read_table(folder: Path, table: Table[Row]) -> ReadTable[Row]:
    sheet: ReadTable[Row] = ReadTable(table.file)
    text = _text(folder / table.file, sheet)
    if text is None:
        return sheet
    try:
        sheet.lines = list(_lines(text, table, sheet))
    except csv.Error as error:
        sheet.problems.append(
            Problem(table.file, 0, "", _("Not a CSV table: %(why)s."), params={"why": error})
        )
    for line, cells in sheet.lines:
        values = read_cells(table.file, line, cells, table.columns, sheet.problems)
        if values is not None:
            sheet.rows.append(table.make(line=line, **values))
    return sheet


def read_cells(
    file: str, line: int, cells: Mapping[str, str], columns: Mapping[str, Cell], problems: list[Problem]
) -> dict[str, Any] | None:
    """Return the values of one row, or None after listing every cell that cannot be read."""
    values: dict[str, Any] = {}
    before = len(problems)
    for column, cell in columns.items():
        try:
            values[column] = cell(cells[column])
        except UnreadableError as error:
            problems.append(Problem(file, line, column, error.message, cells[column], error.params))
    return values if len(problems) == before else None


def _text(path: Path, sheet: ReadTable[Row]) -> str | None:
    if not path.is_file():
        sheet.problems.append(Problem(path.name, 0, "", _("The file is missing.")))
        return None
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        message, params = (
            _("The file is in %(encoding)s; save it as CSV UTF-8."),
            {"encoding": _encoding(raw)},
        )
        sheet.problems.append(Problem(path.name, 0, "", message, params=params))
        return None


def _encoding(raw: bytes) -> str:
    """Guess the encoding of a file that is not UTF-8."""
    # Excel writes GB 18030 on a Chinese Windows, or UTF-16.
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB 18030"


def _lines(text: str, table: Table[Row], sheet: ReadTable[Row]) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    if not _header_fits(header, table, sheet):
        return
    line = reader.line_num + 1
    for cells in reader:
        if len(cells) > len(header) or (len(cells) < len(header) and any(cells)):
            params = {"found": len(cells), "expected": len(header)}
            message = _("The line has %(found)d cells instead of %(expected)d.")
            sheet.problems.append(Problem(table.file, line, "", message, params=params))
        elif any(cells):
            yield line, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        line = reader.line_num + 1


def _header_fits(header: list[str], table: Table[Row], sheet: ReadTable[Row]) -> bool:
    for column in table.columns:
        if column not in header:
            sheet.problems.append(Problem(table.file, 1, column, _("The column is missing.")))
    for column in header:
        if column not in table.columns:
            sheet.problems.append(Problem(table.file, 1, column, _("The column is unknown.")))
    for column in sorted({column for column in header if header.count(column) > 1}):
        sheet.problems.append(Problem(table.file, 1, column, _("The column stands there twice.")))
    return sheet.sound
