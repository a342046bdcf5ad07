"""One table of a plan file: a CSV file in UTF-8 with column names in its first line."""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, signature
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, get_origin, get_type_hints

from .cells import Cell, UnreadableError
from .problems import Problem
from .problems import marked as _

Row = TypeVar("Row")
Line = tuple[int, dict[str, str]]


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


def list_columns(row: Callable[..., Any]) -> dict[str, Cell]:
    """Return the columns of a row class: its annotated fields, each with the reader of its cells."""
    hints = get_type_hints(row, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if get_origin(hint) is Annotated}


def may_be_missing(row: Callable[..., Any]) -> set[str]:
    """Return the columns of a row class that have a default."""
    return {name for name, given in signature(row).parameters.items() if given.default is not Parameter.empty}


def read_table(folder: Path, file: str, row: Callable[..., Row]) -> ReadTable[Row]:
    sheet: ReadTable[Row] = ReadTable(file)
    columns = list_columns(row)
    text = _text(folder / file, sheet)
    if text is None:
        return sheet
    try:
        sheet.lines = list(_lines(text, columns, may_be_missing(row), sheet))
    except csv.Error as error:
        sheet.problems.append(Problem(file, 0, "", _("Not a CSV table: %(why)s."), params={"why": error}))
    for line, cells in sheet.lines:
        values = read_cells(file, line, cells, columns, sheet.problems)
        if values is not None:
            sheet.rows.append(row(line=line, **values))
    return sheet


def read_cells(
    file: str, line: int, cells: Mapping[str, str], columns: Mapping[str, Cell], problems: list[Problem]
) -> dict[str, Any] | None:
    """Return the values of one row, or None after listing every cell that cannot be read.

    A column that was left out keeps its default.
    """
    values: dict[str, Any] = {}
    before = len(problems)
    for column, raw in cells.items():
        try:
            values[column] = columns[column](raw)
        except UnreadableError as error:
            problems.append(Problem(file, line, column, error.message, raw, error.params))
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


def _lines(
    text: str, columns: Collection[str], optional: Collection[str], sheet: ReadTable[Row]
) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    if not _header_fits(header, columns, optional, sheet):
        return
    line = reader.line_num + 1
    for cells in reader:
        if len(cells) > len(header) or (len(cells) < len(header) and any(cells)):
            params = {"found": len(cells), "expected": len(header)}
            message = _("The line has %(found)d cells instead of %(expected)d.")
            sheet.problems.append(Problem(sheet.file, line, "", message, params=params))
        elif any(cells):
            yield line, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        line = reader.line_num + 1


def _header_fits(
    header: list[str], columns: Collection[str], optional: Collection[str], sheet: ReadTable[Row]
) -> bool:
    for column in columns:
        if column not in header and column not in optional:
            sheet.problems.append(Problem(sheet.file, 1, column, _("The column is missing.")))
    for column in header:
        if column not in columns:
            sheet.problems.append(Problem(sheet.file, 1, column, _("The column is unknown.")))
    for column in sorted({column for column in header if header.count(column) > 1}):
        sheet.problems.append(Problem(sheet.file, 1, column, _("The column appears twice.")))
    return sheet.sound
