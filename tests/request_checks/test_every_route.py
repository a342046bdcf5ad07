"""Any text in an address, a query or a form, from any user to any route, causes no fault of ours.

The routes come from the URL resolver, so that a new one is walked too.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.test import Client

from bench.faults.routes import Route, keys, known, routes
from commitments.domain.enums import Role
from tests.admin.rows import make_side
from tests.factories import make_plan, make_user

pytestmark = pytest.mark.django_db
# As bytes: half a character is none that UTF-8 can write.
HOSTILE = {
    "nul": b"a\0b",
    "half a character": b"a\xed\xa0\x80b",
    "turned round": "a\u202eb".encode(),
    "endless": b"x" * 100_000,
}
# So many of them that what is sent together is not refused as too much.
MOST_ENDLESS = 5
READY = "/readyz"
READ = (
    "q", "plan", "as_of", "known_at", "since", "search", "ordering", "page", "lang", "code", "status", "priority",
    "agency", "term", "app_label", "model_name", "field_name", "e", "o", "p", "id", "pk__in", "role", "next", "seen",
    "period", "show", "row", "commitment", "corrects", "entry", "target", "_to_field", "_changelist_filters",
)  # fmt: skip
TYPED = (
    "username", "title", "reason", "note", "progress", "password", "action", "_selected_action", "code", "value",
    "entry", "decision", "query", "day", "plan", "effective_on", "header_row", "language", "next", "seen", "email",
    "authority", "holder", "confidence", "looked", "sheet", "2-value", "2-target", "2-leave", "restore", "c0",
)  # fmt: skip
# Texts that are refused before it is asked who sends them are sent by those who reach the least and the most.
SENDERS = dict.fromkeys(HOSTILE, (None, Role.ADMIN)) | {"endless": (None, *Role)}
CASES = [(kind, role) for kind, roles_of in SENDERS.items() for role in roles_of]


@pytest.fixture
def walked(settings: LazySettings, tmp_path: Path) -> list[Route]:
    settings.MEDIA_ROOT = tmp_path
    make_side(make_plan(), "OURS")
    return routes()


def client_of(role: Role | None) -> Client:
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(make_user(role))
    return client


def addresses(route: Route, value: str, rows: dict[str, list[str]]) -> Iterator[str]:
    """With the value in the place of each parameter in turn, the others naming something."""
    for hostile in route.parameters:
        yield route.address(lambda name, at=hostile: value if name == at else known(route, name, rows)[0])  # type: ignore[misc]


@pytest.mark.parametrize(("kind", "role"), CASES)
def test_nothing_that_is_sent_is_our_fault(kind: str, role: Role | None, walked: list[Route]) -> None:
    value, client, rows = quote(HOSTILE[kind]), client_of(role), keys()
    read, typed = (READ[:1], TYPED[:MOST_ENDLESS]) if kind == "endless" else (READ, TYPED)
    query, form = "&".join(f"{name}={value}" for name in read), "&".join(f"{name}={value}" for name in typed)
    failed = []
    for route in (each for each in walked if each.template != READY):
        address = route.address(lambda name, of=route: known(of, name, rows)[0])  # type: ignore[misc]
        answers = [client.get(each) for each in addresses(route, value, rows)]
        answers.append(client.get(f"{address}?{query}"))
        answers.append(client.post(address, form, content_type="application/x-www-form-urlencoded"))
        failed += [
            f"{answer.status_code} {route.template}" for answer in answers if answer.status_code >= 500
        ]
    assert failed == []
