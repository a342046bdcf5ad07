"""Which entries wait for a person."""

from django.db.models import QuerySet

from ...models import Commitment, ProgressEntry, User
from ..scope import own

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


def recorded_by(user: User) -> QuerySet[ProgressEntry]:
    """What waits for somebody else, since the person recorded it."""
    return _pending(user).filter(recorded_by=user)


def _pending(user: User) -> QuerySet[ProgressEntry]:
    return own(ProgressEntry.objects.pending(), user, commitment="target__commitment")
