"""A target's standing from what its months come to, without looking at every reading again.

The same as `ledger.standing`, which is the definition, for every ledger the service accepts: increments and
stages are never negative, and ratios are not reached.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from .enums import Accumulation, Goal
from .readings import ADDED_UP, BY_PERIOD, Reading, Standing, furthest, share
from .targets import RISING, ZERO, Point, TargetSpec


class Months(NamedTuple):
    """The calendar months that have readings, oldest first, column by column; the last reading of each is of `last_on`.

    `values` are what a month's readings add up to, or the last of a total or level; `out_of` the sums of a ratio's
    denominators. `edges` are the single readings that came nearest to a goal to reach, or lay furthest on the wrong
    side of one to maintain; None where readings add up and no single one is judged.
    """

    last_on: list[date]
    values: list[Decimal]
    edges: list[Decimal] | None = None
    out_of: list[Decimal] | None = None

    def drop_last(self) -> None:
        for column in self:
            if column:
                column.pop()

    def append(self, *month: Any) -> None:
        """Adds a month in the order of the columns; those that are None stay so."""
        for column, value in zip(self, month, strict=True):
            if column is not None:
                column.append(value)


class Day(NamedTuple):
    """The readings of one day: what they add up to, or the one that came nearest to a goal to reach."""

    on: date
    value: Decimal


def standing_of(
    spec: TargetSpec,
    months: Months,
    latest: tuple[Reading, ...],
    overdue_since: date | None,
    met_on: date | None,
    *,
    evidenced: bool,
    added_at_last: Decimal | None,
    included_in: date | None = None,
) -> Standing:
    """`met_on` as `first_met_on` finds it among the days of the month that `met_in` names.

    `included_in` is the newest month with a reading that includes all before it.
    """
    if not months.values:
        return Standing(overdue_since=overdue_since)
    ends, by_period = _ends(spec, months), spec.accumulation in BY_PERIOD
    return Standing(
        first_met_on=met_on,
        actual=_ratio(months) if spec.accumulation == Accumulation.RATIO else ends[-1],
        worst=furthest(spec)(months.edges or ends) if spec.goal == Goal.MAINTAIN else None,
        overdue_since=overdue_since,
        points=tuple(map(Point, months.last_on, ends)) if spec.goal == Goal.REACH else (),
        latest=latest,
        evidenced=evidenced,
        added_at_last=added_at_last,
        reported_on=tuple(months.last_on) if by_period else (),
        included_in=included_in if by_period else None,
    )


def met_in(spec: TargetSpec, months: Months) -> int | None:
    """The index of the month in which a goal to reach was first met; None where it was not, or is not asked."""
    if spec.goal != Goal.REACH or not months.values:
        return None
    nearest = max if spec.comparator in RISING else min
    reached = months.edges or _ends(spec, months)
    if not spec.is_met_by(nearest(reached)):
        return None
    return next(index for index, value in enumerate(reached) if spec.is_met_by(value))


def first_met_on(spec: TargetSpec, carried: Decimal, days: Sequence[Day]) -> date | None:
    """The first day of a month, oldest first, that meets the target; `carried` is the sum of the months before."""
    total = carried
    for day in days:
        total = total + day.value if spec.accumulation in ADDED_UP else day.value
        if spec.is_met_by(total):
            return day.on
    return None


def _ends(spec: TargetSpec, months: Months) -> list[Decimal]:
    """Month by month, the sum so far or the total or level at its end."""
    return list(accumulate(months.values)) if spec.accumulation in ADDED_UP else months.values


def _ratio(months: Months) -> Decimal:
    return share(sum(months.values, ZERO), sum(months.out_of or (), ZERO))
