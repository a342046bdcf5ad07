"""The entries that wait for a person."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from ....models import ProgressEntry, User
from ...base.scope import own

A_PAGE = 25
SHOWN = (
    "commitment__plan", "commitment__lead_agency", "target", "milestone", "recorded_by__agency",
    "corrects__milestone", "corrects__target",
)  # fmt: skip


def waiting_for(user: User) -> QuerySet[ProgressEntry]:
    """Select the entries that the person may review and did not record, oldest first."""
    return _pending(user).exclude(recorded_by=user).select_related(*SHOWN).order_by("recorded_at", "pk")


def address(entry: ProgressEntry, place: int = 0) -> str:
    """Return the address of the entry in the whole queue, with `place` others before it."""
    page = place // A_PAGE + 1
    return f"{reverse('staff:review_queue', query={'page': page} if page > 1 else {})}#entry-{entry.pk}"


def address_for(user: User, entry: ProgressEntry) -> str:
    """Return the address to decide about the entry; empty for a person without the right. Two queries."""
    if not user.has_perm("commitments.add_review"):
        return ""
    found = waiting_for(user)
    if not found.filter(pk=entry.pk).exists():
        return ""
    at = entry.recorded_at
    earlier = found.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, pk__lt=entry.pk))
    return address(entry, earlier.count())


def recorded_by(user: User) -> QuerySet[ProgressEntry]:
    """Select the entries that the person recorded, which wait for another reviewer."""
    return _pending(user).filter(recorded_by=user)


def _pending(user: User) -> QuerySet[ProgressEntry]:
    return own(ProgressEntry.objects.pending(), user, commitment="commitment")
