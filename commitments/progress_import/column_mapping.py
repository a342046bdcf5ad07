"""The columns of a sheet: the row that names them, and the meaning of each."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..spreadsheets.reader.rows import COLUMNS, TEXTS
from .column_names import (
    AMBIGUOUS_DAYS,
    BEFORE,
    NO_VALUES,
    NOT_IN,
    NUMBERS,
    OTHER_RATES,
    OTHERS,
    RATES,
    REMARKS,
    WORDS,
)
from .context import folded
from .fault_messages import column_name

# The columns that a file of rejected rows has before those of its sheet.
OWN = ("row", "reason")
# A unit behind a name, in brackets, and marks around it.
BESIDE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]|[*:：、]")
COMPARED = re.compile(rf"[比较同与]\s*(?:{'|'.join(BEFORE)})")
MORE = 2
Rows = Mapping[int, Sequence[str]]


class ColumnLayout(NamedTuple):
    """The number of the row with the names, and the place of each column of `COLUMNS` found, counted from 0."""

    header_row: int
    columns: dict[str, int]

    def is_enough(self) -> bool:
        has_figure = "value" in self.columns or "increase" in self.columns
        return has_figure and ("code" in self.columns or "title" in self.columns)


def find_layout(rows: Sequence[tuple[int, list[str]]]) -> ColumnLayout:
    """Find the row that names most of the columns; without any, the fullest one, for the user to explain."""
    by_number = dict(rows)
    found = {number: _known(headings_of(by_number, number)) for number in by_number}

    def how_good(number: int) -> tuple[bool, int, int, int]:
        known = found[number]
        fullness = 0 if known else len(_filled(by_number[number]))
        return ColumnLayout(number, known).is_enough(), len(known), fullness, -number

    best = max(by_number, key=how_good)
    # A lower row of a heading in two rows names some columns itself, and the others are named above it.
    below = best + 1
    if found[best] and _known(by_number.get(below, ())) and len(found[below]) == len(found[best]):
        best = below
    return ColumnLayout(best, found[best])


def headings_of(rows: Rows, number: int) -> list[str]:
    """Return the names of the columns in a row, together with the row above it, for merged cells.

    A name that occurs several times gets that of its group before it, and a number from the second on.
    """
    lower, upper = rows.get(number, ()), rows.get(number - 1, ())
    upper = upper if len(_filled(upper)) > 1 else ()
    times, names, group = Counter(lower), list[str](), ""
    for place in range(max(len(lower), len(upper))):
        above, name = _at(upper, place), _at(lower, place)
        group = above or group
        names.append(f"{group} {name}".strip() if times[name] > 1 and name else name or above)
    return list(_numbered(names))


def groups_of(rows: Rows, number: int) -> list[str]:
    """Return the heading over each column, from the row above, where some columns are named there alone."""
    lower, upper = rows.get(number, ()), rows.get(number - 1, ())
    # A line above a table, such as its unit, stands over columns that all have a name.
    if len(_filled(upper)) < MORE or not any(above and not _at(lower, at) for at, above in enumerate(upper)):
        return []
    found = list[str]()
    for at in range(max(len(lower), len(upper))):
        found.append(_at(upper, at) or (found[-1] if found else ""))
    return found


def asks_for_day(layout: ColumnLayout, names: Sequence[str]) -> bool:
    """Tell whether a column may be the day of the data or a deadline, and no other one is a day."""
    return "day" not in layout.columns and any(_bare(name) in AMBIGUOUS_DAYS for name in names)


def is_no_value(name: str) -> bool:
    """Tell whether a heading is that of a rate, a plan, a telephone number or another figure that is no value."""
    plain = folded(normalize("NFKC", name))
    return _bare(name) in NUMBERS or any(word in plain for word in NO_VALUES)


def prefer_visible(layout: ColumnLayout, names: Sequence[str], hidden: Collection[int]) -> ColumnLayout:
    """Return the layout with a visible column of the same meaning in place of each hidden one, if there is one."""
    columns = dict(layout.columns)
    for column, place in layout.columns.items():
        seen = (at for at, name in enumerate(names) if at not in hidden and _column_of(name) == column)
        columns[column] = next(seen, place) if place in hidden else place
    return ColumnLayout(layout.header_row, columns)


def hides_figures(layout: ColumnLayout, hidden: Collection[int]) -> bool:
    """Tell whether a column of figures is hidden in the sheet."""
    return any(layout.columns.get(name) in hidden for name in ("value", "increase"))


def other_values(layout: ColumnLayout, names: Sequence[str], hidden: Collection[int] = ()) -> list[int]:
    """Return the places of further columns that by their headings may hold the value."""
    taken = {*layout.columns.values(), *hidden}
    return [place for place, name in enumerate(names) if place not in taken and _column_of(name) == "value"]


def rate_columns(names: Sequence[str], taken: Collection[int]) -> list[int]:
    """Return the places of rates of the period, which may be the value of a target that is a rate itself."""
    return [place for place, name in enumerate(names) if place not in taken and _is_rate(name)]


def _is_rate(name: str) -> bool:
    plain = COMPARED.sub("", normalize("NFKC", name).casefold())
    is_other = any(word in plain for word in (*OTHER_RATES, *BEFORE))
    return bool(RATES.search(plain)) and not is_other


def quiet_columns(columns: Mapping[str, int], names: Sequence[str]) -> list[str]:
    """Return the columns of texts that report nothing by themselves."""
    return [column for column in TEXTS if column in columns and _bare(_at(names, columns[column])) in REMARKS]


def apply_mapping(names: Sequence[str], header_row: int, mapping: Mapping[str, str]) -> ColumnLayout:
    """Lay out the columns by an office's own headings; `mapping` gives the heading of each column."""
    places = {heading: place for place, heading in reversed(list(enumerate(names)))}
    return ColumnLayout(
        header_row, {column: places[heading] for column, heading in mapping.items() if heading in places}
    )


