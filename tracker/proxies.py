"""The client behind a request that came through proxies."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from commitments.accounts.addresses import parsed, plain
from commitments.models import Heartbeat

# Key of the heartbeat for the last sight of a proxy that the settings do not know.
UNKNOWN_PROXY = "unknown proxy"
NOTED_EVERY_SECONDS = 3600.0


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the outermost of our own `PROXIES` saw.

    A header that the client wrote itself is not believed. The result is None for a Unix socket without
    proxy.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(seen) >= settings.PROXIES:
        return plain(seen[-settings.PROXIES])
    return plain(request.META.get("REMOTE_ADDR") or "") or None


class UnknownProxyMiddleware:
    """A note for `manage.py doctor` if a proxy seems to stand in front while PROXIES is 0.

    It is written once an hour at most.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._quiet_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if monotonic() >= self._quiet_until and _is_from_unknown_proxy(request):
            self._quiet_until = monotonic() + NOTED_EVERY_SECONDS
            with suppress(DatabaseError):
                Heartbeat.beat(UNKNOWN_PROXY)
        return self.get_response(request)


def _is_from_unknown_proxy(request: HttpRequest) -> bool:
    """Tell whether a proxy that the settings do not know has passed the request on."""
    # On a request straight from the internet, the header is the client's own invention.
    if settings.PROXIES or "HTTP_X_FORWARDED_FOR" not in request.META:
        return False
    # /healthz is answered without the database.
    if request.path == reverse("healthz"):
        return False
    address = parsed(request.META.get("REMOTE_ADDR") or "")
    return address is None or address.is_private
