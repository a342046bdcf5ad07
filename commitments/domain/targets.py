"""A target as the rules see it: plain values, in force on one day."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from .words import Accumulation, Comparator, Goal, Kind, TrajectoryKind

ZERO = Decimal(0)
COMPARE: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}


@dataclass(frozen=True)
class Point:
    """Where a trajectory should be on a day, in the target's unit."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Stage:
    """A milestone: due on a day, worth `weight` percentage points."""

    due_on: date
    weight: Decimal


@dataclass(frozen=True)
class TargetSpec:
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

    @cached_property
    def start_value(self) -> Decimal:
        """Where progress is measured from: the baseline of a level, nothing for what is counted up."""
        if self.accumulation != Accumulation.LEVEL:
            return ZERO
        return ZERO if self.baseline is None else self.baseline

    def is_met_by(self, actual: Decimal) -> bool:
        return COMPARE[self.comparator](actual, self.value)

    def share_of(self, value: Decimal) -> Decimal | None:
        """How much of the way from start to target `value` is, as a fraction; None where there is no way to go.

        Progress = (actual - baseline) / (target - baseline): it holds for falling targets too. Where the start
        meets the target already, the formula would praise going the wrong way.
        """
        way = self.value - self.start_value
        if not way or self.is_met_by(self.start_value):
            return None
        return (value - self.start_value) / way

    def last_day(self, on: date) -> date:
        """The last day whose readings matter: what is kept or decided at the end is not judged by later ones."""
        return on if self.goal == Goal.REACH else min(on, self.due_on)


@dataclass(frozen=True)
class Revision:
    """A changed target: value and due date in force from a day."""

    effective_from: date
    value: Decimal
    due_on: date


def in_force(original: Revision, revisions: tuple[Revision, ...], on: date) -> Revision:
    """The newest revision that is in force on the day; the original before the first one."""
    known = [revision for revision in revisions if revision.effective_from <= on]
    return max(known, key=lambda revision: revision.effective_from, default=original)
