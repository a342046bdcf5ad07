"""The sending of all mails that are due, each by the writer of its kind."""

from collections import Counter
from datetime import datetime

from .digests import audience, message
from .domain.enums import DeliveryState, MailKind
from .mails import delivery
from .mails.messages import MailWriter
from .models import Plan
from .notices import returned

WRITERS = {
    MailKind.DIGEST: MailWriter(message.write_mail, message.list_headers),
    MailKind.RETURNED: MailWriter(returned.write_mail),
}


def run(*, at: datetime) -> Counter[DeliveryState]:
    """Open the week's digests and send all that is due; safe to run any number of times, in any number of workers."""
    for plan in Plan.objects.published():
        audience.end_past_weeks(plan, at)
        audience.open_week(plan, at)
    return send_due(at=at)


def send_due(*, at: datetime, only: str = "") -> Counter[DeliveryState]:
    """Send waiting mails, with `only` those to one address; return the number by outcome."""
    return delivery.send_due(at=at, writers=WRITERS, only=only)
