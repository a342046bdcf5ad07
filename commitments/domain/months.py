"""A target's standing from what its months come to, without looking at every reading again.

The same as `ledger.standing`, which is the definition, for every ledger the service accepts: increments and
stages are never negative, and ratios are not reached.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from .ledger import ADDED_UP, Reading, Standing, furthest, share
from .targets import RISING, ZERO, Point, TargetSpec
from .words import Accumulation, Goal


class Month(NamedTuple):
    """The readings of one calendar month, the last of them on `last_on`.

    `value` is what they add up to, or the last of a total or level; `out_of` the sum of a ratio's denominators.
    `edge` is the single reading that came nearest to a goal to reach, or lay furthest on the wrong side of one to
    maintain; None where readings add up and no single one is judged.
    """

    last_on: date
    value: Decimal
    edge: Decimal | None = None
    out_of: Decimal | None = None


class Day(NamedTuple):
    """The readings of one day: what they add up to, or the one that came nearest to a goal to reach."""

    on: date
    value: Decimal


def standing_of(
    spec: TargetSpec,
    months: Sequence[Month],
    latest: tuple[Reading, ...],
    overdue_since: date | None,
    met_on: date | None,
    *,
    evidenced: bool,
) -> Standing:
    """Months oldest first; `met_on` as `first_met_on` finds it among the days of the month that `met_in` names."""
    if not months:
        return Standing(overdue_since=overdue_since)
    points = _month_ends(spec, months)
    return Standing(
        first_met_on=met_on,
        actual=_ratio(months) if spec.accumulation == Accumulation.RATIO else points[-1].value,
        worst=_worst(spec, months, points),
        overdue_since=overdue_since,
        points=points if spec.goal == Goal.REACH else (),
        latest=latest,
        evidenced=evidenced,
    )


def met_in(spec: TargetSpec, months: Sequence[Month]) -> int | None:
    """The index of the month in which a goal to reach was first met; None where it was not, or is not asked."""
    if spec.goal != Goal.REACH:
        return None
    nearest = max if spec.comparator in RISING else min
    reached = _reached(spec, months)
    if not months or not spec.is_met_by(nearest(reached)):
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


def _reached(spec: TargetSpec, months: Sequence[Month]) -> list[Decimal]:
    """Month by month, what came nearest to a goal to reach."""
    if spec.accumulation in ADDED_UP:
        return list(accumulate([month.value for month in months]))
    return [month.value if month.edge is None else month.edge for month in months]


def _month_ends(spec: TargetSpec, months: Sequence[Month]) -> tuple[Point, ...]:
    if spec.accumulation not in ADDED_UP:
        return tuple([Point(month.last_on, month.value) for month in months])
    totals = accumulate([month.value for month in months])
    return tuple([Point(month.last_on, total) for month, total in zip(months, totals, strict=True)])


def _ratio(months: Sequence[Month]) -> Decimal:
    return share(
        sum((month.value for month in months), ZERO), sum((month.out_of or ZERO for month in months), ZERO)
    )


def _worst(spec: TargetSpec, months: Sequence[Month], points: Sequence[Point]) -> Decimal | None:
    if spec.goal != Goal.MAINTAIN:
        return None
    return furthest(spec)(_judged(month, point) for month, point in zip(months, points, strict=True))


def _judged(month: Month, end: Point) -> Decimal:
    return end.value if month.edge is None else month.edge
