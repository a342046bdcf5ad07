"""The rules in which method 2 differs from method 1."""

from decimal import Decimal

from .enums import Accumulation, Goal, Reason, Status
from .status import MISSED_AT_LAST, Case, Verdict, actual_of, by_pace, is_closed, is_small, reaches

CEILING_KEPT = Verdict(Status.ACHIEVED, Reason.CEILING_KEPT)


def if_standing(case: Case) -> Verdict | None:
    """Take what is counted up for achieved while it stands at its target; a level stays reached."""
    if case.spec.goal != Goal.REACH:
        return None
    is_level = case.spec.accumulation == Accumulation.LEVEL
    since = case.standing.first_met_on if is_level else case.standing.standing_since
    if since is None:
        return None
    if since <= case.spec.due_on:
        return Verdict(Status.ACHIEVED, Reason.REACHED_IN_TIME, since)
    return Verdict(Status.ACHIEVED_LATE, Reason.REACHED_LATE, since)


def if_lowered(case: Case) -> Verdict | None:
    """Judge by pace again what had been reached and was lowered; after the end it is not achieved."""
    if case.spec.goal != Goal.REACH or case.standing.first_met_on is None:
        return None
    status = Status.NOT_ACHIEVED if is_closed(case) else by_pace(case).status
    return Verdict(status, Reason.LOWERED_AGAIN)


def if_ceiling(case: Case) -> Verdict | None:
    """Judge a ceiling that is counted up by the share of it that may be used by the day."""
    spec = case.spec
    if not spec.is_ceiling:
        return None
    used, closed = actual_of(case), is_closed(case)
    if not spec.is_met_by(used) and used >= spec.value:
        return Verdict(Status.NOT_ACHIEVED if closed else Status.OFF_TRACK, Reason.OVER_CEILING)
    if closed:
        return CEILING_KEPT if spec.is_met_by(used) else MISSED_AT_LAST
    return _by_use(case, used)


def _by_use(case: Case, used: Decimal) -> Verdict:
    """Compare the amount used with the line from 0; a small gap is never worse than at risk."""
    allowed, rules = case.expected, case.rules
    if reaches(allowed, used * rules.on_track_ratio):
        return Verdict(Status.ON_TRACK, Reason.USED_IN_PACE)
    if reaches(allowed, used * rules.at_risk_ratio):
        return Verdict(Status.AT_RISK, Reason.USED_SLIGHTLY_FAST)
    if is_small(case, used - allowed, case.spec.value):
        return Verdict(Status.AT_RISK, Reason.USED_SMALL_GAP)
    return Verdict(Status.OFF_TRACK, Reason.USED_TOO_FAST)
