"""Drafts: texts typed and not yet submitted, kept for their author."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from ....models import Commitment, EntryDraft, User
from .slots import WHOLE
from .typed import Typed, of_texts

Drafts = Mapping[str, tuple[Commitment, Typed]]


def save(*, by: User, ends_on: date, places: Drafts, at: datetime) -> None:
    """Keep each place's newest draft, in at most two statements; forget blank ones.

    A draft that is too long stays on the page alone.
    """
    forget(by, ends_on, [key for key, (_commitment, typed) in places.items() if typed.is_blank])
    EntryDraft.objects.bulk_create(
        [
            EntryDraft(
                user=by, commitment=commitment, place=key, ends_on=ends_on, typed=typed.texts(), saved_at=at
            )
            for key, (commitment, typed) in places.items()
            if typed.can_be_kept and not typed.is_blank
        ],
        update_conflicts=True,
        unique_fields=["user", "place", "ends_on"],
        update_fields=["typed", "saved_at"],
    )


def of_period(user: User, ends_on: date) -> dict[str, Typed]:
    """Return by place the texts that the user has typed for the period that ends on a day."""
    found = EntryDraft.objects.filter(user=user, ends_on=ends_on)
    return {draft.place: of_texts(draft.typed) for draft in found}


def of_wholes(user: User, ends_on: date) -> list[int]:
    """Return the ids of the commitments about the whole of which the user has typed."""
    found = EntryDraft.objects.filter(user=user, ends_on=ends_on, place__startswith=WHOLE)
    return list(found.values_list("commitment", flat=True))


def newer(user: User, ends_on: date, *, than: datetime) -> set[str]:
    """Return the places whose drafts were saved after an instant."""
    found = EntryDraft.objects.filter(user=user, ends_on=ends_on, saved_at__gt=than)
    return set(found.values_list("place", flat=True))


def forget(user: User, ends_on: date, places: Iterable[str]) -> None:
    if asked := list(places):
        EntryDraft.objects.filter(user=user, ends_on=ends_on, place__in=asked).delete()
