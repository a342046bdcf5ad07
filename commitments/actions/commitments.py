"""Decisions on a commitment as a whole: drops, reinstatements and delivery confidence.

Each function is one transaction; `by` is the acting user and `at` an aware instant. Bad input raises
ValidationError that names the field. An actor without the right gets PermissionDenied. Both come before anything
is written.

`seen` is the number of the newest decision on the commitment when this one was prepared, 0 for none. A newer
decision refuses this one.
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
from .preconditions import check_newest, check_texts

LIFE = ("lifecycle", "dropped_on", "dropped_authority", "dropped_reason")


def drop(
    *, commitment: Commitment, on: date, authority: str, reason: str, seen: int, by: User, at: datetime
) -> None:
    """Drop a commitment from a past day or today on, in its plan's calendar. A second drop is refused."""
    permissions.check_drop(by, commitment)
    check_texts(authority=authority, reason=reason)
    _check_day(commitment, on, at)
    with _locked(commitment) as found:
        if found.lifecycle == Lifecycle.DROPPED:
            raise ValidationError(_dropped_already(found))
        check_newest(found.decisions.all(), seen=seen, describe=_describe)
        said = {"authority": authority.strip(), "reason": reason.strip(), "decided_by": by, "decided_at": at}
        _follow(found, found.decisions.create(lifecycle=Lifecycle.DROPPED, on=on, **said))


def reinstate(
    *, commitment: Commitment, authority: str, reason: str, seen: int, by: User, at: datetime
) -> None:
    """Take a drop back: the commitment is judged as if it had never been dropped. Both decisions stay on record."""
    permissions.check_drop(by, commitment)
    check_texts(authority=authority, reason=reason)
    with _locked(commitment) as found:
        if found.lifecycle != Lifecycle.DROPPED:
            raise ValidationError(_("This commitment is not dropped, or has been reinstated."))
        check_newest(found.decisions.all(), seen=seen, describe=_describe)
        said = {"authority": authority.strip(), "reason": reason.strip(), "decided_by": by, "decided_at": at}
        _follow(found, found.decisions.create(lifecycle=Lifecycle.ACTIVE, on=found.plan.day_at(at), **said))


def newest(commitment: Commitment) -> int:
    """Return the number of the newest decision to drop or reinstate the commitment, 0 for none."""
    return commitment.decisions.order_by("-pk").values_list("pk", flat=True).first() or 0


def _describe(line: LifecycleDecision) -> str:
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
    """Add a line to the history of the holder's confidence."""
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
    """Lock the commitment's row against other decisions, and yield it as it is now."""
    with transaction.atomic():
        found = Commitment.objects.select_related("plan").select_for_update(no_key=True, of=["self"])
        yield found.get(pk=commitment.pk)


def _follow(commitment: Commitment, line: LifecycleDecision) -> None:
    """Copy the newest decision's fields onto the commitment and save them."""
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
    return _("Already dropped on %(day)s. Authority: %(authority)s. Reason: %(reason)s.") % {
        "day": Day(commitment.dropped_on) if commitment.dropped_on else "",
        "authority": commitment.dropped_authority,
        "reason": commitment.dropped_reason,
    }