def guess_mapping(names: Sequence[str]) -> dict[str, str]:
    """Guess the heading of each column, for the user to confirm: a known name, or one with a typical word."""
    found = {column: names[place] for column, place in _known(names).items()}
    for column, words in WORDS.items():
        free = [heading for heading in names if heading.strip() and heading not in found.values()]
        holding = [heading for word in words for heading in free if _holds(heading, word, column)]
        if holding:
            found.setdefault(column, holding[0])
    return found


def digest(names: Sequence[str]) -> str:
    """Return a digest that is the same for the same headings in any order, and for a file of their rejected rows."""
    theirs = {name for name in _filled(names) if not is_own(name)}
    return hashlib.sha256("\n".join(sorted(theirs)).encode()).hexdigest()


def is_own(heading: str) -> bool:
    return folded(heading) in _own_names()


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """Yield each name, with a number in brackets if it occurs again."""
    times = Counter[str]()
    for name in names:
        times[name] += 1
        yield f"{name} ({times[name]})" if name.strip() and times[name] > 1 else name


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _filled(cells: Sequence[str]) -> set[str]:
    return {cell for cell in cells if cell.strip()}


def _holds(heading: str, word: str, column: str) -> bool:
    name = folded(heading)
    return folded(word) in name and not any(other in name for other in NOT_IN.get(column, ()))


def _known(names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(names):
        column = _column_of(heading)
        if column:
            found.setdefault(column, place)
    return found


def _column_of(heading: str) -> str | None:
    """Return the column that a heading names, if it is known."""
    return _names().get(folded(heading)) or _names().get(_bare(heading))


def _bare(heading: str) -> str:
    """Remove the unit and marks: `累计完成（个）` becomes `累计完成`."""
    return folded(BESIDE.sub("", normalize("NFKC", heading)))


@cache
def _names() -> dict[str, str]:
    """Return every name of a column in every language, in the form of `folded`."""
    names: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {folded(column_name(column)): column for column in COLUMNS}
            names[folded(_("value"))] = "value"
    for column in COLUMNS:
        names |= {folded(other): column for other in (column, *OTHERS.get(column, ()))}
    return names


@cache
def _own_names() -> frozenset[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {folded(column_name(column)) for column in OWN}
    return frozenset(found)
