"""Rows as the ledger wants them, read from the mapped columns."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from .cells import BrokenCell, Cell, Line, MergedCell, as_day, as_figure, as_text, excerpt, shown
from .figures import Figure
from .problems import CellError, Remark
from .problems import marked as _
from .totals import is_total

TEXTS = ("progress", "problems", "next_steps")
COLUMNS = (
    "code", "title", "milestone", "value", "denominator", "includes_earlier", "day", *TEXTS, "increase",
    "unit", "agency",
)  # fmt: skip
FIGURES = ("value", "increase", "denominator")
# A dash or 无 in one of these says nothing.
VAGUE = (*FIGURES, "includes_earlier", "day", *TEXTS)
LARGEST_EXPONENT = 40
MOST_COLUMNS = 200
# Reasons to leave a row out.
ABOVE, EMPTY, BLANK, TOTAL, REPEATED, SIGNED = "above", "empty", "blank", "total", "repeated", "signed"
# Left out by a person in the preview; recorded with the same file before.
CHOSEN, RECORDED, SECTION = "chosen", "recorded", "section"
# A rate stands there and no value; the reader leaves it to others to tell whether the target is a rate itself.
RATE = "rate"
SIGNATURE = re.compile(
    r"\s*(?:(?:填报|填表|制表|审核|复核|审签|签发|批准|经办|联系|统计|报送|分管|主要|单位)?(?:人员?|负责人|领导|电话|日期|时间|单位)"
    r"(?:签字|签名)?(?:（[^）]*）)?|备?注|附注|说明|note)\s*[:：]",
    re.IGNORECASE,
)
# Signs and words for nothing in a cell for a figure or a text.
NOTHING = re.compile(r"\s*(?:[-—–―－/／\\]+|无|暂无|没有|n/?a)?\s*", re.IGNORECASE)
# A text with a figure that is not 0; no error such as #DIV/0!.
RATED = re.compile(r"[^#]*[1-9１-９]")
MERGED = _("This cell is merged over several rows: write the value of each row in a cell of its own.")
TWO_WAYS = _("The mark in this number may divide thousands or decimals: write it without one, or 1234.5.")
NO_VALUE = _("There is a note but no value. Only rows without both are left out.")
MOST_NAMED = 50
# Words by which an exported list marks entries that do not count.
ENDED = ("已退回", "已撤回", "已更正", "Returned", "Withdrawn", "Corrected")

T = TypeVar("T")


class LeftOut(dict[str, list[int]]):
    """The rows left out, by reason: their number, and the first of them."""

    def add(self, why: str, number: int) -> None:
        counted = self.setdefault(why, [0])
        counted[0] += 1
        if len(counted) <= MOST_NAMED:
            counted.append(number)

    def join(self, other: Mapping[str, Sequence[int]]) -> None:
        """Add rows that were left out elsewhere."""
        for why, (counted, *numbers) in other.items():
            own, *first = self.get(why, [0])
            self[why] = [own + counted, *sorted({*first, *numbers})[:MOST_NAMED]]


class Changes(NamedTuple):
    """The changes of a person to a file that stays as it is, by the numbers of its rows.

    `cells` are texts in place of those in the file, by column. The rows `recorded` are in the ledger already.
    """

    cells: Mapping[int, Mapping[str, str]] = {}
    left_out: Collection[int] = ()
    recorded: Collection[int] = ()

    def why_left_out(self, number: int) -> str:
        """Return the reason to leave a row out; empty for one that is still open."""
        if number in self.recorded:
            return RECORDED
        return CHOSEN if number in self.left_out else ""


class SheetRow(NamedTuple):
    """One row of a sheet.

    `value` and `denominator` are decimal numbers as text, `percent` tells that the value was written in
    percent, `computed` that a spreadsheet holds it as a number. `day` is an ISO date, or empty if the sheet
    leaves it open. `increase` is a figure of the period alone, as it stands there. `includes_earlier` is the
    tick of a row that includes all since the last report. `written` holds all cells as they stand there.
    `typed` is the text that a person has put in place of the value. `rates` are the places of the rates in a row
    without a value; if it has no text either, it has no fault for that.
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
    increase: str = ""
    unit: str = ""
    agency: str = ""
    computed: bool = False
    hidden: bool = False
    includes_earlier: str = ""
    typed: str = ""
    rates: Sequence[int] = ()


