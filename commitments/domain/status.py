"""The status of a target on a day: the first rule that matches, in fixed order.

Each input gets exactly one status, since the last rule always answers. Thresholds come from the plan's rule
set, and the order of the rules from its method (`methods.py`). The rules here are those of method 1.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .enums import Goal, Reason, Status, TargetKind
from .periods import ReportingCalendar
from .readings import Standing
from .targets import HUNDRED, TargetSpec
from .trajectory import expects_something, planned

ONE_UNIT = Decimal(1)
# A planned value with endless decimals is rounded to 28 digits, perhaps upwards. Readings, targets and
# ratios have four places and plans some hundred days. So below 10^12, two different amounts differ by more
# than this.
HAIR = Decimal("1e-13")


Line = Callable[[TargetSpec, date], Decimal]


class Rules(NamedTuple):
    """Thresholds of one version of the rule set.

    Ratios are fractions, the gap is in percentage points, the grace in days. The growth floor is in the
    target's unit. `near_units` is known to method 2 alone: a number of whole units.
    """

    version: str
    on_track_ratio: Decimal
    at_risk_ratio: Decimal
    small_gap_points: Decimal
    stage_grace_days: int
    growth_floor: Decimal
    near_units: Decimal | None = None
    method: int = 1


class Case(NamedTuple):
    """All inputs of a status, in the target's unit.

    `expected` is the planned value. `way` leads from start to target, or is None if there is no way to go.
    `done` and `due` are the parts of it delivered (None without a reading) and planned.
    """

    spec: TargetSpec
    standing: Standing
    on: date
    rules: Rules
    calendar: ReportingCalendar
    dropped: bool
    expected: Decimal
    way: Decimal | None
    done: Decimal | None
    due: Decimal

    @classmethod
    def of(
        cls,
        spec: TargetSpec,
        standing: Standing,
        *,
        on: date,
        rules: Rules,
        calendar: ReportingCalendar,
        dropped: bool = False,
        line: Line = planned,
    ) -> "Case":
        """Bring the inputs together; `line` is the method's plan line."""
        expected = line(spec, on)
        done = None if standing.actual is None else spec.distance(standing.actual)
        due = spec.distance(expected)
        return cls(spec, standing, on, rules, calendar, dropped, expected, spec.way, done, due)


class Verdict(NamedTuple):
    """A status with the rule that decided it, and the day since which that holds, if the rule names one."""

    status: Status
    reason: Reason
    since: date | None = None


LAST_MEETS = Verdict(Status.ON_TRACK, Reason.LAST_READING_MEETS)
LAST_MISSES = Verdict(Status.OFF_TRACK, Reason.LAST_READING_MISSES)
ABOVE_FLOOR = Verdict(Status.AT_RISK, Reason.ABOVE_FLOOR)
BELOW_FLOOR = Verdict(Status.OFF_TRACK, Reason.BELOW_FLOOR)
KEPT = Verdict(Status.ACHIEVED, Reason.KEPT_THROUGHOUT)
NOT_KEPT = Verdict(Status.NOT_ACHIEVED, Reason.NOT_KEPT)
MET_AT_LAST = Verdict(Status.ACHIEVED, Reason.LAST_READING_MEETS)
MISSED_AT_LAST = Verdict(Status.NOT_ACHIEVED, Reason.LAST_READING_MISSES)
IN_TIME = Verdict(Status.ACHIEVED, Reason.REACHED_IN_TIME)
TOO_LATE = Verdict(Status.ACHIEVED_LATE, Reason.REACHED_LATE)
ON_PACE = Verdict(Status.ON_TRACK, Reason.ON_PACE)
SLIGHTLY_BEHIND = Verdict(Status.AT_RISK, Reason.SLIGHTLY_BEHIND)
SMALL_GAP = Verdict(Status.AT_RISK, Reason.SMALL_GAP)
FAR_BEHIND = Verdict(Status.OFF_TRACK, Reason.FAR_BEHIND)
NO_WAY_TO_GO = Verdict(Status.AT_RISK, Reason.NO_WAY_TO_GO)

Rule = Callable[[Case], Verdict | None]


