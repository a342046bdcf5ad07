"""The rows of a CSV file in UTF-8, UTF-16 or GB 18030."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from ..escaping import unprotect
from .cells import BrokenCell, Cell, Line
from .other_kinds import BIG5, is_big5
from .problems import FileError
from .problems import marked as _
from .rows import TWO_WAYS

AMBIGUOUS = re.compile(r"\s*[+-]?(?:[0-9]{1,3},|[1-9][0-9]{0,2}[.])[0-9]{3}\s*")
SEPARATORS = ",\t;"
LONGEST_CELL = 100_000
FEWEST_ROWS = 2
MOST_TITLES = 10
GB = "gb18030"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def lines(path: Path, _sheet: str = "") -> Iterator[Line]:
    """Yield each row with its number as a spreadsheet counts it; raise FileError for a broken table."""
    text = decoded(path.read_bytes())
    _check_width(text)
    separator = _separator(text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            yield Line(number, [_cell(unprotect(cell), separator) for cell in cells])
    except csv.Error:
        message = _("From line %(line)d on, this is not a CSV table: a quotation mark may be missing.")
        raise FileError(message, line=reader.line_num) from None


def about(path: Path, _sheet: str = "") -> int:
    """Return the approximate number of rows."""
    return path.read_bytes().count(b"\n")


def other_sheets(_path: Path, _sheet: str = "") -> list[str]:
    """Return nothing: a file of text is one table."""
    return []


def hidden_columns(_path: Path, _sheet: str = "") -> list[int]:
    """Return nothing: a file of text hides no column."""
    return []


def is_even(found: Sequence[Line]) -> bool:
    """Tell whether the rows look like a table rather than like sentences with commas.

    Most rows of several cells are then equally long, or no longer than the first one.
    """
    lengths = [len(line.cells) for line in found if len(line.cells) > 1]
    if len(lengths) < FEWEST_ROWS:
        # Rows with empty last cells are shorter than the first one.
        return False
    usual = max(map(lengths.count, lengths))
    no_longer = sum(length <= lengths[0] for length in lengths)
    return 4 * max(usual, no_longer) >= 3 * len(lengths)


def decoded(raw: bytes) -> str:
    """Decode the file; raise FileError if its encoding is none of those known."""
    encodings = ("utf-16",) if raw.startswith(UTF_16) else ("utf-8-sig", GB)
    for encoding in encodings:
        if encoding == GB and is_big5(raw):
            raise FileError(BIG5)
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(_("The text is neither UTF-8 nor GB 18030. Save the sheet as XLSX or as CSV UTF-8."))


def _cell(text: str, separator: str) -> Cell:
    """Return a cell; a number that reads differently with a decimal comma is asked about."""
    # A spreadsheet saves with semicolons where the comma is the decimal mark.
    is_open = separator == ";" and AMBIGUOUS.fullmatch(text)
    return BrokenCell(text, TWO_WAYS) if is_open else text


def _check_width(text: str) -> None:
    """Refuse a text of two-byte characters that was decoded as single bytes."""
    # Each line of such a text ends in a NUL beside its line feed.
    first, _feed, rest = text.partition("\n")
    if "\0" in first or rest.startswith("\0"):
        raise FileError(_("This may be UTF-16 without its mark. Save the sheet as XLSX or as CSV UTF-8."))


def _separator(text: str) -> str:
    """Return the separator that is most frequent in the first line that has any: a title may stand above."""
    first = next(
        (line for line in text.split("\n", MOST_TITLES)[:MOST_TITLES] if any(map(line.count, SEPARATORS))), ""
    )
    return max(SEPARATORS, key=first.count)
