"""The columns of a table that hold figures: since when these count, and the unit they are in."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ..domain.enums import Accumulation
from ..domain.headings import Since, since_of, unit_above, unit_of
from ..domain.readings import BY_PERIOD


class FigureColumn(NamedTuple):
    """A column of figures: its place from 0, its heading, and the meaning of that."""

    place: int
    heading: str = ""
    since: Since | None = None
    unit: str = ""


class FigureColumns(NamedTuple):
    """The column of values, that of a period's figures, and the unit named above the table.

    `others` may hold the value as well.
    """

    value: FigureColumn | None
    increase: FigureColumn | None = None
    unit: str = ""
    others: tuple[FigureColumn, ...] = ()

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
) -> FigureColumns:
    """Read the meaning of the columns from their headings; `above` are the rows over these.

    The columns `also` may hold the value as well.
    """
    value, increase = (_read(columns.get(name), names) for name in ("value", "increase"))
    others = tuple(found for place in also if (found := _read(place, names)))
    unit = next(filter(None, map(unit_above, above)), "")
    period = increase._replace(since=Since.PERIOD) if increase else None
    return FigureColumns(value, period, unit, others)


def is_total(column: FigureColumn, accumulation: str) -> bool:
    """Tell whether a column of totals meets a target that adds its figures up."""
    return column.since == Since.YEAR and accumulation in BY_PERIOD


def is_part(column: FigureColumn, accumulation: str) -> bool:
    """Tell whether a period's figures meet a target that is reported as the total so far."""
    return column.since == Since.PERIOD and accumulation == Accumulation.RUNNING_TOTAL


def _read(place: int | None, names: Sequence[str]) -> FigureColumn | None:
    if place is None:
        return None
    heading = names[place] if place < len(names) else ""
    return FigureColumn(place, heading, since_of(heading), unit_of(heading))
