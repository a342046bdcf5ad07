"""The states of a mail; each step is one statement, so no lock is held while a mail server answers.

A claim is a lease, and its number of attempts identifies the holder. So a worker given up as dead cannot
overwrite the records of its successor.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ..domain.enums import DeliveryState
from ..models import DigestDelivery
from ..permissions import public

LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
# The waits between so many attempts add up to two days.
ATTEMPTS = 14
# This stays in front of later errors. Such a mail may have arrived, so it is sent once more and no oftener.
UNANSWERED = "Handed over without an answer."


def sweep(at: datetime) -> None:
    """Free mails of dead workers, and give up those tried often enough."""
    expired = DigestDelivery.objects.filter(lease_until__lt=at)
    expired.filter(state=DeliveryState.CLAIMED).update(
        state=DeliveryState.PENDING, lease_until=None, not_before=at
    )
    unknown = expired.filter(state=DeliveryState.SENDING)
    unknown.filter(last_error__startswith=UNANSWERED).update(state=DeliveryState.FAILED, lease_until=None)
    unknown.update(state=DeliveryState.PENDING, lease_until=None, not_before=at, last_error=UNANSWERED)
    DigestDelivery.objects.filter(state=DeliveryState.PENDING, attempts__gte=ATTEMPTS).update(
        state=DeliveryState.FAILED
    )


@transaction.atomic
def claim(at: datetime, *, only: str = "") -> DigestDelivery | None:
    """Claim the longest waiting due mail that no other worker has; skip mails of drafts."""
    waiting = public(DigestDelivery.objects.all()).filter(state=DeliveryState.PENDING, not_before__lte=at)
    if only:
        waiting = waiting.filter(subscription__email=only)
    delivery = (
        waiting.select_for_update(skip_locked=True, of=("self",))
        .select_related("subscription__plan__jurisdiction", "subscription__agency")
        .order_by("not_before")
        .first()
    )
    if delivery is not None:
        delivery.state, delivery.lease_until = DeliveryState.CLAIMED, at + LEASE
        delivery.attempts += 1
        delivery.save(update_fields=["state", "lease_until", "attempts"])
    return delivery


def freeze(delivery: DigestDelivery, *, subject: str, text: str, html: str) -> None:
    """Store the mail's words, so that a later attempt sends the same mail."""
    delivery.subject, delivery.text, delivery.html = subject, text, html
    _held(delivery).update(subject=subject, text=text, html=html)


def begin(delivery: DigestDelivery) -> bool:
    """Mark the mail as being sent; return False if the lease was lost or the reader has unsubscribed."""
    held = _held(delivery).filter(state=DeliveryState.CLAIMED)
    held.filter(subscription__unsubscribed_at__isnull=False).update(
        state=DeliveryState.SKIPPED, lease_until=None
    )
    return bool(held.update(state=DeliveryState.SENDING))


def record_sent(delivery: DigestDelivery, at: datetime) -> None:
    """Record that the mail was sent."""
    # The sending is certain, so it is recorded even if the lease has run out and no other worker has taken
    # over.
    _held(delivery).update(state=DeliveryState.SENT, sent_at=at, lease_until=None)


def record_refusal(delivery: DigestDelivery, error: Exception) -> None:
    _let_go(delivery, DeliveryState.FAILED, _with_history(delivery, error))


def postpone(delivery: DigestDelivery, error: Exception, at: datetime) -> None:
    """Try again later, each time after twice the wait: the server surely did not accept the mail."""
    _let_go(delivery, DeliveryState.PENDING, _with_history(delivery, error), at + wait(delivery.attempts))


def record_no_answer(delivery: DigestDelivery, error: Exception, at: datetime) -> None:
    """Send the mail once more under the same Message-ID, since the server may have accepted it."""
    # A second copy is better than a lost mail.
    again = DeliveryState.FAILED if delivery.last_error.startswith(UNANSWERED) else DeliveryState.PENDING
    _let_go(delivery, again, f"{UNANSWERED} {error}", at + wait(delivery.attempts))


def wait(attempts: int) -> timedelta:
    doublings: int = 2 ** (attempts - 1)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _held(delivery: DigestDelivery) -> QuerySet[DigestDelivery]:
    return DigestDelivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)


def _let_go(
    delivery: DigestDelivery, state: DeliveryState, error: str, not_before: datetime | None = None
) -> None:
    held = _held(delivery).filter(state__in=[DeliveryState.CLAIMED, DeliveryState.SENDING])
    held.update(state=state, lease_until=None, last_error=error, not_before=not_before or delivery.not_before)


def _with_history(delivery: DigestDelivery, error: Exception) -> str:
    told = f"{type(error).__name__}: {error}"
    return f"{UNANSWERED} {told}" if delivery.last_error.startswith(UNANSWERED) else told
