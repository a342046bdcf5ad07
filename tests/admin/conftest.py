from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import User
from tests.factories import NOON, make_user

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _clock(settings: LazySettings) -> None:
    """Set the clock to the day of the factories."""
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))


@pytest.fixture
def sign_in() -> SignIn:
    """Return a maker of browsers signed in as a person, or as a new user of a role."""

    def browser(who: User | Role, **given: Any) -> Client:
        client = Client()
        client.force_login(who if isinstance(who, User) else make_user(who, **{"language": "en"} | given))
        return client

    return browser


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    """Return the supervision office's browser."""
    return sign_in(Role.SUPERVISION)
