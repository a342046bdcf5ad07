"""Sending of due mails, each once: claim, write, send, record.

`docs/digests.md` explains the limits of “once”.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from time import monotonic

from ..domain.enums import DeliveryState, MailKind
from ..models import OutgoingMail
from . import messages, outbox, smtp
from .messages import MailWriter

logger = logging.getLogger(__name__)
# A run ends within the minute until the next one, so that mail never holds more than one worker process.
LONGEST_RUN = timedelta(seconds=50)
Writers = Mapping[MailKind, MailWriter]


def send_due(*, at: datetime, writers: Writers, only: str = "") -> Counter[DeliveryState]:
    """Send waiting mails, with `only` those to one address; return the number by outcome."""
    started = monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=monotonic() - started)

    outbox.sweep(at)
    outcomes: Counter[DeliveryState] = Counter()
    with closing(smtp.Backend()) as server:
        reachable = True
        while reachable and now() < at + LONGEST_RUN and (mail := outbox.claim(now(), only=only)):
            reachable = _deliver(mail, writers[MailKind(mail.kind)], server, now)
            mail.refresh_from_db(fields=["state"])
            outcomes[DeliveryState(mail.state)] += 1
    return outcomes


def _deliver(
    mail: OutgoingMail, writer: MailWriter, server: smtp.Backend, now: Callable[[], datetime]
) -> bool:
    """Deliver one mail; return False if the mail server cannot be reached."""
    # The run then stops, so that the other mails need not try in vain.
    try:
        _write_once(mail, writer, now())
    except Exception as error:
        logger.exception("Mail %s cannot be written.", mail.message_id)
        outbox.postpone(mail, error, now())
        return True
    try:
        server.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached: %s", error)
        outbox.postpone(mail, error, now())
        return False
    if outbox.begin(mail):
        _send(mail, writer, server, now)
    return True


def _write_once(mail: OutgoingMail, writer: MailWriter, at: datetime) -> None:
    if not mail.html:
        outbox.freeze(mail, **writer.write(mail, at)._asdict())


def _send(mail: OutgoingMail, writer: MailWriter, server: smtp.Backend, now: Callable[[], datetime]) -> None:
    try:
        server.send_messages([messages.build_message(mail, writer, at=now())])
    except Exception as error:
        logger.warning("Mail %s was not sent: %s", mail.message_id, error, exc_info=True)
        # The connection is in an unknown state; the next mail gets a new one.
        server.close()
        _record_failure(mail, error, now())
    else:
        outbox.record_sent(mail, now())


def _record_failure(mail: OutgoingMail, error: Exception, at: datetime) -> None:
    verdict = smtp.judge_error(error)
    if verdict is smtp.MailVerdict.REFUSED:
        outbox.record_refusal(mail, error)
    elif verdict is smtp.MailVerdict.UNKNOWN:
        outbox.record_no_answer(mail, error, at)
    else:
        outbox.postpone(mail, error, at)
