"""Leaving and coming back by a signed link: no login, no cookie, no end date."""

from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ..models import Subscription
from ..permissions import public

SIGNER = Signer(salt="commitments.digests.unsubscribe")


def token(subscription: Subscription) -> str:
    return SIGNER.sign(str(subscription.pk))


def address(subscription: Subscription) -> str:
    """Return the address at which the subscription can be ended, for mails."""
    path = reverse("digests:unsubscribe", args=[token(subscription)])
    return f"{settings.SITE_URL}{path}"


def find(signed: str) -> Subscription | None:
    """Return the subscription of a token.

    The result is None if the token is forged, or the subscription is gone or a draft's.
    """
    try:
        number = SIGNER.unsign(signed)
    except BadSignature:
        return None
    return public(Subscription.objects.all()).select_related("plan", "agency").filter(pk=number).first()


def stop(subscription: Subscription, at: datetime) -> None:
    """End the subscription; the time of the first request stays."""
    Subscription.objects.filter(pk=subscription.pk, unsubscribed_at=None).update(unsubscribed_at=at)
    subscription.refresh_from_db()


def resume(subscription: Subscription) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(unsubscribed_at=None)
    subscription.refresh_from_db()
