"""A row as the ledger wants it, made of the cells in the columns that hold it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from .cells import Cell, as_day, as_figure, as_text, shown
from .problems import CellError, Fault
from .problems import marked as _

TEXTS = ("progress", "problems", "next_steps")
COLUMNS = ("code", "title", "milestone", "value", "denominator", "day", *TEXTS)
LARGEST_EXPONENT = 40

T = TypeVar("T")


class Row(NamedTuple):
    """`value` and `denominator` are decimal numbers as text, `percent` where the value was written in percent.

    `day` is an ISO date or None where the sheet leaves it open. `written` are the cells as they stand there, kept
    where there are faults.
    """

    number: int
    code: str
    title: str
    milestone: str
    value: str
    percent: bool
    denominator: str
    day: str
    progress: str
    problems: str
    next_steps: str
    faults: list[Fault]
    written: dict[str, str]


def rows(lines: Iterator[tuple[int, list[Cell]]], columns: Mapping[str, int]) -> Iterator[Row]:
    """The rows that report something; `columns` says where each of `COLUMNS` stands, counted from 0."""
    for number, cells in lines:
        given = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        if _reports(given):
            yield _row(number, given)


def _reports(given: Mapping[str, Cell]) -> bool:
    """A row is left out where its value is blank and nobody has written anything beside it."""
    return any(given.get(name, "") not in ("", " ") for name in ("value", "denominator", *TEXTS))


def _row(number: int, given: Mapping[str, Cell]) -> Row:
    faults: list[Fault] = []

    def read(name: str, reader: Callable[[Cell], T], empty: T) -> T:
        cell = given.get(name, "")
        if isinstance(cell, str) and not cell.strip():
            return empty
        try:
            return reader(cell)
        except CellError as error:
            faults.append(Fault(name, error.message, error.params))
            return empty

    code, title, milestone = (read(name, as_text, "").strip() for name in ("code", "title", "milestone"))
    value, denominator = read("value", as_figure, None), read("denominator", as_figure, None)
    on = read("day", as_day, None)
    texts = [read(name, as_text, "") for name in TEXTS]
    faults += _missing(given, code or title)
    return Row(
        number, code, title, milestone,
        _plain(value.value, "value", faults) if value else "", bool(value and value.percent),
        _plain(denominator.value, "denominator", faults) if denominator else "",
        _iso(on), *texts, faults,
        {name: shown(cell).replace("\0", "") for name, cell in given.items()} if faults else {},
    )  # fmt: skip


def _missing(given: Mapping[str, Cell], named: str) -> Sequence[Fault]:
    faults = []
    if not named and not (given.get("code") or given.get("title")):
        message = _("It is not said which target this is. Of merged cells, only the first row has the content.")
        faults.append(Fault("code", message))
    if given.get("value", "") in ("", " "):
        faults.append(Fault("value", _("There is a note but no value. Only rows without both are left out.")))
    return faults


def _plain(value: Decimal, name: str, faults: list[Fault]) -> str:
    """Without an exponent that would make it longer than any number that is meant."""
    if abs(value.adjusted()) > LARGEST_EXPONENT:
        faults.append(Fault(name, _("This is not a number that can be stored.")))
        return ""
    return f"{value:f}"


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