def if_dropped(case: Case) -> Verdict | None:
    return Verdict(Status.DROPPED, Reason.DROPPED) if case.dropped else None


def if_reached(case: Case) -> Verdict | None:
    met_on = case.standing.first_met_on
    if met_on is None or case.spec.goal != Goal.REACH:
        return None
    return IN_TIME if met_on <= case.spec.due_on else TOO_LATE


def if_silent(case: Case) -> Verdict | None:
    if case.standing.actual is not None:
        return None
    if not expects_something(case.spec, case.on):
        return Verdict(Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)
    if case.calendar.official and case.on <= case.calendar.closes_on(case.spec.starts_on):
        return Verdict(Status.NOT_STARTED, Reason.NOTHING_PUBLISHED_YET)
    return Verdict(Status.NO_DATA, Reason.NOTHING_REPORTED)


def is_closed(case: Case) -> bool:
    """Tell whether the due date and the grace for its report are past."""
    return case.on > case.spec.due_on and case.on > case.calendar.closes_on(case.spec.due_on)


def if_closed(case: Case) -> Verdict | None:
    if not is_closed(case):
        return None
    if case.spec.goal == Goal.MAINTAIN:
        return NOT_KEPT if _breached(case) else KEPT
    if case.spec.goal == Goal.FINAL:
        return MET_AT_LAST if case.spec.is_met_by(actual_of(case)) else MISSED_AT_LAST
    return Verdict(Status.NOT_ACHIEVED, Reason.NOT_REACHED)


def if_maintained(case: Case) -> Verdict | None:
    if case.spec.goal != Goal.MAINTAIN:
        return None
    if not case.spec.is_met_by(actual_of(case)):
        return Verdict(Status.OFF_TRACK, Reason.BREACHED_NOW)
    if _breached(case):
        return Verdict(Status.AT_RISK, Reason.BREACHED_BEFORE)
    return Verdict(Status.ON_TRACK, Reason.KEPT_SO_FAR)


def if_final(case: Case) -> Verdict | None:
    if case.spec.goal != Goal.FINAL:
        return None
    if case.spec.is_met_by(actual_of(case)):
        return LAST_MEETS
    if not case.spec.rises:
        return LAST_MISSES
    return ABOVE_FLOOR if actual_of(case) > case.rules.growth_floor else BELOW_FLOOR


def if_staged(case: Case) -> Verdict | None:
    if case.spec.kind != TargetKind.STAGES:
        return None
    overdue_since = case.standing.overdue_since
    if overdue_since is None:
        return Verdict(Status.ON_TRACK, Reason.STAGES_IN_TIME)
    if (case.on - overdue_since).days <= case.rules.stage_grace_days:
        return Verdict(Status.AT_RISK, Reason.STAGE_OVERDUE)
    return Verdict(Status.OFF_TRACK, Reason.STAGE_LONG_OVERDUE)


def by_pace(case: Case) -> Verdict:
    """Compare the way done with the way due; a small gap is never worse than at risk."""
    way, done, due = case.way, case.done, case.due
    if way is None or done is None:
        return NO_WAY_TO_GO
    if reaches(done, min(due, due * case.rules.on_track_ratio)):
        return ON_PACE
    if reaches(done, due * case.rules.at_risk_ratio):
        return SLIGHTLY_BEHIND
    return SMALL_GAP if is_small(case, due - done, way) else FAR_BEHIND


def is_small(case: Case, gap: Decimal, way: Decimal) -> bool:
    """Tell whether a gap is under the rule set's points, or under one counted unit."""
    under_points = gap * HUNDRED < case.rules.small_gap_points * way
    # Half a road cannot be opened.
    return under_points or (case.spec.kind == TargetKind.COUNT and gap < ONE_UNIT)


def reaches(amount: Decimal, needed: Decimal) -> bool:
    return amount >= needed - HAIR


def _breached(case: Case) -> bool:
    worst = case.standing.worst
    return worst is not None and not case.spec.is_met_by(worst)


def actual_of(case: Case) -> Decimal:
    """Return the actual value; the rules after `if_silent` always have one."""
    if case.standing.actual is None:
        raise ValueError("a target without readings has no actual")
    return case.standing.actual
