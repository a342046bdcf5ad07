"""Whose request it is, where proxies stand in front."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address that the outermost of our own `PROXIES` saw; what the client wrote itself is not believed.

    None where the server is reached through a Unix socket and no proxy says more.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(seen) >= settings.PROXIES:
        return str(seen[-settings.PROXIES])
    return request.META.get("REMOTE_ADDR")
