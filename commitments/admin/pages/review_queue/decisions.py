"""Decisions of the queue, one by one, and the message about each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ....actions import ledger
from ....domain.enums import Decision, EntryState
from ....formats import day
from ....labels import Label
from ....models import ProgressEntry, User
from ....presenters.people import moment, person
from ....rollups.preview import preview_entries
from ...base.entry_states import with_all

DONE: Mapping[Decision, Label] = {
    Decision.APPROVE: gettext_lazy("%(entry)s approved."),
    Decision.RETURN: gettext_lazy("%(entry)s returned."),
}


class ReviewOutcome(NamedTuple):
    """The result of a decision on an entry; `stays` tells whether the entry still waits."""

    entry: int
    done: bool
    stays: bool
    words: str


def decide(entry: ProgressEntry, decision: Decision, *, reason: str, by: User, at: datetime) -> ReviewOutcome:
    """Approve or return the entry; if another decision came first, describe that one."""
    act = ledger.approve if decision == Decision.APPROVE else ledger.return_
    try:
        act(entry=entry, reason=reason, by=by, at=at)
    except (PermissionDenied, ValidationError) as refusal:
        return _explain_refusal(entry, refusal)
    return ReviewOutcome(
        entry.pk, done=True, stays=False, words=str(DONE[decision]) % {"entry": name_entry(entry)}
    )


def approve_undoubted(entries: Iterable[ProgressEntry], *, by: User, at: datetime) -> list[ReviewOutcome]:
    """Approve each entry that raises no doubt."""
    # Each is previewed anew: an approval before it may have raised a doubt, or settled one.
    return [_approve_undoubted(entry, by, at) for entry in entries]


def describe_decision(entry: ProgressEntry) -> str:
    """Describe the decision on an entry that waits no longer, with its author and time."""
    now = with_all(ProgressEntry.objects.select_related("review__reviewed_by__agency")).get(pk=entry.pk)
    if now.state == EntryState.WITHDRAWN:
        return _("%(entry)s was withdrawn by %(who)s at %(when)s: %(reason)s") % _withdrawn(now)
    if now.state == EntryState.RETURNED:
        return _("%(entry)s was already returned by %(who)s at %(when)s: %(reason)s") % _reviewed(now)
    if hasattr(now, "review"):
        return _("%(entry)s was already approved by %(who)s at %(when)s.") % _reviewed(now)
    return _("%(entry)s was replaced by a newer report at %(when)s.") % _replaced(now)


def name_entry(entry: ProgressEntry) -> str:
    parts = {"code": entry.code, "day": day(entry.effective_on)}
    return pgettext("progress entry", "%(code)s (%(day)s)") % parts


def _approve_undoubted(entry: ProgressEntry, by: User, at: datetime) -> ReviewOutcome:
    if entry.value is not None and preview_entries([entry], at=at)[entry.pk].doubts:
        words = _("%(entry)s was not approved: it has warnings and must be reviewed on its own.")
        return ReviewOutcome(entry.pk, done=False, stays=True, words=words % {"entry": name_entry(entry)})
    return decide(entry, Decision.APPROVE, reason="", by=by, at=at)


def _explain_refusal(entry: ProgressEntry, refusal: PermissionDenied | ValidationError) -> ReviewOutcome:
    waits = ProgressEntry.objects.pending().filter(pk=entry.pk).exists()
    said = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    words = f"{name_entry(entry)}: {said}" if waits else describe_decision(entry)
    return ReviewOutcome(entry.pk, done=False, stays=waits, words=words)


def _reviewed(entry: ProgressEntry) -> dict[str, str]:
    review = entry.review
    return _story(entry, review.reviewed_by, review.reviewed_at, review.reason)


def _withdrawn(entry: ProgressEntry) -> dict[str, str]:
    withdrawal = entry.withdrawal
    return _story(entry, withdrawal.withdrawn_by, withdrawal.withdrawn_at, withdrawal.reason)


def _story(entry: ProgressEntry, who: User, when: datetime, reason: str) -> dict[str, str]:
    return {"entry": name_entry(entry), "who": person(who), "when": moment(when), "reason": reason}


def _replaced(entry: ProgressEntry) -> dict[str, str]:
    return {"entry": name_entry(entry), "when": moment(entry.counted_until) if entry.counted_until else ""}
