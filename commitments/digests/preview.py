"""The mails of a week without sending them: as stored, or as they would be written now."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ..mails.messages import MailWords
from ..models import OutgoingMail, Plan, Subscription
from . import audience, message


class DigestPreview(NamedTuple):
    """One mail to look at; `mail` is None if it has no row yet."""

    subscription: Subscription
    mail: OutgoingMail | None
    words: MailWords


def preview_mails(plan: Plan, week: str, at: datetime, *, only: str = "") -> Iterator[DigestPreview]:
    """Yield the week's mails; one that is not written yet can only be shown for the current week."""
    readers = plan.subscriptions.select_related("plan__jurisdiction", "agency").order_by("pk")
    for subscription in readers.filter(email=only) if only else readers:
        mail = subscription.mails.filter(key=audience.key_of(subscription, week)).first()
        if mail is not None and mail.html:
            yield DigestPreview(
                subscription, mail, MailWords(mail.address, mail.subject, mail.text, mail.html)
            )
        elif subscription.unsubscribed_at is None and week == audience.week_of(plan, at):
            yield DigestPreview(subscription, mail, message.write_words(subscription, week=week, at=at))
