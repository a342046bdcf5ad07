"""An XLSX workbook's facts about its sheets: those with a table, its texts, and the meaning of its numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from posixpath import join, normpath
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from ..escaping import unescape
from .problems import FileError
from .problems import marked as _

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
PERCENTS = {9, 10}
FIRST_ROWS = 30
# Quoted words, colours and escaped characters of a number format do not decide its kind.
BESIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


@dataclass(frozen=True)
class Workbook:
    """The parts of a workbook needed to read its cells.

    `dates` and `percents` are the styles of days and of shares.
    """

    sheet: str
    texts: list[str]
    dates: frozenset[str]
    percents: frozenset[str]
    from_1904: bool


def read_workbook(archive: ZipFile, wanted: str = "") -> Workbook:
    """Read the workbook's facts.

    Raises FileError, KeyError for a missing part, and ParseError for broken XML.
    """
    (_name, sheet), _others, from_1904 = find_sheets(archive, wanted)
    dates, percents = _kinds(archive)
    return Workbook(sheet, _texts(archive), dates, percents, from_1904)


def local(element: Element) -> str:
    """Return the element's name without its namespace."""
    # Strict and transitional workbooks differ in the namespace alone.
    return element.tag.rpartition("}")[2]


def events(stream: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """Yield each element as it ends."""
    # External entities are never fetched, and a part that grows too large meets the limits of the process.
    return iterparse(stream)  # noqa: S314


def elements(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """Yield each complete element of these names, and empty it afterwards."""
    for _event, element in events(stream):
        if local(element) in names:
            yield element
            element.clear()


def plain_text(element: Element) -> str:
    """Return the text of a string or its runs, without the readings that Japanese sheets put above it."""
    parts = [
        text
        for child in element
        if local(child) != "rPh"
        for text in ([child] if local(child) == "t" else [each for each in child if local(each) == "t"])
    ]
    return unescape("".join(part.text or "" for part in parts))


class SheetPart(NamedTuple):
    """A visible sheet of a workbook by its name, and the part that holds it."""

    name: str
    part: str


def find_sheets(archive: ZipFile, wanted: str = "") -> tuple[SheetPart, list[str], bool]:
    """Return a visible sheet with a table, the names of others with one, and whether days count from 1904.

    It is the one `wanted` by its name, or the first. A sheet whose rows have one cell each is a cover.
    """
    sheets, from_1904 = _visible_sheets(archive)
    tables = [sheet for sheet in sheets if len(sheets) > 1 and _holds_table(archive, sheet.part)]
    if not sheets:
        raise FileError(_("The workbook has no visible sheet."))
    chosen = next((sheet for sheet in tables if sheet.name == wanted), (tables or sheets)[0])
    return chosen, [sheet.name for sheet in tables if sheet != chosen], from_1904


def _visible_sheets(archive: ZipFile) -> tuple[list[SheetPart], bool]:
    from_1904, linked = False, dict[str, str]()
    with archive.open(BOOK) as stream:
        for element in elements(stream, "workbookPr", "sheet"):
            if local(element) == "workbookPr":
                from_1904 = element.get("date1904", "0") in ("1", "true")
            elif element.get("state", "visible") == "visible":
                link = next((value for name, value in element.items() if name.endswith("}id")), "")
                linked[link] = element.get("name", "")
    with archive.open(LINKS) as stream:
        parts = {
            element.get("Id", ""): normpath(join("/xl", element.get("Target", ""))).lstrip("/")
            for element in elements(stream, "Relationship")
        }
    return [SheetPart(name, parts[link]) for link, name in linked.items() if link in parts], from_1904


def _holds_table(archive: ZipFile, part: str) -> bool:
    """Tell whether any of the first rows has several cells."""
    if part not in archive.namelist():
        return False
    with archive.open(part) as stream:
        first = islice(elements(stream, "row"), FIRST_ROWS)
        return any(sum(len(cell) > 0 for cell in row) > 1 for row in first)


def _texts(archive: ZipFile) -> list[str]:
    if TEXTS not in archive.namelist():
        return []
    with archive.open(TEXTS) as stream:
        return [plain_text(element) for element in elements(stream, "si")]


def _kinds(archive: ZipFile) -> tuple[frozenset[str], frozenset[str]]:
    """Return the numbers of the cell styles that show a day, and of those that show percent."""
    if STYLES not in archive.namelist():
        return frozenset(), frozenset()
    dates, percents, styles = set(DATES), set(PERCENTS), list[int]()
    with archive.open(STYLES) as stream:
        for element in elements(stream, "numFmt", "cellXfs"):
            if local(element) == "cellXfs":
                styles = [int(style.get("numFmtId", "0")) for style in element]
            else:
                _sort(int(element.get("numFmtId", "0")), element.get("formatCode", ""), dates, percents)
    return _numbered(styles, dates), _numbered(styles, percents)


def _sort(number: int, code: str, dates: set[int], percents: set[int]) -> None:
    bare = BESIDE.sub("", code).lower()
    if re.search("[ymdhs]", bare):
        dates.add(number)
    elif "%" in bare:
        percents.add(number)


def _numbered(styles: list[int], formats: set[int]) -> frozenset[str]:
    return frozenset(str(index) for index, number in enumerate(styles) if number in formats)
