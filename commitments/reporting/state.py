"""The state of a report: owed for a period, waiting for review, counted or locked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import takewhile

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..domain.enums import EntryState
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

    A reason for having no figure is an entry like any other. `is_met` says that the target, due on `due_on`, has
    been achieved, or stood so in the period.
    """
    if is_returned(entries) and not is_settled:
        return ReportState.RETURNED
    live = _live(entries)
    if live:
        return state_of_live(live)
    return ReportState.OPTIONAL if is_met or is_settled or due_on < period.first else ReportState.OPEN


def state_of_stages(
    entries: Sequence[ProgressEntry], milestones: Sequence[Milestone], *, is_owed: bool
) -> ReportState:
    """Return the state of stages, of which `milestones` are open; `is_owed` says that one of them is owed."""
    if any(returns_of_stages(entries, milestones)):
        return ReportState.RETURNED
    if is_owed:
        return ReportState.OPEN
    live = _live(entries)
    return state_of_live(live) if live else ReportState.OPTIONAL


def takes_figure(period: Period, entries: Iterable[ProgressEntry], locked: date | None) -> bool:
    """Return whether the first figure of a period is still to come, and the period is not locked as a whole."""
    if locked and locked >= period.last:
        return False
    return not any(entry.is_live and period.first <= entry.effective_on <= period.last for entry in entries)


def of_stage(milestone: Milestone, entries: Iterable[ProgressEntry]) -> list[ProgressEntry]:
    """Return the entries of one stage."""
    return [entry for entry in entries if entry.milestone_id == milestone.pk]


def returns_of_stages(
    entries: Sequence[ProgressEntry], milestones: Sequence[Milestone]
) -> Iterator[list[ProgressEntry]]:
    """Yield by stage the entries that were sent back: of the open `milestones`, then of corrections of done ones."""
    done = {entry.milestone for entry in entries if entry.milestone and entry.milestone not in milestones}
    for milestone in (*milestones, *sorted(done, key=lambda each: each.position)):
        yield returned_since_live(of_stage(milestone, entries))


def is_returned(entries: Sequence[ProgressEntry]) -> bool:
    """Return whether the newest of the entries was sent back; those that were withdrawn or replaced say nothing."""
    return bool(returned_since_live(entries))


def returned_since_live(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
    """Return the entries that were sent back and that no live one has followed, newest first."""
    since = takewhile(lambda entry: not entry.is_live, reversed(entries))
    return [entry for entry in since if entry.state == EntryState.RETURNED]


def _live(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
    return [entry for entry in entries if entry.is_live]


def state_of_live(live: Sequence[ProgressEntry]) -> ReportState:
    """Return the state of entries that count or wait: in review while one of them waits."""
    return ReportState.COUNTED if all(entry.counted_from for entry in live) else ReportState.WAITING
