"""Corrections of an entry: by another one in its place, or by a withdrawal; it is never edited."""

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ... import permissions
from ...domain.enums import EntryState
from ...formats import localised, typed
from ...models import ProgressEntry, User
from ...presenters.entries import format_entry
from ...presenters.people import signed
from ..base.scope import own
from ..pages.review_queue.waiting import address_for

NUMBER = re.compile(r"[0-9]{1,18}")
KEPT = (
    "commitment", "target", "milestone", "effective_on", "includes_earlier", "no_figure", "progress", "problems",
    "next_steps",
)  # fmt: skip


def find_corrected(asked: str, user: User) -> ProgressEntry | None:
    """Return the entry with the number `asked`, if the user acts for it."""
    if not NUMBER.fullmatch(asked):
        return None
    entries = own(ProgressEntry.objects.all(), user, commitment="commitment")
    return (
        entries.select_related("commitment__plan", "target", "milestone", "recorded_by__agency")
        .filter(pk=asked)
        .first()
    )


def correction_context(entry: ProgressEntry) -> dict[str, Any]:
    """Return the title of a correction's page and the entry that it corrects."""
    named = entry.target or entry.commitment
    title = localised(named.title, named.title_en)
    return {
        "title": _("Correct the entry on %(target)s") % {"target": f"{entry.code} {title}"},
        "corrected": entry,
        "figure": format_entry(entry),
        "signed": signed(entry.recorded_by, entry.recorded_at),
    }


def correction_of(entry: ProgressEntry | None) -> dict[str, Any]:
    """Return the first values of a correction's form."""
    if entry is None:
        return {}
    parts = {
        "value": None if entry.value is None else typed(entry.value),
        "denominator": entry.denominator and typed(entry.denominator),
    }
    return {field: getattr(entry, field) for field in KEPT} | parts


def links(entry: ProgressEntry | None, user: User) -> dict[str, str]:
    """Return the addresses to correct, withdraw or review an entry; empty without the right.

    One that was returned can only be withdrawn.
    """
    if entry is None or not (entry.is_live or entry.state == EntryState.RETURNED):
        return {}
    correct = f"{reverse('admin:commitments_progressentry_add')}?corrects={entry.pk}"
    withdraw = f"{reverse('admin:commitments_withdrawal_add')}?entry={entry.pk}"
    return {
        "correct": correct if entry.is_live and permissions.can_record(user, entry.commitment) else "",
        "withdraw": withdraw if permissions.can_withdraw(user, entry) else "",
        "review": address_for(user, entry) if entry.is_live else "",
    }
