"""How readings make an actual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from .targets import ZERO, TargetSpec
from .words import Accumulation

ADDED_UP = (Accumulation.INCREMENTS, Accumulation.STAGES)


@dataclass(frozen=True)
class Reading:
    """One counted ledger entry. For a milestone `value` is its weight. `entry` orders readings of one day."""

    effective_on: date
    value: Decimal
    entry: int


@dataclass(frozen=True)
class Standing:
    """What the ledger says of a target on a day, in the target's unit.

    `first_met_on` is the first day on which the target was met, `breached` whether any reading failed it,
    `overdue_since` the due date of the oldest stage that is due and not done.
    """

    actual: Decimal | None = None
    latest_on: date | None = None
    first_met_on: date | None = None
    breached: bool = False
    overdue_since: date | None = None


def standing(
    spec: TargetSpec, readings: Sequence[Reading], on: date, overdue_since: date | None = None
) -> Standing:
    """Reads a target's counted readings, in any order, as they stood at the end of a day.

    The roll-up does the same for many targets in one SQL statement (`rollups/standings.py`); this is its
    definition, and the audit's independent count.
    """
    course = _course(spec, [each for each in readings if each.effective_on <= spec.last_day(on)])
    if not course:
        return Standing(overdue_since=overdue_since)
    met = [day for day, value in course if spec.is_met_by(value)]
    return Standing(
        actual=course[-1][1],
        latest_on=course[-1][0],
        first_met_on=met[0] if met else None,
        breached=len(met) < len(course),
        overdue_since=overdue_since,
    )


def _course(spec: TargetSpec, readings: Sequence[Reading]) -> list[tuple[date, Decimal]]:
    """Oldest first: each reading of a total or level; of what is added up, the sum at the end of each day."""
    ordered = sorted(readings, key=lambda reading: (reading.effective_on, reading.entry))
    if spec.accumulation not in ADDED_UP:
        return [(reading.effective_on, reading.value) for reading in ordered]
    total, course = ZERO, []
    for day, of_day in groupby(ordered, key=lambda reading: reading.effective_on):
        total += sum((reading.value for reading in of_day), ZERO)
        course.append((day, total))
    return course