class Asked(NamedTuple):
    """The rows asked for: those below row `after`.

    `columns` has the index of each of `COLUMNS`, from 0. Texts of `quiet` columns alone report nothing. The
    columns `also` may hold the value too, those of `rates` a rate beside it. `sheet` is the name of a sheet of a
    workbook; empty for its first table.
    """

    after: int
    columns: Mapping[str, int]
    quiet: Collection[str] = ()
    also: Collection[int] = ()
    changes: Changes = Changes()
    sheet: str = ""
    rates: Collection[int] = ()


def rows(lines: Iterator[Line], asked: Asked, left_out: LeftOut) -> Iterator[SheetRow]:
    """Yield the rows asked for that report a value or text, or a rate; `left_out` counts the others."""
    names = dict[str, Cell]()
    for line in lines:
        number, cells, _hidden = line
        given = {
            name: _of_column(name, cells[at]) if at < len(cells) else "" for name, at in asked.columns.items()
        }
        mended = asked.changes.cells.get(number, {})
        has_other = any(at < len(cells) and _is_said("value", cells[at]) for at in asked.also)
        has_value = has_other or _has_figure({**given, **mended})
        rates = [] if has_value else _rates(cells, asked.rates)
        if number <= asked.after:
            names = given
            why = ABOVE
        else:
            # A row that somebody has mended is meant, however it looks.
            why = asked.changes.why_left_out(number) or (
                ""
                if mended
                else _why_left_out(given, cells, names, asked.quiet, has_more=has_other or bool(rates))
            )
        if why:
            left_out.add(why, number)
        else:
            yield _build(line, given, asked, rates, has_other=has_other)


def _build(
    line: Line, given: Mapping[str, Cell], asked: Asked, rates: list[int], *, has_other: bool
) -> SheetRow:
    """Return a row with the texts of a person in place of its own, and the rates beside an empty value."""
    mended, places = asked.changes.cells.get(line.number, {}), set(asked.columns.values())
    others = [cell for at, cell in enumerate(line.cells) if at not in places]
    written = [excerpt(cell) for cell in line.cells[:MOST_COLUMNS]]
    _write(written, mended, asked.columns)
    found = {**given, **mended}
    row = _row(line.number, found, others, written, has_other=has_other)
    if rates:
        row = _beside_rates(row, rates, says_more=_reports(found, asked.quiet))
    return row._replace(hidden=line.hidden, typed=mended.get("value", ""))


def _write(written: list[str], mended: Mapping[str, str], columns: Mapping[str, int]) -> None:
    """Put the texts of a person in place of those of the file."""
    for name in mended.keys() & columns.keys():
        written += [""] * (columns[name] + 1 - len(written))
        written[columns[name]] = mended[name]


def _of_column(name: str, cell: Cell) -> Cell:
    """Return the cell without its merging: names and days go down, a figure is asked about, a text stands once."""
    if not isinstance(cell, MergedCell):
        return cell
    if name in FIGURES:
        return BrokenCell(shown(cell.cell), MERGED)
    return cell.cell if cell.first or name not in TEXTS else ""


def _why_left_out(
    given: Mapping[str, Cell],
    cells: Sequence[Cell],
    names: Mapping[str, Cell],
    quiet: Collection[str],
    *,
    has_more: bool,
) -> str:
    """Return the reason to leave a row out; empty for one that reports something, or has more in other columns."""
    if not (has_more or _reports(given, quiet)):
        return BLANK if any(shown(cell).strip() for cell in cells) else EMPTY
    if _sums_up(given, cells):
        return TOTAL
    if _repeats(given, names):
        return REPEATED
    return SIGNED if _is_signed(given, cells) else ""


def _reports(given: Mapping[str, Cell], quiet: Collection[str]) -> bool:
    """Tell whether a row has a value or a text beside it."""
    return any(_there(given, name) for name in (*FIGURES, *TEXTS) if name not in quiet)


def _has_figure(given: Mapping[str, Cell]) -> bool:
    return _there(given, "value") or _there(given, "increase")


def _rates(cells: Sequence[Cell], places: Collection[int]) -> list[int]:
    """Return the places of rates that are not 0; a formula beside an empty value gives 0 or an error."""
    return [at for at in places if at < len(cells) and RATED.match(shown(cells[at]))]


