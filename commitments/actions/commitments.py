"""What people decide about a pledge as a whole: to drop it, to take that back, and how sure they are of it.

As in the ledger, each function is one transaction and says who acts (`by`) and when (`at`, an aware instant).
Bad input raises ValidationError that names the field, an actor without the right PermissionDenied; both before
anything is written. `seen` is the number of the newest decision about the commitment when this one was prepared,
0 for none: what somebody else decided meanwhile is not overruled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import permissions, wake
from ..domain.enums import Confidence, ConfidenceHolder, Lifecycle
from ..formats import Day
from ..models import Commitment, DeliveryConfidence, LifecycleDecision, User
from ..models.lifecycle import apply_decision
from .preconditions import check_newest, check_said

LIFE = ("lifecycle", "dropped_on", "dropped_authority", "dropped_reason")


def drop(
    *, commitment: Commitment, on: date, authority: str, reason: str, seen: int, by: User, at: datetime
) -> None:
    """Drops a commitment from a day of its plan's calendar on, which is not to come; only once."""
    permissions.check_drop(by, commitment)
    check_said(authority=authority, reason=reason)
    _check_day(commitment, on, at)
    with _locked(commitment) as found:
        if found.lifecycle == Lifecycle.DROPPED:
            raise ValidationError(_dropped_already(found))
        check_newest(found.decisions.all(), seen=seen, told=_told)
        said = {"authority": authority.strip(), "reason": reason.strip(), "decided_by": by, "decided_at": at}
        _follow(found, found.decisions.create(lifecycle=Lifecycle.DROPPED, on=on, **said))


def reinstate(
    *, commitment: Commitment, authority: str, reason: str, seen: int, by: User, at: datetime
) -> None:
    """Takes a drop back: from then on it is judged as if it had not been. Both decisions stay on record."""
    permissions.check_drop(by, commitment)
    check_said(authority=authority, reason=reason)
    with _locked(commitment) as found:
        if found.lifecycle != Lifecycle.DROPPED:
            raise ValidationError(_("It is not dropped, or not any more."))
        check_newest(found.decisions.all(), seen=seen, told=_told)
        said = {"authority": authority.strip(), "reason": reason.strip(), "decided_by": by, "decided_at": at}
        _follow(found, found.decisions.create(lifecycle=Lifecycle.ACTIVE, on=found.plan.day_at(at), **said))


def newest(commitment: Commitment) -> int:
    """The number of the newest decision to drop or reinstate it, 0 for none."""
    return commitment.decisions.order_by("-pk").values_list("pk", flat=True).first() or 0


def _told(line: LifecycleDecision) -> str:
    is_drop = line.lifecycle == Lifecycle.DROPPED
    said = (
        _("Meanwhile %(who)s dropped it as of %(day)s. Authority: %(authority)s. Reason: %(reason)s.")
        if is_drop
        else _("Meanwhile %(who)s reinstated it. Authority: %(authority)s. Reason: %(reason)s.")
    )
    return said % {
        "who": line.decided_by.name if line.decided_by else "–",
        "day": Day(line.on),
        "authority": line.authority,
        "reason": line.reason,
    }


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
    permissions.check_state(by, commitment, holder)
    with transaction.atomic():
        transaction.on_commit(wake.wake, robust=True)
        return DeliveryConfidence.objects.create(
            commitment=commitment,
            holder=holder,
            confidence=confidence,
            note=note.strip(),
            stated_by=by,
            stated_at=at,
        )


@contextmanager
def _locked(commitment: Commitment) -> Iterator[Commitment]:
    """As it is now, while nobody else decides about it."""
    with transaction.atomic():
        found = Commitment.objects.select_related("plan").select_for_update(no_key=True, of=["self"])
        yield found.get(pk=commitment.pk)


def _follow(commitment: Commitment, line: LifecycleDecision) -> None:
    """The commitment itself says what the newest line does."""
    apply_decision(commitment, line)
    commitment.save(update_fields=LIFE)
    transaction.on_commit(wake.wake, robust=True)


def _check_day(commitment: Commitment, on: date, at: datetime) -> None:
    first, today = commitment.plan.starts_on, commitment.plan.day_at(at)
    if not first <= on <= today:
        raise ValidationError(
            {
                "on": _("The day must lie between %(first)s and today, %(today)s.")
                % {"first": Day(first), "today": Day(today)}
            }
        )


def _dropped_already(commitment: Commitment) -> str:
    return _("Dropped already, on %(day)s. Authority: %(authority)s. Reason: %(reason)s.") % {
        "day": Day(commitment.dropped_on) if commitment.dropped_on else "",
        "authority": commitment.dropped_authority,
        "reason": commitment.dropped_reason,
    }
