"""The mails themselves: their words, and the message made from stored words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT

from ..models import OutgoingMail


class MailWords(NamedTuple):
    address: str
    subject: str
    text: str
    html: str


class MailWriter(NamedTuple):
    """The writing of one kind of mails: their words, and the headers that they have beside the usual ones."""

    write: Callable[[OutgoingMail, datetime], MailWords]
    headers: Callable[[OutgoingMail, str], Mapping[str, str]]


class Unfolded(EmailMultiAlternatives):
    """A message with addresses in headers on one line."""

    # Some programs lose a Message-ID that starts on the next line.
    def message(self, **given: Any) -> Any:
        message = super().message(**given)
        message.policy = message.policy.clone(max_line_length=RFC5322_EMAIL_LINE_LENGTH_LIMIT)
        return message


def build_message(mail: OutgoingMail, writer: MailWriter, *, at: datetime) -> EmailMultiAlternatives:
    """Build the message as it was written at the first attempt."""
    # The Message-ID never changes, so that a mail program recognises copies.
    host = urlsplit(settings.SITE_URL).hostname or ""
    message = Unfolded(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        headers={
            "Message-ID": f"<{mail.kind}-{mail.message_id}@{host}>",
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",
            **writer.headers(mail, host),
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message
