"""How an entry is mended: by another one in its place, or by taking it back. It is never edited."""

from typing import Any

from django.urls import reverse

from .. import policy
from ..formats import typed
from ..models import ProgressEntry, User
from .scope import own
from .states import COUNTED, PENDING, state

KEPT = (
    "target", "milestone", "effective_on", "progress", "problems", "next_steps",
)  # fmt: skip


def correction_of(asked: Any, user: User) -> dict[str, Any]:
    """What the form of a correction starts from: the entry `asked` for by its number, where it is the person's own."""
    entries = own(ProgressEntry.objects.all(), user, commitment="target__commitment")
    entry = entries.filter(pk=asked).first()
    if entry is None:
        return {}
    parts = {"value": typed(entry.value), "denominator": entry.denominator and typed(entry.denominator)}
    return {field: getattr(entry, field) for field in KEPT} | parts


def links(entry: ProgressEntry | None, user: User) -> dict[str, str]:
    """The addresses at which the person may correct or withdraw an entry that counts or waits; none is empty."""
    if entry is None or state(entry) not in (PENDING, COUNTED):
        return {}
    correct = f"{reverse('admin:commitments_progressentry_add')}?corrects={entry.pk}"
    withdraw = f"{reverse('admin:commitments_withdrawal_add')}?entry={entry.pk}"
    return {
        "correct": correct if policy.can_record(user, entry.target.commitment) else "",
        "withdraw": withdraw if policy.can_withdraw(user, entry) else "",
    }
