"""Decisions of the queue, one by one, and what is said about each."""

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


class Outcome(NamedTuple):
    """What became of a decision on an entry; `stays` says that the entry still waits."""

    entry: int
    done: bool
    stays: bool
    words: str


def decide(entry: ProgressEntry, decision: Decision, *, reason: str, by: User, at: datetime) -> Outcome:
    """Approves the entry or returns it. Where somebody else was first, says who did what and when."""
    act = ledger.approve if decision == Decision.APPROVE else ledger.return_
    try:
        act(entry=entry, reason=reason, by=by, at=at)
    except (PermissionDenied, ValidationError) as refusal:
        return _refused(entry, refusal)
    return Outcome(entry.pk, done=True, stays=False, words=str(DONE[decision]) % {"entry": name(entry)})


def approve_undoubted(entries: Iterable[ProgressEntry], *, by: User, at: datetime) -> list[Outcome]:
    """Approves each that raises no doubt.

    Each is looked at anew: an approval before it may have given rise to a doubt, or settled one.
    """
    return [_approve_undoubted(entry, by, at) for entry in entries]


def what_happened(entry: ProgressEntry) -> str:
    """Who decided an entry that waits no longer, what and when."""
    now = with_all(ProgressEntry.objects.select_related("review__reviewed_by__agency")).get(pk=entry.pk)
    if now.state == EntryState.WITHDRAWN:
        return _("%(entry)s was withdrawn by %(who)s at %(when)s: %(reason)s") % _withdrawn(now)
    if now.state == EntryState.RETURNED:
        return _("%(entry)s was already returned by %(who)s at %(when)s: %(reason)s") % _reviewed(now)
    if hasattr(now, "review"):
        return _("%(entry)s was already approved by %(who)s at %(when)s.") % _reviewed(now)
    return _("%(entry)s was replaced by a newer report at %(when)s.") % _replaced(now)


def name(entry: ProgressEntry) -> str:
    parts = {"code": entry.target.code, "day": day(entry.effective_on)}
    return pgettext("progress entry", "%(code)s (%(day)s)") % parts


def _approve_undoubted(entry: ProgressEntry, by: User, at: datetime) -> Outcome:
    if preview_entries([entry], at=at)[entry.pk].doubts:
        words = _("%(entry)s is not approved: it raises doubts, so it is looked at by itself.")
        return Outcome(entry.pk, done=False, stays=True, words=words % {"entry": name(entry)})
    return decide(entry, Decision.APPROVE, reason="", by=by, at=at)


def _refused(entry: ProgressEntry, refusal: PermissionDenied | ValidationError) -> Outcome:
    waits = ProgressEntry.objects.pending().filter(pk=entry.pk).exists()
    said = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    words = f"{name(entry)}: {said}" if waits else what_happened(entry)
    return Outcome(entry.pk, done=False, stays=waits, words=words)


def _reviewed(entry: ProgressEntry) -> dict[str, str]:
    review = entry.review
    return _story(entry, review.reviewed_by, review.reviewed_at, review.reason)


def _withdrawn(entry: ProgressEntry) -> dict[str, str]:
    withdrawal = entry.withdrawal
    return _story(entry, withdrawal.withdrawn_by, withdrawal.withdrawn_at, withdrawal.reason)


def _story(entry: ProgressEntry, who: User, when: datetime, reason: str) -> dict[str, str]:
    return {"entry": name(entry), "who": person(who), "when": moment(when), "reason": reason}


def _replaced(entry: ProgressEntry) -> dict[str, str]:
    return {"entry": name(entry), "when": moment(entry.counted_until) if entry.counted_until else ""}
