"""The rows of a period: their reports, their state, and whether more may be reported."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from ..domain.periods import Period
from ..models import Commitment, ProgressEntry
from .state import ReportState, returned_since_live, state_of_live


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """A line that an agency may report on for a period.

    `entries` are the period's figures and its reasons for having none, `words` those in words alone, both in all
    states and oldest first. `state` follows from the entries. `lock` is the last locked day of the plan, and
    `last_note` the newest note from before the period. After `late_after` a report that is due is late.
    """

    commitment: Commitment
    period: Period
    state: ReportState
    leads: bool
    entries: tuple[ProgressEntry, ...]
    words: tuple[ProgressEntry, ...]
    lock: date | None
    last_note: str
    late_after: date

    @property
    def locked(self) -> date | None:
        """Return the last locked day if the whole period is locked."""
        return self.lock if self.lock and self.lock >= self.period.last else None

    @property
    def accepts(self) -> bool:
        """Tell whether anything can be reported."""
        return not self.locked

    @property
    def everything(self) -> list[ProgressEntry]:
        """Return all entries of the period, oldest first."""
        return sorted((*self.entries, *self.words), key=lambda entry: entry.pk)

    @property
    def reports(self) -> list[ProgressEntry]:
        """Return the entries that count or wait, oldest first."""
        return [entry for entry in self.everything if entry.is_live]

    @property
    def returned(self) -> ProgressEntry | None:
        """Return the entry that was sent back and is to be reported again."""
        return next(iter(self.returns), None)

    @property
    def returns(self) -> list[ProgressEntry]:
        """Return that entry, and those that were sent back before it in the same place, newest first."""
        if self.state == ReportState.RETURNED:
            return returned_since_live(self.entries)
        return list(takewhile(is_only_words, returned_since_live(self.everything)))

    @property
    def state_with_words(self) -> ReportState:
        """Return the state as the row shows it: words that wait, count or were sent back say so too.

        Words alone leave a figure due.
        """
        if self.state == ReportState.LOCKED:
            return self.state
        if self.returned and self.accepts:
            return ReportState.RETURNED
        live = [entry for entry in self.words if entry.is_live]
        return state_of_live(live) if live and self.state == ReportState.OPTIONAL else self.state

    @property
    def newest_live(self) -> ProgressEntry | None:
        """Return the newest of `entries` that waits or counts."""
        return next((entry for entry in reversed(self.entries) if entry.is_live), None)

    def can_change(self, entry: ProgressEntry) -> bool:
        """Tell whether a report of the row can be corrected or withdrawn: its day is open, and no other does so."""
        is_open = self.lock is None or entry.effective_on > self.lock
        return is_open and not any(other.corrects_id == entry.pk for other in self.reports)


def is_only_words(entry: ProgressEntry) -> bool:
    """Tell whether an entry is in words alone, which leaves a figure due."""
    return entry.value is None and not entry.no_figure
