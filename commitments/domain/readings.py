"""The rules by which readings make an actual value."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby
from typing import NamedTuple

from .enums import Accumulation, Goal
from .periods import month_start
from .targets import HUNDRED, RATIOS, ZERO, MonthEnd, Point, TargetSpec

ADDED_UP = (Accumulation.INCREMENTS, Accumulation.STAGES, Accumulation.RATIO)
ADDED_TO = (Accumulation.RUNNING_TOTAL, Accumulation.LEVEL)
# Each figure is of its own period: a later one says nothing of an earlier one.
BY_PERIOD = (Accumulation.INCREMENTS, Accumulation.RATIO)
# Each figure is the total to date.
TOTALS = (Accumulation.RUNNING_TOTAL, Accumulation.RUNNING_RATIO)
LATEST = 3
TEN_PLACES = Decimal("1e-10")
NO_DAYS: Mapping[int, date] = {}
# Precision for ten places of the largest number over the smallest that the ledger takes.
WIDE = Context(prec=40)


class Reading(NamedTuple):
    """One counted ledger entry; `entry` orders the readings of one day.

    A milestone's `value` is its weight. A ratio's `value` is the numerator, beside its `denominator`.
    """

    effective_on: date
    value: Decimal
    entry: int
    denominator: Decimal | None = None


class Standing(NamedTuple):
    """A target's readings summed up on one day, in the target's unit.

    - `first_met_on`: the first day on which a goal to reach was met.
    - `worst`: the reading of a goal to maintain that lies furthest on its wrong side.
    - `overdue_since`: the due date of the oldest stage that is due and not done.
    - `month_ends`, for a goal to reach: each month's last reading day and the value at its end, oldest first.
    - `latest`: up to three newest readings, newest first.
    - `evidenced`: whether any of those carries evidence.
    - `added_at_last`: the result of `added_on_due_date`, or None if the question does not arise.
    - `reported_on`, for figures of their own period: the last reading day of each month, oldest first.
    - `included_in`, for the same: the first day of the newest month with a reading that includes all before it.
    - `standing_since`, for what is counted up to be reached: the first day of the last unbroken stretch of days
      that ended at the target. It is None once that stretch is over.
    - `lowered_on`, for the same: the day on which the reading that ended that stretch began to count.
    """

    actual: Decimal | None = None
    first_met_on: date | None = None
    worst: Decimal | None = None
    overdue_since: date | None = None
    month_ends: tuple[MonthEnd, ...] = ()
    latest: tuple[Reading, ...] = ()
    evidenced: bool = False
    added_at_last: Decimal | None = None
    reported_on: tuple[date, ...] = ()
    included_in: date | None = None
    standing_since: date | None = None
    lowered_on: date | None = None

    @property
    def latest_on(self) -> date | None:
        return self.latest[0].effective_on if self.latest else None

    def previous(self, before: date | None = None) -> Reading | None:
        """Return the newest counted reading, or the newest of `latest` that is earlier than `before`."""
        return next((each for each in self.latest if before is None or each.effective_on < before), None)


def standing(
    spec: TargetSpec,
    readings: Sequence[Reading],
    on: date,
    overdue_since: date | None = None,
    evidenced: Collection[int] = (),
    inclusive: Collection[int] = (),
    counted_on: Mapping[int, date] = NO_DAYS,
) -> Standing:
    """Sum up a target's counted readings, in any order, as of the end of a day.

    `evidenced` holds the ids of entries with evidence, `inclusive` those of entries that include all since the
    last report. `counted_on` holds the days on which entries began to count. This is the definition and the
    audit's own count; the roll-up reaches the same result from months (`months.standing_of`).
    """
    ordered = sorted(
        (reading for reading in readings if reading.effective_on <= spec.last_day(on)),
        key=lambda reading: (reading.effective_on, reading.entry),
    )
    if not ordered:
        return Standing(overdue_since=overdue_since)
    course, latest = _course(spec, ordered), tuple(ordered[: -LATEST - 1 : -1])
    found = Standing(
        actual=course[-1].value,
        worst=_worst(spec, ordered, course),
        overdue_since=overdue_since,
        month_ends=_month_ends(course) if spec.goal == Goal.REACH else (),
        latest=latest,
        evidenced=any(reading.entry in evidenced for reading in latest),
        added_at_last=_added_at_last(spec, ordered) if asks_the_due_date(spec, latest) else None,
    )
    if spec.goal == Goal.REACH:
        found = _since_met(found, spec, ordered, course, counted_on)
    return _of_periods(found, ordered, course, inclusive) if spec.accumulation in BY_PERIOD else found


def _since_met(
    found: Standing,
    spec: TargetSpec,
    ordered: Sequence[Reading],
    course: Sequence[Point],
    counted_on: Mapping[int, date],
) -> Standing:
    """Add the days on which a goal to reach was first met, last reached and lowered."""
    met_on = _first_met_on(spec, course)
    since, lowered_by = _last_stretch(spec, course, met_on)
    lowered_on = counted_on.get(_closing_entry(ordered, lowered_by)) if lowered_by else None
    return found._replace(first_met_on=met_on, standing_since=since, lowered_on=lowered_on)


def _of_periods(
    found: Standing, ordered: Sequence[Reading], course: Sequence[Point], inclusive: Collection[int]
) -> Standing:
    """Add the periods that have figures of their own, and the newest that includes earlier ones."""
    reported_on = tuple(on for on, _ in _month_ends(course))
    return found._replace(reported_on=reported_on, included_in=_included_in(ordered, inclusive))


def asks_the_due_date(spec: TargetSpec, latest: Sequence[Reading]) -> bool:
    """Tell whether a goal to reach may have readings of its due date."""
    # The weights of stages are the plan's own, and a ratio is not a goal to reach.
    return (
        bool(latest)
        and latest[0].effective_on >= spec.due_on
        and spec.goal == Goal.REACH
        and spec.accumulation in (Accumulation.INCREMENTS, *ADDED_TO)
    )


def added_on_due_date(
    spec: TargetSpec, *, added: Decimal, last: Decimal, before: Decimal | None
) -> Decimal | None:
    """Return the sum added by all readings of the due date; None for a level with an unknown start.

    `added` is their sum, `last` the last of them, `before` the newest reading of an earlier day.
    """
    if spec.accumulation in ADDED_UP:
        return added
    if spec.accumulation == Accumulation.LEVEL and spec.baseline is None and before is None:
        return None
    return last - (spec.start_value if before is None else before)


def _added_at_last(spec: TargetSpec, ordered: Sequence[Reading]) -> Decimal | None:
    of_the_day = [reading.value for reading in ordered if reading.effective_on == spec.due_on]
    before = [reading.value for reading in ordered if reading.effective_on < spec.due_on]
    if not of_the_day:
        return None
    return added_on_due_date(
        spec, added=sum(of_the_day, ZERO), last=of_the_day[-1], before=before[-1] if before else None
    )


def _included_in(ordered: Sequence[Reading], inclusive: Collection[int]) -> date | None:
    days = [reading.effective_on for reading in ordered if reading.entry in inclusive]
    return month_start(days[-1]) if days else None


def _course(spec: TargetSpec, ordered: Sequence[Reading]) -> list[Point]:
    """Return each reading of a total or level; for amounts, the sum at the end of each day."""
    if spec.accumulation not in ADDED_UP:
        return [Point(reading.effective_on, _alone(reading)) for reading in ordered]
    added, out_of, course = ZERO, ZERO, []
    for day, of_day in groupby(ordered, key=lambda reading: reading.effective_on):
        for reading in of_day:
            added += reading.value
            out_of += reading.denominator or ZERO
        course.append(Point(day, share(added, out_of) if spec.accumulation == Accumulation.RATIO else added))
    return course


def _alone(reading: Reading) -> Decimal:
    """Return a reading by itself; of a ratio, its percentage."""
    return reading.value if reading.denominator is None else share(reading.value, reading.denominator)


def share(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return a ratio in percent, to ten places; 0 if the denominator is 0."""
    # The ledger takes no denominator of 0, so only an empty sum comes here.
    if not denominator:
        return ZERO
    return (numerator * HUNDRED / denominator).quantize(TEN_PLACES, ROUND_HALF_UP, WIDE)


