"""Sign-ins as browsers make them: of several people, from any number of addresses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from commitments.domain.enums import Role
from commitments.models import User
from tests.factories import make_user

PASSWORD = "a-long-and-unusual-phrase"
Answer = Any


@pytest.fixture
def wang() -> User:
    return make_user(Role.SUPERVISION, username="wang", password=PASSWORD, language="en")


def try_in(browser: Client, name: str, password: str, *, address: str = "10.0.0.1") -> Answer:
    typed = {"username": name, "password": password, "next": ""}
    return browser.post("/admin/login/", typed, REMOTE_ADDR=address)


def guess(times: int, name: str, *, address: Callable[[int], str]) -> list[int]:
    """Try wrong passwords from a fresh browser each time; return the answers' codes."""
    return [
        try_in(Client(), name, f"wrong {each}", address=address(each)).status_code for each in range(times)
    ]


def in_(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302
