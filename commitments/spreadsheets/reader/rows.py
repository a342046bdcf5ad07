"""Rows as the ledger wants them, read from the mapped columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from .cells import Cell, Line, as_day, as_figure, as_text, excerpt
from .figures import Figure
from .problems import CellError, Remark
from .problems import marked as _

TEXTS = ("progress", "problems", "next_steps")
COLUMNS = ("code", "title", "milestone", "value", "denominator", "day", *TEXTS)
LARGEST_EXPONENT = 40
TOTALS = ("合计", "总计", "小计", "累计", "本页合计", "total")
LONGEST_TOTAL = 20
MOST_COLUMNS = 200
# Words by which an exported list marks entries that do not count.
ENDED = ("已退回", "已撤回", "已更正", "Returned", "Withdrawn", "Corrected")

T = TypeVar("T")


class SheetRow(NamedTuple):
    """One row of a sheet.

    `value` and `denominator` are decimal numbers as text, `percent` tells that the value was written in
    percent. `day` is an ISO date, or empty if the sheet leaves it open. `written` holds all cells as they
    stand there.
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
    faults: list[Remark]
    written: list[str]


def rows(lines: Iterator[Line], columns: Mapping[str, int]) -> Iterator[SheetRow]:
    """Yield the rows that report a value or text; `columns` has the index of each of `COLUMNS`, from 0."""
    places = set(columns.values())
    for number, cells in lines:
        given = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        if _reports(given) and not _sums_up(given, cells):
            others = [cell for at, cell in enumerate(cells) if at not in places]
            yield _row(number, given, others, [excerpt(cell) for cell in cells[:MOST_COLUMNS]])


def _reports(given: Mapping[str, Cell]) -> bool:
    """Tell whether a row has a value or a text beside it."""
    return any(_there(given, name) for name in ("value", "denominator", *TEXTS))


def _sums_up(given: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the total of the rows above."""
    # A total is no agency's progress. Its word stands in the cell for a code or title, or before that.
    named = [cell for cell in (given.get("code", ""), given.get("title", "")) if cell]
    return any(map(_is_total, cells)) and all(map(_is_total, named))


def _is_total(cell: Cell) -> bool:
    if not isinstance(cell, str) or len(cell) > LONGEST_TOTAL:
        return False
    return "".join(normalize("NFKC", cell).split()).removesuffix(":").lower() in TOTALS


def _row(number: int, given: Mapping[str, Cell], others: Sequence[Cell], written: list[str]) -> SheetRow:
    faults = _ended(others)

    def read(name: str, reader: Callable[[Cell], T], empty: T) -> T:
        cell = given.get(name, "")
        if isinstance(cell, str) and not cell.strip():
            return empty
        try:
            return reader(cell)
        except CellError as error:
            faults.append(Remark(name, error.message, error.params))
            return empty

    code, title, milestone = (read(name, as_text, "").strip() for name in ("code", "title", "milestone"))
    value, denominator = read("value", as_figure, None), read("denominator", as_figure, None)
    on = read("day", as_day, None)
    progress, problems, next_steps = (read(name, as_text, "") for name in TEXTS)
    faults += _missing(given)
    return SheetRow(
        number=number,
        code=code,
        title=title,
        milestone=milestone,
        value=_digits(value, "value", faults),
        percent=value is not None and value.percent,
        denominator=_digits(denominator, "denominator", faults),
        day=on.isoformat() if on else "",
        progress=progress,
        problems=problems,
        next_steps=next_steps,
        faults=faults,
        written=written,
    )


def _missing(given: Mapping[str, Cell]) -> Sequence[Remark]:
    faults = []
    if not _there(given, "code") and not _there(given, "title"):
        message = _(
            "It is not said which target this is. Of merged cells, only the first row has the content."
        )
        faults.append(Remark("code", message))
    if not _there(given, "value"):
        faults.append(
            Remark("value", _("There is a note but no value. Only rows without both are left out."))
        )
    return faults


def _ended(others: Sequence[Cell]) -> list[Remark]:
    """Refuse a row that an exported list marks as returned, withdrawn or corrected."""
    # Such an entry must not count again by coming back with the list.
    message = _(
        "This row says “%(state)s”: it does not count. Leave it out, or empty that cell to report it anew."
    )
    return [Remark("value", message, {"state": cell}) for cell in others if cell in ENDED]


def _there(given: Mapping[str, Cell], name: str) -> bool:
    cell = given.get(name, "")
    return not isinstance(cell, str) or bool(cell.strip())


def _digits(figure: Figure | None, name: str, faults: list[Remark]) -> str:
    """Return the digits of a number, refusing an exponent that would make it longer than any real figure."""
    if figure is None:
        return ""
    if abs(figure.value.adjusted()) > LARGEST_EXPONENT:
        faults.append(Remark(name, _("This is not a number that can be stored.")))
        return ""
    return f"{figure.value:f}"
