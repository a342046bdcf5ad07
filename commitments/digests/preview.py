"""The mails of a week without sending them: as stored, or as they would be written now."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ..models import DigestDelivery, Plan, Subscription
from . import audience, message


class DigestPreview(NamedTuple):
    """One mail to look at; `delivery` is None if it has no row yet."""

    subscription: Subscription
    delivery: DigestDelivery | None
    words: message.MailWords


def preview_mails(plan: Plan, week: str, at: datetime, *, only: str = "") -> Iterator[DigestPreview]:
    """Yield the week's mails; one that is not written yet can only be shown for the current week."""
    readers = plan.subscriptions.select_related("plan__jurisdiction", "agency").order_by("pk")
    for subscription in readers.filter(email=only) if only else readers:
        delivery = subscription.deliveries.filter(week=week).first()
        if delivery is not None and delivery.html:
            yield DigestPreview(
                subscription, delivery, message.MailWords(delivery.subject, delivery.text, delivery.html)
            )
        elif subscription.unsubscribed_at is None and week == audience.week_of(plan, at):
            yield DigestPreview(subscription, delivery, message.write_words(subscription, week=week, at=at))
