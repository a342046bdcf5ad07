"""The status of a target on a day: the first rule that matches, in fixed order.

Every input gets exactly one status: the last rule always answers. Thresholds come from the plan's rule set.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .ledger import Standing
from .targets import TargetSpec
from .trajectory import expects_something, planned
from .words import Comparator, Goal, Kind, Reason, Status

ONE_UNIT = Decimal(1)
HUNDRED = Decimal(100)
RISING = (Comparator.AT_LEAST, Comparator.ABOVE)


@dataclass(frozen=True)
class Rules:
    """Thresholds of one version: ratios are fractions, the gap percentage points, the grace days,
    the growth floor a value in the target's unit."""

    version: str
    on_track_ratio: Decimal
    at_risk_ratio: Decimal
    small_gap_points: Decimal
    stage_grace_days: int
    growth_floor: Decimal


@dataclass(frozen=True)
class Case:
    """All that a status may depend on. `closes_on` is the last day of reporting grace after the due date."""

    spec: TargetSpec
    standing: Standing
    on: date
    closes_on: date
    rules: Rules
    dropped: bool = False


@dataclass(frozen=True)
class Verdict:
    status: Status
    reason: Reason


KEPT = Verdict(Status.ACHIEVED, Reason.KEPT_THROUGHOUT)
NOT_KEPT = Verdict(Status.NOT_ACHIEVED, Reason.NOT_KEPT)
MET_AT_LAST = Verdict(Status.ACHIEVED, Reason.LAST_READING_MEETS)
MISSED_AT_LAST = Verdict(Status.NOT_ACHIEVED, Reason.LAST_READING_MISSES)

Rule = Callable[[Case], Verdict | None]


def judge(case: Case) -> Verdict:
    """The first rule that matches decides."""
    for rule in EARLIER_RULES:
        verdict = rule(case)
        if verdict:
            return verdict
    return by_pace(case)


def if_dropped(case: Case) -> Verdict | None:
    return Verdict(Status.DROPPED, Reason.DROPPED) if case.dropped else None


def if_reached(case: Case) -> Verdict | None:
    met_on = case.standing.first_met_on
    if case.spec.goal != Goal.REACH or met_on is None:
        return None
    if met_on <= case.spec.due_on:
        return Verdict(Status.ACHIEVED, Reason.REACHED_IN_TIME)
    return Verdict(Status.ACHIEVED_LATE, Reason.REACHED_LATE)


def if_silent(case: Case) -> Verdict | None:
    if case.standing.actual is not None:
        return None
    if expects_something(case.spec, case.on):
        return Verdict(Status.NO_DATA, Reason.NOTHING_REPORTED)
    return Verdict(Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)


def if_closed(case: Case) -> Verdict | None:
    if case.on <= case.closes_on:
        return None
    if case.spec.goal == Goal.MAINTAIN:
        return NOT_KEPT if case.standing.breached else KEPT
    if case.spec.goal == Goal.FINAL:
        return MET_AT_LAST if case.spec.is_met_by(_actual(case)) else MISSED_AT_LAST
    return Verdict(Status.NOT_ACHIEVED, Reason.NOT_REACHED)


def if_maintained(case: Case) -> Verdict | None:
    if case.spec.goal != Goal.MAINTAIN:
        return None
    if not case.spec.is_met_by(_actual(case)):
        return Verdict(Status.OFF_TRACK, Reason.BREACHED_NOW)
    if case.standing.breached:
        return Verdict(Status.AT_RISK, Reason.BREACHED_BEFORE)
    return Verdict(Status.ON_TRACK, Reason.KEPT_SO_FAR)


def if_final(case: Case) -> Verdict | None:
    if case.spec.goal != Goal.FINAL:
        return None
    if case.spec.is_met_by(_actual(case)):
        return Verdict(Status.ON_TRACK, Reason.LAST_READING_MEETS)
    if case.spec.comparator not in RISING:
        return Verdict(Status.OFF_TRACK, Reason.LAST_READING_MISSES)
    if _actual(case) > case.rules.growth_floor:
        return Verdict(Status.AT_RISK, Reason.ABOVE_FLOOR)
    return Verdict(Status.OFF_TRACK, Reason.BELOW_FLOOR)


def if_staged(case: Case) -> Verdict | None:
    if case.spec.kind != Kind.STAGES:
        return None
    overdue_since = case.standing.overdue_since
    if overdue_since is None:
        return Verdict(Status.ON_TRACK, Reason.STAGES_IN_TIME)
    if (case.on - overdue_since).days <= case.rules.stage_grace_days:
        return Verdict(Status.AT_RISK, Reason.STAGE_OVERDUE)
    return Verdict(Status.OFF_TRACK, Reason.STAGE_LONG_OVERDUE)


def by_pace(case: Case) -> Verdict:
    """Progress against planned progress; small gaps are never worse than at risk."""
    expected = planned(case.spec, case.on)
    progress, due = case.spec.share_of(_actual(case)), case.spec.share_of(expected)
    if progress is None or due is None:
        return Verdict(Status.AT_RISK, Reason.NO_WAY_TO_GO)
    if progress >= min(due, due * case.rules.on_track_ratio):
        return Verdict(Status.ON_TRACK, Reason.ON_PACE)
    if progress >= due * case.rules.at_risk_ratio:
        return Verdict(Status.AT_RISK, Reason.SLIGHTLY_BEHIND)
    if (due - progress) * HUNDRED < case.rules.small_gap_points or _under_one_unit(case, expected):
        return Verdict(Status.AT_RISK, Reason.SMALL_GAP)
    return Verdict(Status.OFF_TRACK, Reason.FAR_BEHIND)


EARLIER_RULES: tuple[Rule, ...] = (
    if_dropped,
    if_reached,
    if_silent,
    if_closed,
    if_maintained,
    if_final,
    if_staged,
)


def _under_one_unit(case: Case, expected: Decimal) -> bool:
    """Half a road cannot be opened: what is counted in whole units may lag by less than one."""
    return case.spec.kind == Kind.COUNT and abs(expected - _actual(case)) < ONE_UNIT


def _actual(case: Case) -> Decimal:
    """The rules after `if_silent` have a reading to go by."""
    if case.standing.actual is None:
        raise ValueError("a target without readings has no actual")
    return case.standing.actual
