"""The words of a digest in its reader's language, and the headers of its list."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from ..formats import in_english
from ..mails.messages import MailWords, render_words
from ..models import OutgoingMail, Subscription
from . import audience, unsubscribe
from .content import Digest, compose_digest


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
        return render_words(
            "digests/weekly", context, address=subscription.email, subject=_subject(week_digest)
        )


def write_mail(mail: OutgoingMail, at: datetime) -> MailWords:
    """Write a digest of the outbox; its address is the subscription's as it is now."""
    return write_words(_subscription(mail), week=audience.week_of_mail(mail), at=at)


def list_headers(mail: OutgoingMail, host: str) -> dict[str, str]:
    """Return the headers by which mail programs know the list and offer to leave it."""
    subscription = _subscription(mail)
    return {
        "Message-ID": f"<digest-{audience.week_of_mail(mail)}-{mail.message_id}@{host}>",
        "List-Id": f"<digest.{subscription.plan.code}.{host}>",
        "List-Unsubscribe": f"<{unsubscribe.address(subscription)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _subscription(mail: OutgoingMail) -> Subscription:
    # The database requires one of every digest.
    return cast("Subscription", mail.subscription)


def _subject(digest: Digest) -> str:
    return _("Weekly digest, %(days)s: %(news)s – %(place)s") % {
        "days": digest.days,
        "news": pgettext("between parts of a subject", ", ").join(_news(digest)),
        "place": digest.place,
    }


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
