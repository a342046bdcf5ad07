"""The rows of commitments without targets, which are reported on in words alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..domain.enums import Lifecycle
from ..domain.periods import Period
from ..models import Agency, Commitment, Plan, ProgressEntry, User
from ..permissions import recordable
from .due import last_notes, load_entries
from .period_rows import PeriodRow
from .state import ReportState
from .words_owed import WordsOwed, read_words_owed, words_late_after


@dataclass(frozen=True, kw_only=True)
class DirectionRow(PeriodRow):
    """A commitment without targets: words are welcome in any period, and due by the plan's choice."""


def direction_rows(
    plan: Plan, *, user: User, period: Period, agency: Agency, lock: date | None
) -> list[DirectionRow]:
    """Return a row for each commitment without targets that the agency leads or supports, in the plan's order.

    `lock` is the last locked day of the plan. Six queries run for any number of commitments.
    """
    own = recordable(user, Commitment.objects.of_agency(agency).filter(plan=plan, targets=None))
    active = own.filter(lifecycle=Lifecycle.ACTIVE).distinct()
    found = list(active.select_related("plan", "lead_agency").order_by("position", "code"))
    narratives = ProgressEntry.objects.narratives().filter(commitment__in=found, target=None)
    words, notes = _words(narratives, period), last_notes(narratives, "commitment_id", period)
    is_locked = lock is not None and lock >= period.last
    owed = read_words_owed(plan, period, [commitment.pk for commitment in found])
    late_after = words_late_after(plan, period.last)
    return [
        DirectionRow(
            commitment=commitment,
            period=period,
            state=_state(commitment, owed, is_locked=is_locked),
            late_after=late_after,
            leads=commitment.lead_agency_id == agency.pk,
            entries=(),
            words=tuple(words[commitment.pk]),
            lock=lock,
            last_note=notes.get(commitment.pk, ""),
        )
        for commitment in found
    ]


def _state(commitment: Commitment, owed: WordsOwed, *, is_locked: bool) -> ReportState:
    if is_locked:
        return ReportState.LOCKED
    return ReportState.OPEN if owed.owes(commitment.pk) else ReportState.OPTIONAL


def _words(narratives: QuerySet[ProgressEntry], period: Period) -> defaultdict[int, list[ProgressEntry]]:
    found: defaultdict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in load_entries(narratives.filter(effective_on__range=period)):
        found[entry.commitment_id].append(entry)
    return found
