"""The rows of a sheet of an XLSX workbook, one at a time: the one asked for, or the first visible table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile
from zlib import error as zlib_error

from . import days
from .cells import BrokenCell, Cell, Line
from .figures import HUNDRED, Figure
from .merged_cells import read_merges
from .problems import CellError, FileError
from .problems import marked as _
from .rows import MOST_COLUMNS
from .workbook import Workbook, events, find_sheets, local, plain_text, read_workbook
from .zipped import open_archive

PART = 2**20
DIGITS = "0123456789"


def lines(path: Path, sheet: str = "") -> Iterator[Line]:
    """Yield each row present of a sheet, with its number; raise FileError for a damaged file."""
    # The size that the sheet declares is not trusted.
    with open_archive(path) as archive:
        try:
            book = read_workbook(archive, sheet)
            merged = read_merges(archive, book.sheet)
            with archive.open(book.sheet) as stream:
                for number, row in _rows(events(stream)):
                    cells = merged.fill(number, _cells(row, book))
                    yield Line(number, cells, hidden=row.get("hidden") in ("1", "true"))
                    row.clear()
        except (ParseError, BadZipFile, zlib_error, LookupError, EOFError, NotImplementedError, ValueError):
            raise FileError(_("The file is damaged: it cannot be opened as an Excel workbook.")) from None


def about(path: Path, sheet: str = "") -> int:
    """Return the approximate number of rows; call it after `lines` has read the sheet."""
    with open_archive(path) as archive, archive.open(find_sheets(archive, sheet)[0].part) as stream:
        return sum(part.count(b"<row ") for part in iter(lambda: stream.read(PART), b""))


def other_sheets(path: Path, sheet: str = "") -> list[str]:
    """Return the names of the sheets with a table that are not read; call it after `lines` has read the sheet."""
    with open_archive(path) as archive:
        return find_sheets(archive, sheet)[1]


def hidden_columns(path: Path, sheet: str = "") -> list[int]:
    """Return the hidden columns, counted from 0; call it after `lines` has read the sheet."""
    found: list[int] = []
    with open_archive(path) as archive, archive.open(find_sheets(archive, sheet)[0].part) as stream:
        for _event, element in events(stream):
            if local(element) == "row":
                break
            if local(element) == "col" and element.get("hidden") in ("1", "true"):
                last = min(int(element.get("max", "0")), MOST_COLUMNS)
                found += range(int(element.get("min", "1")) - 1, last)
    return found


def is_even(_found: Sequence[Line]) -> bool:
    """Tell that a workbook is a table, however long its rows are."""
    return True


def _rows(found: Iterator[tuple[str, Element]]) -> Iterator[tuple[int, Element]]:
    number = 0
    for _event, element in found:
        if element.tag.endswith("}row"):
            number = int(element.get("r", number + 1))
            yield number, element


def _cells(row: Element, book: Workbook) -> list[Cell]:
    cells: list[Cell] = []
    for element in row:
        place = _column(element.get("r", "").rstrip(DIGITS)) or len(cells)
        if place >= MOST_COLUMNS:
            break
        cells += [""] * (place - len(cells))
        cells.append(_cell(element, book))
    return cells


@cache
def _column(letters: str) -> int:
    """Return the column's index: 0 for A and for no letters, 25 for Z, 26 for AA."""
    number = 0
    # Any large number stands for a column beyond those that are read.
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, 0)


def _cell(element: Element, book: Workbook) -> Cell:
    kind, value, computed = element.get("t", "n"), None, False
    for child in element:
        match local(child):
            case "v":
                value = child.text
            case "f":
                computed = True
            case "is":
                value = plain_text(child)
    if value is None:
        return BrokenCell("=…", _("This formula has not been computed: enter its value.")) if computed else ""
    return _of_kind(kind, value, element.get("s", ""), book)


def _of_kind(kind: str, value: str, style: str, book: Workbook) -> Cell:
    match kind:
        case "n":
            return _number(value, style, book)
        case "s":
            return book.texts[int(value)] if int(value) < len(book.texts) else ""
        case "b":
            return value == "1"
        case "e":
            return BrokenCell(value, _("The cell shows an error instead of a value."))
    return value


def _number(value: str, style: str, book: Workbook) -> Cell:
    """Read a number with as many digits as a spreadsheet computes with."""
    # Digits beyond those were added by the program, not entered.
    number = Decimal(value) if value.isdecimal() else Decimal(format(float(value), ".15g"))
    if style in book.dates:
        return _day(number, value, book)
    if style in book.percents:
        return Figure(number * HUNDRED, percent=True)
    return Figure(number)


def _day(number: Decimal, value: str, book: Workbook) -> Cell:
    try:
        return days.day_of_serial(int(number), from_1904=book.from_1904)
    except (CellError, OverflowError, ValueError):
        return BrokenCell(value, _("Not a date; write for example 2023-09-28."))
