"""What people decide about a pledge as a whole: to drop it, to take that back, and how sure they are of it.

As in the ledger, each function is one transaction and says who acts (`by`) and when (`at`, an aware instant).
Bad input raises ValidationError that names the field, an actor without the right PermissionDenied; both before
anything is written.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from . import edits, hints, policy
from .domain.words import Confidence, ConfidenceHolder, Lifecycle
from .models import Commitment, DeliveryConfidence, User

DROP = ("lifecycle", "dropped_on", "dropped_authority", "dropped_reason")


def drop(*, commitment: Commitment, on: date, authority: str, reason: str, by: User, at: datetime) -> None:
    """Drops a commitment from a day of its plan's calendar on, which is not to come; only once."""
    policy.check_drop(by, commitment)
    _check_texts(authority=authority, reason=reason)
    _check_day(commitment, on, at)
    with transaction.atomic():
        found = Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
        if found.lifecycle == Lifecycle.DROPPED:
            raise ValidationError(_dropped_already(found))
        found.lifecycle, found.dropped_on = Lifecycle.DROPPED, on
        found.dropped_authority, found.dropped_reason = authority.strip(), reason.strip()
        found.save(update_fields=DROP)
        transaction.on_commit(hints.wake, robust=True)


def reinstate(*, commitment: Commitment, authority: str, reason: str, by: User, at: datetime) -> None:
    """Takes a drop back, as if it had not been. What was said of the drop, and of this, stays in the history."""
    policy.check_drop(by, commitment)
    _check_texts(authority=authority, reason=reason)
    said = edits.decided_by(by.pk, at=at, authority=authority.strip(), reason=reason.strip())
    with said, transaction.atomic():
        found = Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
        if found.lifecycle != Lifecycle.DROPPED:
            raise ValidationError(_("It is not dropped, or not any more."))
        found.lifecycle, found.dropped_on = Lifecycle.ACTIVE, None
        found.dropped_authority = found.dropped_reason = ""
        found.save(update_fields=DROP)
        transaction.on_commit(hints.wake, robust=True)


def state_confidence(
    *,
    commitment: Commitment,
    holder: ConfidenceHolder,
    confidence: Confidence,
    by: User,
    at: datetime,
    note: str = "",
) -> DeliveryConfidence:
    """Adds a line to the history of how sure the holder is."""
    policy.check_state(by, commitment, holder)
    with transaction.atomic():
        transaction.on_commit(hints.wake, robust=True)
        return DeliveryConfidence.objects.create(
            commitment=commitment,
            holder=holder,
            confidence=confidence,
            note=note.strip(),
            stated_by=by,
            stated_at=at,
        )


def _check_texts(**texts: str) -> None:
    empty = {field: _("Say so.") for field, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def _check_day(commitment: Commitment, on: date, at: datetime) -> None:
    first, today = commitment.plan.starts_on, at.astimezone(ZoneInfo(commitment.plan.time_zone)).date()
    if not first <= on <= today:
        raise ValidationError(
            {
                "on": _("The day must lie between %(first)s and today, %(today)s.")
                % {"first": first.isoformat(), "today": today.isoformat()}
            }
        )


def _dropped_already(commitment: Commitment) -> str:
    return _("Dropped already, on %(day)s. Authority: %(authority)s. Reason: %(reason)s.") % {
        "day": commitment.dropped_on.isoformat() if commitment.dropped_on else "",
        "authority": commitment.dropped_authority,
        "reason": commitment.dropped_reason,
    }
