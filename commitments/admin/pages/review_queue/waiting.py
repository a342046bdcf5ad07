"""Which entries wait for a person."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from ....models import Commitment, ProgressEntry, User
from ...base.scope import own

A_PAGE = 25
SHOWN = (
    "target__commitment__plan", "target__commitment__lead_agency", "milestone", "recorded_by__agency",
    "corrects__milestone", "corrects__target",
)  # fmt: skip


def waiting_for(user: User, commitment: Commitment | None = None) -> QuerySet[ProgressEntry]:
    """What the person may review and did not record, of one commitment or of all, oldest first."""
    found = _pending(user).exclude(recorded_by=user)
    if commitment:
        found = found.filter(target__commitment=commitment)
    return found.select_related(*SHOWN).order_by("recorded_at", "pk")


def address(entry: ProgressEntry, place: int = 0) -> str:
    """The entry in the queue of all, where `place` others come before it."""
    page = place // A_PAGE + 1
    return f"{reverse('staff:review_queue', query={'page': page} if page > 1 else {})}#entry-{entry.pk}"


def address_for(user: User, entry: ProgressEntry) -> str:
    """Where the person decides about the entry; empty where that is not theirs to do. Two queries."""
    if not user.has_perm("commitments.add_review"):
        return ""
    found = waiting_for(user)
    if not found.filter(pk=entry.pk).exists():
        return ""
    at = entry.recorded_at
    earlier = found.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, pk__lt=entry.pk))
    return address(entry, earlier.count())


def recorded_by(user: User) -> QuerySet[ProgressEntry]:
    """What waits for somebody else, since the person recorded it."""
    return _pending(user).filter(recorded_by=user)


def _pending(user: User) -> QuerySet[ProgressEntry]:
    return own(ProgressEntry.objects.pending(), user, commitment="target__commitment")
