"""The rows of commitments that are reported on as a whole, in words alone."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..domain.enums import Lifecycle
from ..domain.periods import Period
from ..models import Agency, Commitment, Plan, ProgressEntry, Target, User
from ..permissions import recordable
from .due import last_notes, load_entries
from .period_rows import PeriodRow
from .state import ReportState
from .words_owed import WordsOwed, read_words_owed, words_late_after


@dataclass(frozen=True, kw_only=True)
class DirectionRow(PeriodRow):
    """A commitment without targets: words are welcome in any period, and due by the plan's choice.

    One with targets has such a row only for words about the whole of it that wait, count, were returned, or are being
    typed.
    """

    has_targets: bool


def direction_rows(
    plan: Plan,
    *,
    user: User,
    period: Period,
    agency: Agency,
    lock: date | None,
    typed: Collection[int] = (),
) -> list[DirectionRow]:
    """Return the rows of the commitments that the agency leads or supports, in the plan's order.

    `lock` is the last locked day of the plan, `typed` the ids of commitments about which words are being typed.
    Six queries run for any number of commitments.
    """
    own = recordable(user, Commitment.objects.of_agency(agency).filter(plan=plan, lifecycle=Lifecycle.ACTIVE))
    found = list(_shown(own, period, typed))
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
            has_targets=commitment.has_targets,
        )
        for commitment in found
    ]


def _shown(own: QuerySet[Commitment], period: Period, typed: Collection[int]) -> QuerySet[Any]:
    """Narrow to commitments without targets, and those with words about the whole of them."""
    standing = ProgressEntry.objects.live() | ProgressEntry.objects.returned()
    words = standing.filter(commitment=OuterRef("pk"), target=None, effective_on__range=period)
    found = own.annotate(has_targets=Exists(Target.objects.filter(commitment=OuterRef("pk"))))
    asked = found.filter(Q(has_targets=False) | Q(pk__in=typed) | Exists(words)).distinct()
    return asked.select_related("plan", "lead_agency").order_by("position", "code")


def _state(commitment: Any, owed: WordsOwed, *, is_locked: bool) -> ReportState:
    if is_locked:
        return ReportState.LOCKED
    # The rows of its targets ask for what a commitment with targets owes.
    is_owed = not commitment.has_targets and owed.owes(commitment.pk)
    return ReportState.OPEN if is_owed else ReportState.OPTIONAL


def _words(narratives: QuerySet[ProgressEntry], period: Period) -> defaultdict[int, list[ProgressEntry]]:
    found: defaultdict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in load_entries(narratives.filter(effective_on__range=period)):
        found[entry.commitment_id].append(entry)
    return found
