"""The columns of a table that hold figures: since when these count, and the unit they are in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..domain.headings import Since, since_above, since_of, unit_of, units_above, word_of
from ..domain.readings import BY_PERIOD, TOTALS
from ..domain.unit_words import is_same
from ..domain.units import factor_of_heading
from ..models import Target
from .context import folded

MORE = 2
# Units of things that a word may name as well.
THINGS = frozenset("个家项件处座条户人名")


class FigureColumn(NamedTuple):
    """A column of figures: its place from 0, its heading, and the meaning of that.

    `word` stands in its brackets and may be a unit, though not a known one.
    """

    place: int
    heading: str = ""
    since: Since | None = None
    unit: str = ""
    word: str = ""


class FigureColumns(NamedTuple):
    """The column of values, that of a period's figures, and the units named above the table.

    `others` may hold the value as well. `names` are the headings of all columns.
    """

    value: FigureColumn | None
    increase: FigureColumn | None = None
    units: tuple[str, ...] = ()
    others: tuple[FigureColumn, ...] = ()
    names: Sequence[str] = ()

    def best_for(self, accumulation: str) -> FigureColumn:
        """Return the column that a target counts by: a period's figure for amounts that are added up."""
        first, other = (
            (self.increase, self.value) if accumulation in BY_PERIOD else (self.value, self.increase)
        )
        found = first or other
        assert found is not None  # noqa: S101 - a table without either is never read
        return found

    def other_than(self, column: FigureColumn) -> FigureColumn | None:
        return self.increase if column is self.value else self.value


def read_columns(
    columns: Mapping[str, int],
    names: Sequence[str],
    above: Sequence[Sequence[str]] = (),
    also: Collection[int] = (),
    groups: Sequence[str] = (),
) -> FigureColumns:
    """Read the meaning of the columns from their headings; `above` are the rows over these.

    The columns `also` may hold the value as well. `groups` are the headings over several columns.
    """
    value, increase = (_read(columns.get(name), names, groups) for name in ("value", "increase"))
    if value and not value.since:
        value = value._replace(since=since_above(cell for cells in above for cell in cells))
    others = tuple(found for place in also if (found := _read(place, names, groups)))
    named = [unit for cells in above for unit in units_above(cells)]
    period = increase._replace(since=increase.since or Since.PERIOD) if increase else None
    return FigureColumns(value, period, tuple(named), others, names)


def choose_by_unit(
    columns: Sequence[FigureColumn], target: Target, text_in: Callable[[FigureColumn], str]
) -> FigureColumn | None:
    """Return the only column with a figure in a row, or the only one in the target's unit; None to ask for it."""
    filled = [column for column in columns if text_in(column)]
    if len(filled) < MORE:
        return next(iter(filled), columns[0])
    found = [column for column in filled if (unit := column.unit or column.word) and _fits(unit, target)]
    found = found or [column for column in filled if not column.unit]
    return found[0] if len(found) == 1 else None


def factor_into(unit: str, target: Target) -> Decimal | None:
    """Return the number that turns a unit into the target's, in either language; None where none is exact."""
    found = factor_of_heading(unit, target.unit)
    return factor_of_heading(unit, target.unit_en) if found is None and target.unit_en else found


def unit_for(column: FigureColumn, target: Target) -> str:
    """Return the unit in a heading: a known one, or a word that is converted into the target's unit."""
    return column.unit or (column.word if column.word and _fits(column.word, target) else "")


def is_in_doubt(word: str, target: Target) -> bool:
    """Tell whether a word may be another unit than the target's."""
    return bool(word) and not _fits(word, target) and not _says_what(word, target)


def _says_what(word: str, target: Target) -> bool:
    """Tell whether a word says what is counted: 小区, or 个小区, of 完成改造的老旧小区."""
    things = folded(word).removeprefix(folded(target.unit))
    return target.unit in THINGS and things in folded(target.title)


def _fits(unit: str, target: Target) -> bool:
    is_own = any(is_same(unit, own) for own in (target.unit, target.unit_en))
    return is_own or factor_into(unit, target) is not None


def is_total(column: FigureColumn, accumulation: str) -> bool:
    """Tell whether a column of totals meets a target that adds its figures up."""
    return column.since == Since.YEAR and accumulation in BY_PERIOD


def is_part(column: FigureColumn, accumulation: str) -> bool:
    """Tell whether a period's figures meet a target that is reported as the total so far."""
    return column.since == Since.PERIOD and accumulation in TOTALS


def _read(place: int | None, names: Sequence[str], groups: Sequence[str]) -> FigureColumn | None:
    if place is None:
        return None
    heading = names[place] if place < len(names) else ""
    group = groups[place] if place < len(groups) else ""
    return column_at(place, heading, group)


def column_at(place: int, heading: str, group: str = "") -> FigureColumn:
    """Read the meaning of a column from its heading, or from that over several columns."""
    unit = unit_of(heading) or unit_of(group)
    word = "" if unit else word_of(heading) or word_of(group)
    return FigureColumn(place, heading, since_of(heading) or since_of(group), unit, word)
