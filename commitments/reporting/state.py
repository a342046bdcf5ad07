"""The state of a report: owed for a period, waiting for review, counted or locked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..domain.enums import Decision
from ..domain.periods import Period
from ..labels import Label
from ..models import Milestone, ProgressEntry


class ReportState(StrEnum):
    """The states of a report, in the order in which pages list them."""

    RETURNED = "returned"
    OPEN = "open"
    OPTIONAL = "optional"
    WAITING = "waiting"
    COUNTED = "counted"
    LOCKED = "locked"


STATE: Mapping[ReportState, Label] = {
    ReportState.RETURNED: gettext_lazy("Returned"),
    ReportState.OPEN: pgettext_lazy("report", "Due"),
    ReportState.OPTIONAL: gettext_lazy("Nothing due"),
    ReportState.WAITING: gettext_lazy("In review"),
    ReportState.COUNTED: pgettext_lazy("report", "Reported"),
    ReportState.LOCKED: gettext_lazy("Locked"),
}


def state_of_figure(
    period: Period, entries: Sequence[ProgressEntry], *, due_on: date, is_settled: bool, is_met: bool
) -> ReportState:
    """Return the state of a figure by the period's entries; `is_settled` says that a later one settles it.

    `is_met` says that its target, due on `due_on`, has been achieved, or stood so in the period.
    """
    live = _live(entries)
    if live:
        return _state_of_live(live)
    if is_returned(entries):
        return ReportState.RETURNED
    return ReportState.OPTIONAL if is_met or is_settled or due_on < period.first else ReportState.OPEN


def state_of_stages(
    period: Period, entries: Sequence[ProgressEntry], milestones: Sequence[Milestone]
) -> ReportState | None:
    """Return the state of stages, of which `milestones` are open; None if none is left or was reported.

    A stage is owed once it is due.
    """
    if is_returned(entries) and milestones:
        return ReportState.RETURNED
    if any(milestone.due_on <= period.last for milestone in milestones):
        return ReportState.OPEN
    live = _live(entries)
    if live:
        return _state_of_live(live)
    return ReportState.OPTIONAL if milestones else None


def takes_figure(period: Period, entries: Iterable[ProgressEntry], locked: date | None) -> bool:
    """Return whether a figure may be reported: once a period, and not if the whole period is locked."""
    if locked and locked >= period.last:
        return False
    return not any(entry.is_live and period.first <= entry.effective_on <= period.last for entry in entries)


def is_returned(entries: Sequence[ProgressEntry]) -> bool:
    """Return whether the newest of the entries was sent back."""
    review = getattr(entries[-1], "review", None) if entries else None
    return review is not None and review.decision == Decision.RETURN


def _live(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
    return [entry for entry in entries if entry.is_live]


def _state_of_live(live: Sequence[ProgressEntry]) -> ReportState:
    return ReportState.COUNTED if all(entry.counted_from for entry in live) else ReportState.WAITING
