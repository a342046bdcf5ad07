"""A target as the rules see it: plain values, in force on one day."""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .enums import Accumulation, Comparator, Goal, Kind, TrajectoryKind

ZERO = Decimal(0)
HUNDRED = Decimal(100)
RISING = (Comparator.AT_LEAST, Comparator.ABOVE)
COMPARE: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}


def may_be_negative(kind: str, accumulation: str) -> bool:
    """Whether a single entry may lie below 0: what is counted up may not."""
    return accumulation not in (Accumulation.INCREMENTS, Accumulation.RATIO) and kind != Kind.COUNT


class Point(NamedTuple):
    """Where a trajectory should be on a day, in the target's unit."""

    on: date
    value: Decimal


class Stage(NamedTuple):
    """A milestone: due on a day, worth `weight` percentage points."""

    due_on: date
    weight: Decimal


class TargetSpec(NamedTuple):
    """What was promised. `baseline` is None where last year has no comparable figure."""

    kind: Kind
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

    @property
    def start_value(self) -> Decimal:
        """Where progress is measured from: the baseline of a level, nothing for what is counted up."""
        if self.accumulation != Accumulation.LEVEL:
            return ZERO
        return ZERO if self.baseline is None else self.baseline

    def distance(self, value: Decimal) -> Decimal:
        """How far `value` lies from the start in the direction of the target; below 0 the other way."""
        start = self.start_value
        return value - start if self.value > start else start - value

    @property
    def way(self) -> Decimal | None:
        """How far the target lies from the start; None where the start meets it already, or is no step away.

        From there the share of the way done would praise going the wrong way.
        """
        start = self.start_value
        way = abs(self.value - start)
        return None if not way or self.is_met_by(start) else way

    def is_met_by(self, actual: Decimal) -> bool:
        return COMPARE[self.comparator](actual, self.value)

    def share_of(self, value: Decimal) -> Decimal | None:
        """How much of the way from start to target `value` is, as a fraction; None where there is no way to go.

        Progress = (actual - baseline) / (target - baseline): it holds for falling targets too.
        """
        way = self.way
        return None if way is None else self.distance(value) / way

    def last_day(self, on: date) -> date:
        """The last day whose readings matter: what is kept or decided at the end is not judged by later ones."""
        return on if self.goal == Goal.REACH else min(on, self.due_on)


class Revision(NamedTuple):
    """A changed target: value and due date in force from a day."""

    effective_from: date
    value: Decimal
    due_on: date


def in_force(original: Revision, revisions: tuple[Revision, ...], on: date) -> Revision:
    """The newest revision that is in force on the day, of which there is one a day; the original before the first."""
    return max((revision for revision in revisions if revision.effective_from <= on), default=original)