def _beside_rates(row: SheetRow, rates: list[int], *, says_more: bool) -> SheetRow:
    faults = row.faults if says_more else [fault for fault in row.faults if fault.message != NO_VALUE]
    return row._replace(rates=rates, faults=faults)


def _repeats(given: Mapping[str, Cell], names: Mapping[str, Cell]) -> bool:
    """Tell whether a row names the columns again, as at the top of a printed page."""
    return all(
        given[name] == names.get(name) for name in given if name in ("code", "title", "value", "increase")
    )


def _is_signed(given: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is a line of signatures or a note below the table."""
    first = next((cell for cell in cells if cell), "")
    return isinstance(first, str) and bool(SIGNATURE.match(first)) and not _has_digits(given)


def _has_digits(given: Mapping[str, Cell]) -> bool:
    value = given.get("value", "")
    return isinstance(value, Figure) or (isinstance(value, str) and value[:1].isdigit())


def _sums_up(given: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the total of the rows above."""
    # A total is no agency's progress. Its word stands in the cell for a code or title, or before that.
    named = [cell for cell in (given.get("code", ""), given.get("title", "")) if cell]
    return any(map(_is_total, cells)) and all(map(_is_total, named))


def _is_total(cell: Cell) -> bool:
    return isinstance(cell, str) and is_total(cell)


def _row(
    number: int, given: Mapping[str, Cell], others: Sequence[Cell], written: list[str], *, has_other: bool
) -> SheetRow:
    faults = _ended(others)

    def text(name: str) -> str:
        return _read(given, name, as_text, "", faults)

    code, title, milestone = (text(name).strip() for name in ("code", "title", "milestone"))
    value, denominator = (_read(given, name, as_figure, None, faults) for name in ("value", "denominator"))
    on = _read(given, "day", as_day, None, faults)
    progress, problems, next_steps = map(text, TEXTS)
    faults += _missing(given, has_other=has_other)
    return SheetRow(
        number=number, code=code, title=title, milestone=milestone,
        value=_digits(value, "value", faults), percent=value is not None and value.percent,
        denominator=_digits(denominator, "denominator", faults), day=on.isoformat() if on else "",
        progress=progress, problems=problems, next_steps=next_steps, faults=faults, written=written,
        increase=text("increase"), unit=text("unit").strip(), agency=text("agency").strip(),
        computed=any(isinstance(given.get(name), Figure) for name in FIGURES),
        includes_earlier=text("includes_earlier").strip(),
    )  # fmt: skip


def _read(
    given: Mapping[str, Cell], name: str, reader: Callable[[Cell], T], empty: T, faults: list[Remark]
) -> T:
    """Read the cell of a column; one that cannot be read becomes a fault, and is empty like one without a text."""
    if not _there(given, name):
        return empty
    try:
        return reader(given[name])
    except CellError as error:
        faults.append(Remark(name, error.message, error.params))
        return empty


def _missing(given: Mapping[str, Cell], *, has_other: bool) -> Sequence[Remark]:
    faults = []
    if not _there(given, "code") and not _there(given, "title"):
        message = _("This row has no target. Unmerge the cells and repeat the name on every row.")
        faults.append(Remark("code", message))
    if not (has_other or _has_figure(given)):
        faults.append(Remark("value", NO_VALUE))
    return faults


def _ended(others: Sequence[Cell]) -> list[Remark]:
    """Refuse a row that an exported list marks as returned, withdrawn or corrected."""
    # Such an entry must not count again by coming back with the list.
    message = _(
        "This row says “%(state)s”: it does not count. Leave it out, or empty that cell to report it anew."
    )
    return [Remark("", message, {"state": cell}) for cell in others if cell in ENDED]


def _there(given: Mapping[str, Cell], name: str) -> bool:
    return _is_said(name, given.get(name, ""))


def _is_said(name: str, cell: Cell) -> bool:
    """Tell whether a cell of a column says something."""
    return not isinstance(cell, str) or (
        bool(cell.strip()) and not (name in VAGUE and NOTHING.fullmatch(cell))
    )


def _digits(figure: Figure | None, name: str, faults: list[Remark]) -> str:
    """Return the digits of a number, refusing an exponent that would make it longer than any real figure."""
    if figure is None:
        return ""
    if abs(figure.value.adjusted()) > LARGEST_EXPONENT:
        faults.append(Remark(name, _("This is not a number that can be stored.")))
        return ""
    return f"{figure.value:f}"
