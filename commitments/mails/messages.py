"""The mails themselves: their words, and the message made from stored words."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT
from django.template.loader import render_to_string

from ..domain.texts import straighten
from ..models import OutgoingMail

# Rules for dark screens cannot stand in style attributes; they stay in the head.
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
BLANK_LINES = re.compile(r"\n{3,}")


class MailWords(NamedTuple):
    address: str
    subject: str
    text: str
    html: str


class MailWriter(NamedTuple):
    """The writing of one kind of mails: their words, and the headers that they have beside the usual ones."""

    write: Callable[[OutgoingMail, datetime], MailWords]
    headers: Callable[[OutgoingMail, str], Mapping[str, str]] = lambda _mail, _host: {}


class Unfolded(EmailMultiAlternatives):
    """A message with addresses in headers on one line."""

    # Some programs lose a Message-ID that starts on the next line.
    def message(self, **given: Any) -> Any:
        message = super().message(**given)
        message.policy = message.policy.clone(max_line_length=RFC5322_EMAIL_LINE_LENGTH_LIMIT)
        return message


def render_words(template: str, context: Mapping[str, Any], *, address: str, subject: str) -> MailWords:
    """Render the text and HTML of a mail from a pair of templates, with the subject on one line."""
    text = straighten(render_to_string(f"{template}.txt", context))
    html = straighten(render_to_string(f"{template}.html", context))
    return MailWords(
        address=address,
        # Names may have any characters.
        subject=" ".join(straighten(subject).split()),
        text=BLANK_LINES.sub("\n\n", text).strip() + "\n",
        html=INLINER.inline(html),
    )


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
