"""The states of a mail; each step is one statement, so no lock is held while a mail server answers.

A claim is a lease, and its number of attempts identifies the holder. So a worker given up as dead cannot
overwrite the records of its successor.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from ..domain.enums import DeliveryState
from ..models import OutgoingMail

LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
# The waits between so many attempts add up to two days.
ATTEMPTS = 14
# This stays in front of later errors. Such a mail may have arrived, so it is sent once more and no oftener.
UNANSWERED = "Handed over without an answer."


def sweep(at: datetime) -> None:
    """Free mails of dead workers, and give up those tried often enough."""
    expired = OutgoingMail.objects.filter(lease_until__lt=at)
    expired.filter(state=DeliveryState.CLAIMED).update(
        state=DeliveryState.PENDING, lease_until=None, not_before=at
    )
    unknown = expired.filter(state=DeliveryState.SENDING)
    unknown.filter(last_error__startswith=UNANSWERED).update(state=DeliveryState.FAILED, lease_until=None)
    unknown.update(state=DeliveryState.PENDING, lease_until=None, not_before=at, last_error=UNANSWERED)
    OutgoingMail.objects.filter(state=DeliveryState.PENDING, attempts__gte=ATTEMPTS).update(
        state=DeliveryState.FAILED
    )


@transaction.atomic
def claim(at: datetime, *, only: str = "") -> OutgoingMail | None:
    """Claim the longest waiting due mail that no other worker has; skip mails of drafts."""
    waiting = OutgoingMail.objects.filter(state=DeliveryState.PENDING, not_before__lte=at)
    waiting = waiting.filter(Q(plan=None) | Q(plan__published_at__isnull=False))
    if only:
        waiting = waiting.filter(Q(address=only) | Q(person__email=only))
    mail = (
        waiting.select_for_update(skip_locked=True, of=("self",))
        .select_related("person", "subscription__plan__jurisdiction", "subscription__agency")
        .order_by("not_before")
        .first()
    )
    if mail is not None:
        mail.state, mail.lease_until = DeliveryState.CLAIMED, at + LEASE
        mail.attempts += 1
        mail.save(update_fields=["state", "lease_until", "attempts"])
    return mail


def freeze(mail: OutgoingMail, *, address: str, subject: str, text: str, html: str) -> None:
    """Store the mail's address and words, so that a later attempt sends the same mail."""
    mail.address, mail.subject, mail.text, mail.html = address, subject, text, html
    _held(mail).update(address=address, subject=subject, text=text, html=html)


def begin(mail: OutgoingMail) -> bool:
    """Mark the mail as being sent; return False if the lease was lost or the reader has left."""
    held = _held(mail).filter(state=DeliveryState.CLAIMED)
    held.filter(Q(subscription__unsubscribed_at__isnull=False) | Q(person__is_active=False)).update(
        state=DeliveryState.SKIPPED, lease_until=None
    )
    return bool(held.update(state=DeliveryState.SENDING))


def record_sent(mail: OutgoingMail, at: datetime) -> None:
    """Record that the mail was sent."""
    # The sending is certain, so it is recorded even if the lease has run out and no other worker has taken
    # over.
    _held(mail).update(state=DeliveryState.SENT, sent_at=at, lease_until=None)


def record_refusal(mail: OutgoingMail, error: Exception) -> None:
    _let_go(mail, DeliveryState.FAILED, _with_history(mail, error))


def postpone(mail: OutgoingMail, error: Exception, at: datetime) -> None:
    """Try again later, each time after twice the wait: the server surely did not accept the mail."""
    _let_go(mail, DeliveryState.PENDING, _with_history(mail, error), at + wait(mail.attempts))


def record_no_answer(mail: OutgoingMail, error: Exception, at: datetime) -> None:
    """Send the mail once more under the same Message-ID, since the server may have accepted it."""
    # A second copy is better than a lost mail.
    again = DeliveryState.FAILED if mail.last_error.startswith(UNANSWERED) else DeliveryState.PENDING
    _let_go(mail, again, f"{UNANSWERED} {error}", at + wait(mail.attempts))


def wait(attempts: int) -> timedelta:
    doublings: int = 2 ** (attempts - 1)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _held(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts)


def _let_go(mail: OutgoingMail, state: DeliveryState, error: str, not_before: datetime | None = None) -> None:
    held = _held(mail).filter(state__in=[DeliveryState.CLAIMED, DeliveryState.SENDING])
    held.update(state=state, lease_until=None, last_error=error, not_before=not_before or mail.not_before)


def _with_history(mail: OutgoingMail, error: Exception) -> str:
    told = f"{type(error).__name__}: {error}"
    return f"{UNANSWERED} {told}" if mail.last_error.startswith(UNANSWERED) else told
