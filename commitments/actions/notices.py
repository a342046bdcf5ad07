"""Mails to the people whom a decision concerns, queued in the decision's own transaction."""

from ..domain.enums import DeliveryState, MailKind
from ..models import OutgoingMail, Review


def queue_return(review: Review) -> None:
    """Queue a mail to the author of a returned report, if the author has an address."""
    author = review.entry.recorded_by
    if author.email:
        OutgoingMail.objects.create(
            kind=MailKind.RETURNED,
            key=str(review.pk),
            person=author,
            plan=review.entry.commitment.plan,
            not_before=review.reviewed_at,
        )


def drop_return(review: Review) -> None:
    """Leave unsent the waiting mail about a return whose report is given up."""
    waiting = OutgoingMail.objects.filter(kind=MailKind.RETURNED, state=DeliveryState.PENDING)
    waiting.filter(key=str(review.pk)).update(state=DeliveryState.SKIPPED)
