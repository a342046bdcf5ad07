"""Browsers that have signed in before, known by a signed cookie that lists their accounts, newest first.

The cookie opens no account. It only sets such a browser apart from strangers guessing at the same account.
"""

import secrets
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from ..models import User

SALT = "commitments.known-browser"
LONG = timedelta(days=365)
# One browser may be used by several people.
ACCOUNTS = 5


class KnownBrowser(NamedTuple):
    """An account, and the name by which it knows the browser."""

    user: int
    browser: str


def known_to(request: HttpRequest) -> list[KnownBrowser]:
    """Say which accounts have signed in here, the newest first; none where the cookie is not one of ours."""
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        said = signing.loads(cookie, salt=SALT, max_age=LONG)
    except signing.BadSignature:
        return []
    return [KnownBrowser(user, browser) for user, browser in said]


def name_for(request: HttpRequest, account: str) -> str | None:
    """Return the name by which the account knows this browser, else None."""
    # An account that does not exist is looked up all the same, so that the time of the answer does not
    # tell.
    user = User.objects.filter(username=account).values_list("pk", flat=True).first()
    return next((known.browser for known in known_to(request) if known.user == user), None)


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let the browser show, for a year, that the account has signed in here."""
    before = known_to(request)
    name = next((known.browser for known in before if known.user == user.pk), secrets.token_hex(8))
    others = [known for known in before if known.user != user.pk]
    value = signing.dumps([KnownBrowser(user.pk, name), *others][:ACCOUNTS], salt=SALT)
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        value,
        max_age=LONG,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