def furthest(spec: TargetSpec) -> Callable[[Iterable[Decimal]], Decimal]:
    """Return the function that picks the value furthest on the target's wrong side."""
    return min if spec.rises else max


def _month_ends(course: Sequence[Point]) -> tuple[MonthEnd, ...]:
    months = groupby(course, key=lambda point: month_start(point.on))
    return tuple(list(of_month)[-1] for _, of_month in months)


def _first_met_on(spec: TargetSpec, course: Sequence[Point]) -> date | None:
    return next((point.on for point in course if spec.is_met_by(point.value)), None)


def _last_stretch(
    spec: TargetSpec, course: Sequence[Point], met_on: date | None
) -> tuple[date | None, date | None]:
    """Return since when what is counted up stands at its target, and the day that lowered it; one is None."""
    since = lowered_by = None
    if met_on is None or spec.accumulation == Accumulation.LEVEL:
        return since, lowered_by
    # The last reading of a day is the day's value.
    for day, value in dict(course).items():
        if spec.is_met_by(value):
            since, lowered_by = since or day, None
        elif day >= met_on:
            since, lowered_by = None, lowered_by or day
    return since, lowered_by


def _closing_entry(ordered: Sequence[Reading], day: date) -> int:
    """Return the entry of the last reading of a day."""
    return next(reading.entry for reading in reversed(ordered) if reading.effective_on == day)


def _worst(spec: TargetSpec, ordered: Sequence[Reading], course: Sequence[Point]) -> Decimal | None:
    """Return the reading furthest on the wrong side of a goal to maintain, else None."""
    if spec.goal != Goal.MAINTAIN:
        return None
    # Each reading of a ratio counts alone, so that good months cannot hide a bad one.
    if spec.accumulation in RATIOS:
        return furthest(spec)(_alone(reading) for reading in ordered)
    return furthest(spec)(point.value for point in course)
