"""A target's standing from its months, without reading each entry again.

The result equals `readings.standing`, the definition, for every ledger the service accepts: increments and
stages are never negative, and ratios are not goals to reach.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import Any, NamedTuple

from .enums import Accumulation, Goal
from .readings import ADDED_UP, BY_PERIOD, Reading, Standing, furthest, share
from .targets import ZERO, TargetSpec


class Months(NamedTuple):
    """The calendar months that have readings, oldest first, column by column.

    `last_on` holds each month's last reading day. `values` hold a month's sum, or its last total or level;
    `out_of` holds the sums of a ratio's denominators. `edges` hold the single readings nearest to a goal to
    reach, or furthest on the wrong side of one to maintain. They are None if readings add up, since no
    single one is judged then.
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
        """Add a month in the order of the columns; columns that are None stay None."""
        for column, value in zip(self, month, strict=True):
            if column is not None:
                column.append(value)


class DailyReading(NamedTuple):
    """The readings of one day: their sum, or the one nearest to a goal to reach.

    `closing` is the last of them, and `counted_on` the day on which that began to count.
    """

    on: date
    value: Decimal
    closing: Decimal
    counted_on: date


class MetDays(NamedTuple):
    """The days of a goal to reach: first met, standing since, lowered on (`readings.Standing`)."""

    first: date | None = None
    since: date | None = None
    lowered_on: date | None = None


NEVER = MetDays()


def standing_of(
    spec: TargetSpec,
    months: Months,
    latest: tuple[Reading, ...],
    overdue_since: date | None,
    met: MetDays,
    *,
    evidenced: bool,
    added_at_last: Decimal | None,
    included_in: date | None = None,
) -> Standing:
    """Return the standing at the end of the months; `met` comes from `met_days`.

    `included_in` is the newest month with a reading that includes all before it.
    """
    if not months.values:
        return Standing(overdue_since=overdue_since)
    ends, by_period = _ends(spec, months), spec.accumulation in BY_PERIOD
    # In the order of the fields: keywords would triple the time of making one.
    return Standing(
        _ratio(months) if spec.accumulation == Accumulation.RATIO else ends[-1],
        met.first,
        furthest(spec)(months.edges or ends) if spec.goal == Goal.MAINTAIN else None,
        overdue_since,
        tuple(zip(months.last_on, ends, strict=True)) if spec.goal == Goal.REACH else (),
        latest,
        evidenced,
        added_at_last,
        tuple(months.last_on) if by_period else (),
        included_in if by_period else None,
        met.since,
        met.lowered_on,
    )


def met_in(spec: TargetSpec, months: Months) -> int | None:
    """Return the index of the month that first met a goal to reach; None if none did."""
    if spec.goal != Goal.REACH or not months.values:
        return None
    nearest = max if spec.rises else min
    reached = months.edges or _ends(spec, months)
    if not spec.is_met_by(nearest(reached)):
        return None
    return next(index for index, value in enumerate(reached) if spec.is_met_by(value))


def days_after_it(spec: TargetSpec) -> bool:
    """Tell whether the days after the month that first met the target must be known too."""
    # Amounts and stages are never negative, and a level that was reached stays so.
    return spec.accumulation == Accumulation.RUNNING_TOTAL


def met_days(spec: TargetSpec, carried: Decimal, days: Sequence[DailyReading]) -> MetDays:
    """Return the days that matter for a goal to reach, from single days, oldest first.

    The days are those of the month that first met it, and those `days_after_it`. `carried` is the sum of the
    months before.
    """
    first = _first_met_on(spec, carried, days)
    if first is None or spec.accumulation == Accumulation.LEVEL:
        return MetDays(first)
    if not days_after_it(spec):
        return MetDays(first, since=first)
    return _last_stretch(spec, first, [day for day in days if day.on >= first])


def _last_stretch(spec: TargetSpec, first: date, days: Sequence[DailyReading]) -> MetDays:
    """Look back from the newest day; `days` are those from the `first` met one on."""
    stands = spec.is_met_by(days[-1].closing)
    stretch = list(takewhile(lambda day: spec.is_met_by(day.closing) == stands, reversed(days)))
    if stands:
        return MetDays(first, since=stretch[-1].on)
    return MetDays(first, lowered_on=stretch[-1].counted_on)


def _first_met_on(spec: TargetSpec, carried: Decimal, days: Sequence[DailyReading]) -> date | None:
    total = carried
    for day in days:
        total = total + day.value if spec.accumulation in ADDED_UP else day.value
        if spec.is_met_by(total):
            return day.on
    return None


def _ends(spec: TargetSpec, months: Months) -> list[Decimal]:
    """Return each month's closing value: the sum so far, or the last total or level."""
    return list(accumulate(months.values)) if spec.accumulation in ADDED_UP else months.values


def _ratio(months: Months) -> Decimal:
    return share(sum(months.values, ZERO), sum(months.out_of or (), ZERO))
