"""The weekly work: the rows of the week, and the sending of what is due."""

from collections import Counter
from datetime import datetime

from ..domain.enums import DeliveryState, MailKind
from ..mails import delivery
from ..mails.messages import MailWriter
from ..models import Plan
from . import audience, message

WRITERS = {MailKind.DIGEST: MailWriter(message.write_mail, message.list_headers)}


def run(*, at: datetime) -> Counter[DeliveryState]:
    """Do all of the weekly work; safe to start at any time, any number of times, in any number of workers."""
    for plan in Plan.objects.published():
        audience.end_past_weeks(plan, at)
        audience.open_week(plan, at)
    return send_due(at=at)


def send_due(*, at: datetime, only: str = "") -> Counter[DeliveryState]:
    """Send waiting mails, with `only` those to one address; return the number by outcome."""
    return delivery.send_due(at=at, writers=WRITERS, only=only)
