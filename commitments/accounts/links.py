"""One-time links with which people set their password themselves, so that no other person knows it.

A link is good for a day, and until a password is set with it or the account is used. It stands in no table:
it is made from the account's present state and the secret key.
"""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from ..models import User


def make(user: User) -> str:
    """Return the whole address, to be given to the account's owner alone."""
    who = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("staff:set_password", args=[who, default_token_generator.make_token(user)])
    return f"{settings.SITE_URL}{path}"
