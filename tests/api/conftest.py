from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    """Return a function that reads JSON at an address below /api/v1/, in English unless the query says otherwise."""

    def fetch(path: str, **query: str | int) -> Any:
        return client.get(f"/api/v1/{path}", query, headers={"Accept-Language": "en"}).json()

    return fetch
