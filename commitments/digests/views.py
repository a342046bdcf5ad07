"""The pages behind a mail's link; only a POST acts, since mail scanners follow links.

Mail programs post without a cookie (RFC 8058), so there is no CSRF token: the signed link is the proof.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import clock
from ..change_log import editing
from ..models import Subscription
from . import unsubscribe as subscriptions


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    subscription = subscriptions.find(token)
    if subscription and request.method == "POST":
        now = clock.now()
        with editing.by_link(at=now):
            subscriptions.stop(subscription, now)
    return _page(request, token, subscription)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resubscribe(request: HttpRequest, token: str) -> HttpResponse:
    subscription = subscriptions.find(token)
    if subscription and request.method == "POST":
        with editing.by_link(at=clock.now()):
            subscriptions.resume(subscription)
    return _page(request, token, subscription)


def _page(request: HttpRequest, token: str, subscription: Subscription | None) -> HttpResponse:
    """Render the subscription's present state and the one possible action, in its language."""
    if subscription is None:
        with override(get_language_from_request(request)):
            return render(request, "digests/unknown_link.html", status=404)
    with override(subscription.language):
        page = render(request, "digests/subscription.html", {"subscription": subscription, "token": token})
    page.headers["Content-Language"] = subscription.language
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
