"""Where a row stands: what is owed, what waits, what is done."""

from collections.abc import Sequence
from enum import StrEnum

from ....domain.enums import Accumulation, Decision
from ....domain.periods import Period
from ....models import Milestone, ProgressEntry
from ....rollups.cases import TargetCase
from .sheet import OPEN, RETURNED


class State(StrEnum):
    """Where a row stands, in the order of the sheet."""

    RETURNED = "returned"
    OPEN = "open"
    OPTIONAL = "optional"
    WAITING = "waiting"
    COUNTED = "counted"
    LOCKED = "locked"


UNFILLED = (State.RETURNED, State.OPEN)
SHOWN = {OPEN: UNFILLED, RETURNED: (State.RETURNED,)}


def state_of(
    found: TargetCase,
    period: Period,
    entries: Sequence[ProgressEntry],
    milestones: Sequence[Milestone],
    *,
    is_overtaken: bool,
) -> State | None:
    """None of a staged target that has nothing left to report.

    A figure that is overtaken by that of a later period is owed no more, as the rule for what is late has it.
    """
    live = [entry for entry in entries if entry.counted_until is None]
    if found.spec.accumulation == Accumulation.STAGES:
        return _state_of_stages(period, entries, live, milestones)
    if live:
        return _state_of(live)
    if _is_returned(entries):
        return State.RETURNED
    met = found.standing.first_met_on is not None
    return State.OPTIONAL if met or is_overtaken or found.spec.due_on < period.first else State.OPEN


def _state_of_stages(
    period: Period,
    entries: Sequence[ProgressEntry],
    live: Sequence[ProgressEntry],
    milestones: Sequence[Milestone],
) -> State | None:
    """A stage is owed once it is due."""
    if _is_returned(entries) and milestones:
        return State.RETURNED
    if any(milestone.due_on <= period.last for milestone in milestones):
        return State.OPEN
    if live:
        return _state_of(live)
    return State.OPTIONAL if milestones else None


def _state_of(live: Sequence[ProgressEntry]) -> State:
    return State.COUNTED if all(entry.counted_from for entry in live) else State.WAITING


def _is_returned(entries: Sequence[ProgressEntry]) -> bool:
    """The newest entry of the period was sent back."""
    review = getattr(entries[-1], "review", None) if entries else None
    return review is not None and review.decision == Decision.RETURN
