"""Drafts: texts typed and not yet submitted, kept for their author."""

from collections.abc import Mapping
from datetime import date, datetime

from ....models import EntryDraft, User
from .typed import Typed, of_texts


def save(*, by: User, ends_on: date, rows: Mapping[int, Typed], at: datetime) -> None:
    """Keep each target's newest draft, in at most two statements; forget blank ones.

    A draft that is too long stays on the page alone.
    """
    forget(by, ends_on, [target for target, typed in rows.items() if typed.is_blank])
    EntryDraft.objects.bulk_create(
        [
            EntryDraft(user=by, target_id=target, ends_on=ends_on, typed=typed.texts(), saved_at=at)
            for target, typed in rows.items()
            if typed.can_be_kept and not typed.is_blank
        ],
        update_conflicts=True,
        unique_fields=["user", "target", "ends_on"],
        update_fields=["typed", "saved_at"],
    )


def of_period(user: User, ends_on: date) -> dict[int, Typed]:
    """Return by target the texts that the user has typed for the period that ends on a day."""
    found = EntryDraft.objects.filter(user=user, ends_on=ends_on)
    return {draft.target_id: of_texts(draft.typed) for draft in found}


def newer(user: User, ends_on: date, *, than: datetime) -> set[int]:
    """Return the targets whose drafts were saved after an instant."""
    found = EntryDraft.objects.filter(user=user, ends_on=ends_on, saved_at__gt=than)
    return set(found.values_list("target_id", flat=True))


def forget(user: User, ends_on: date, targets: list[int]) -> None:
    if targets:
        EntryDraft.objects.filter(user=user, ends_on=ends_on, target__in=targets).delete()
