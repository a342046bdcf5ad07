"""Sending of due mails, each once: claim, write, send, record.

`docs/digests.md` explains the limits of “once”.
"""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from time import monotonic

from ..domain.enums import DeliveryState
from ..models import DigestDelivery, Plan
from . import audience, message, outbox, smtp

logger = logging.getLogger(__name__)
# A run ends within the minute until the next one, so that mail never holds more than one worker process.
LONGEST_RUN = timedelta(seconds=50)


def run(*, at: datetime) -> Counter[DeliveryState]:
    """Do all of the weekly work; safe to start at any time, any number of times, in any number of workers."""
    for plan in Plan.objects.published():
        audience.end_past_weeks(plan, at)
        audience.open_week(plan, at)
    return send_due(at=at)


def send_due(*, at: datetime, only: str = "") -> Counter[DeliveryState]:
    """Send waiting mails, with `only` those to one address; return the number by outcome."""
    started = monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=monotonic() - started)

    outbox.sweep(at)
    outcomes: Counter[DeliveryState] = Counter()
    with closing(smtp.Backend()) as server:
        reachable = True
        while reachable and now() < at + LONGEST_RUN and (delivery := outbox.claim(now(), only=only)):
            reachable = _deliver(delivery, server, now)
            delivery.refresh_from_db(fields=["state"])
            outcomes[DeliveryState(delivery.state)] += 1
    return outcomes


def _deliver(delivery: DigestDelivery, server: smtp.Backend, now: Callable[[], datetime]) -> bool:
    """Deliver one mail; return False if the mail server cannot be reached."""
    # The run then stops, so that the other mails need not try in vain.
    try:
        _write_once(delivery, now())
    except Exception as error:
        logger.exception("Digest %s cannot be written.", delivery.message_id)
        outbox.postpone(delivery, error, now())
        return True
    try:
        server.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached: %s", error)
        outbox.postpone(delivery, error, now())
        return False
    if outbox.begin(delivery):
        _send(delivery, server, now)
    return True


def _write_once(delivery: DigestDelivery, at: datetime) -> None:
    if not delivery.html:
        words = message.write_words(delivery.subscription, week=delivery.week, at=at)
        outbox.freeze(delivery, **words._asdict())


def _send(delivery: DigestDelivery, server: smtp.Backend, now: Callable[[], datetime]) -> None:
    try:
        server.send_messages([message.build_message(delivery, at=now())])
    except Exception as error:
        logger.warning("Digest %s was not sent: %s", delivery.message_id, error, exc_info=True)
        # The connection is in an unknown state; the next mail gets a new one.
        server.close()
        _record_failure(delivery, error, now())
    else:
        outbox.record_sent(delivery, now())


def _record_failure(delivery: DigestDelivery, error: Exception, at: datetime) -> None:
    verdict = smtp.judge_error(error)
    if verdict is smtp.MailVerdict.REFUSED:
        outbox.record_refusal(delivery, error)
    elif verdict is smtp.MailVerdict.UNKNOWN:
        outbox.record_no_answer(delivery, error, at)
    else:
        outbox.postpone(delivery, error, at)
