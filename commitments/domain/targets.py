"""A target as the rules see it: plain values, in force on one day."""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .enums import Accumulation, Comparator, Direction, Goal, TargetKind, TrajectoryKind

ZERO = Decimal(0)
HUNDRED = Decimal(100)
COUNTED_UP = (Accumulation.INCREMENTS, Accumulation.RUNNING_TOTAL)
# Each entry has a numerator and a denominator: those of its period, or those to date.
RATIOS = (Accumulation.RATIO, Accumulation.RUNNING_RATIO)
RISING = (Comparator.AT_LEAST, Comparator.ABOVE)
BANDED = (Comparator.ABOUT, Comparator.RANGE)
COMPARE: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}


def may_be_negative(kind: str, accumulation: str) -> bool:
    """Tell whether a single entry may lie below 0; an amount counted up may not."""
    return accumulation not in (Accumulation.INCREMENTS, *RATIOS) and kind != TargetKind.COUNT


class Point(NamedTuple):
    """A value expected on a day, in the target's unit."""

    on: date
    value: Decimal


# A point as a plain pair, since a large plan has a hundred thousand of them.
MonthEnd = tuple[date, Decimal]


class Stage(NamedTuple):
    """A milestone: due on a day, worth `weight` percentage points."""

    due_on: date
    weight: Decimal


class Band(NamedTuple):
    """The two ends of an “about” or a range, and the value that the plan states.

    The far end, in the target's direction, may be passed unless the plan says `within`.
    """

    stated: Decimal
    low: Decimal
    high: Decimal
    rises: bool
    within: bool

    @property
    def near(self) -> Decimal:
        """Return the end that is reached first."""
        return self.low if self.rises else self.high

    def holds(self, actual: Decimal) -> bool:
        if self.within:
            return self.low <= actual <= self.high
        return actual >= self.low if self.rises else actual <= self.high


class Terms(NamedTuple):
    """The numbers of a promise: `value` is the middle of an “about”, or the low end of a range up to `value_high`."""

    value: Decimal
    value_high: Decimal | None = None
    tolerance: Decimal | None = None
    within: bool = False


def band_of(comparator: Comparator, direction: str, terms: Terms) -> Band | None:
    """Return the ends of an “about” or a range; None for one value."""
    if comparator not in BANDED:
        return None
    tolerance = terms.tolerance or ZERO
    high = terms.value + tolerance if terms.value_high is None else terms.value_high
    rises = direction == Direction.AT_LEAST
    return Band(terms.value, terms.value - tolerance, high, rises, terms.within)


class TargetSpec(NamedTuple):
    """A promise in numbers; `baseline` is None if last year has no comparable figure.

    `value` is the one to get to: of an “about” or a range (`band`), the end that is reached first.
    """

    kind: TargetKind
    accumulation: Accumulation
    goal: Goal
    comparator: Comparator
    value: Decimal
    starts_on: date
    due_on: date
    trajectory: TrajectoryKind
    baseline: Decimal | None = None
    checkpoints: tuple[Point, ...] = ()
    stages: tuple[Stage, ...] = ()
    band: Band | None = None

    @property
    def rises(self) -> bool:
        """Tell whether more is better."""
        return self.comparator in RISING if self.band is None else self.band.rises

    @property
    def stated(self) -> Decimal:
        """Return the value as the plan states it."""
        return self.value if self.band is None else self.band.stated

    @property
    def high(self) -> Decimal | None:
        """Return the high end of an “about” or a range."""
        return None if self.band is None else self.band.high

    @property
    def within(self) -> bool:
        """Tell whether passing the far end misses the target too."""
        return self.band is not None and self.band.within

    @property
    def start_value(self) -> Decimal:
        """Return the value that progress is measured from: a level's baseline, or 0 for counts."""
        if self.baseline is None or self.accumulation != Accumulation.LEVEL:
            return ZERO
        return self.baseline

    @property
    def known_start(self) -> Decimal | None:
        """Return the value that progress starts from; None for a ratio, and for a level without a baseline."""
        if self.accumulation in RATIOS:
            return None
        return self.baseline if self.accumulation == Accumulation.LEVEL else ZERO

    @property
    def is_ceiling(self) -> bool:
        """Tell whether an amount is counted up that must stay under a value above 0."""
        return self.accumulation in COUNTED_UP and not self.rises and self.value > ZERO

    def distance(self, value: Decimal) -> Decimal:
        """Return the distance of `value` from the start, positive towards the target."""
        start = self.start_value
        return value - start if self.value > start else start - value

    @property
    def way(self) -> Decimal | None:
        """Return the distance from start to target; None if the start meets the target already."""
        start = self.start_value
        way = abs(self.value - start)
        # A share of such a way would praise going in the wrong direction.
        return None if not way or self.is_met_by(start) else way

    def is_met_by(self, actual: Decimal) -> bool:
        if self.band is not None:
            return self.band.holds(actual)
        return COMPARE[self.comparator](actual, self.value)

    def is_passed_by(self, actual: Decimal) -> bool:
        """Tell whether the value lies beyond the far end of a target that must be kept within its ends."""
        if self.band is None or not self.within:
            return False
        return actual > self.band.high if self.rises else actual < self.band.low

    def share_of(self, value: Decimal) -> Decimal | None:
        """Return the share of the way from start to `value`, as a fraction; None if there is no way to go.

        Progress = (actual - baseline) / (target - baseline). The formula holds for falling targets too.
        """
        way = self.way
        return None if way is None else self.distance(value) / way

    def last_day(self, on: date) -> date:
        """Return the last day on which readings matter."""
        # A goal to maintain, or one decided at the end, is not judged by readings after its due date.
        return on if self.goal == Goal.REACH else min(on, self.due_on)


class Revision(NamedTuple):
    """A changed target: its numbers and due date in force from a day."""

    effective_from: date
    value: Decimal
    due_on: date
    value_high: Decimal | None = None
    tolerance: Decimal | None = None
    within: bool = False

    @property
    def terms(self) -> Terms:
        return Terms(self.value, self.value_high, self.tolerance, self.within)


def in_force(original: Revision, revisions: tuple[Revision, ...], on: date) -> Revision:
    """Return the newest revision in force on the day, or the original terms before the first one."""
    # The database allows one revision a day.
    return max((revision for revision in revisions if revision.effective_from <= on), default=original)
