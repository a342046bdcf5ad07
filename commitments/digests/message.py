"""The mails: from a subscription to its words, and from stored words to a message."""

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from ..domain.texts import straighten
from ..formats import in_english
from ..models import DigestDelivery, Subscription
from . import unsubscribe
from .content import Digest, compose_digest

# Rules for dark screens cannot stand in style attributes; they stay in the head.
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
BLANK_LINES = re.compile(r"\n{3,}")


class MailWords(NamedTuple):
    subject: str
    text: str
    html: str


class Unfolded(EmailMultiAlternatives):
    """A message with addresses in headers on one line."""

    # Some programs lose a Message-ID that starts on the next line.
    def message(self, **given: Any) -> Any:
        message = super().message(**given)
        message.policy = message.policy.clone(max_line_length=RFC5322_EMAIL_LINE_LENGTH_LIMIT)
        return message


def write_words(subscription: Subscription, *, week: str, at: datetime) -> MailWords:
    """Write the mail in the subscription's language."""
    with override(subscription.language):
        week_digest = compose_digest(subscription, week=week, at=at)
        context = {
            "digest": week_digest,
            "subscription": subscription,
            "language": subscription.language,
            "site": f"{settings.SITE_URL}/en/" if in_english() else f"{settings.SITE_URL}/",
            "unsubscribe": unsubscribe.address(subscription),
        }
        text = straighten(render_to_string("digests/weekly.txt", context))
        html = straighten(render_to_string("digests/weekly.html", context))
        return MailWords(
            _subject(week_digest), BLANK_LINES.sub("\n\n", text).strip() + "\n", INLINER.inline(html)
        )


def build_message(delivery: DigestDelivery, *, at: datetime) -> EmailMultiAlternatives:
    """Build the message as it was written at the first attempt."""
    # The Message-ID never changes, so that a mail program recognises copies.
    host = urlsplit(settings.SITE_URL).hostname
    plan = delivery.subscription.plan
    mail = Unfolded(
        subject=delivery.subject,
        body=delivery.text,
        to=[delivery.subscription.email],
        headers={
            "Message-ID": f"<digest-{delivery.week}-{delivery.message_id}@{host}>",
            "Date": format_datetime(at),
            "List-Id": f"<digest.{plan.code}.{host}>",
            "List-Unsubscribe": f"<{unsubscribe.address(delivery.subscription)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(delivery.html, "text/html")
    return mail


def _subject(digest: Digest) -> str:
    """Return the subject on one line, for all characters in the names."""
    subject = _("Weekly digest, %(days)s: %(news)s – %(place)s") % {
        "days": digest.days,
        "news": pgettext("between parts of a subject", ", ").join(_news(digest)),
        "place": digest.place,
    }
    return " ".join(straighten(subject).split())


def _news(digest: Digest) -> list[str]:
    """Return the counts of the subject; a count of 0 drops out."""
    behind = [
        words % {"count": count}
        for words, count in (
            (_("%(count)s off track"), digest.off_track),
            (_("%(count)s missed"), digest.missed),
        )
        if count
    ]
    done = [_("%(count)s done") % {"count": len(digest.done)}] if digest.done else []
    return [*(behind or [_("nothing off track")]), *done]
