"""The rules in which method 2 differs from method 1."""

from .enums import Accumulation, Goal, Reason, Status
from .status import Case, Verdict, by_pace, is_closed


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
