"""A short slice of the requests that `make drill` sends to the running service by the ten thousand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from django.conf import LazySettings
from django.test import Client

from bench.faults import fuzz, hostility, pages
from bench.faults.fuzz import HostileRequest
from bench.faults.hostility import NO_ANSWER, Asker
from bench.faults.routes import keys, routes
from bench.faults.service import Service
from commitments.domain.enums import Role
from commitments.request_checks.wsgi import Request
from tests.admin.rows import make_side
from tests.factories import make_plan, make_user
from tracker.local.ports import HOST

SEED, NUMBER = 2023, 500
# One of each kind of page stands for the others here.
EVERY = 4
READY = "/readyz"


# Each request is a transaction of its own, as in the service: one that fails harms no other.
@pytest.mark.django_db(transaction=True)
def test_hostile_requests_are_answered_without_a_fault(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Django's client makes requests of Django's own class, which fails over an encoding such as “hex”.
    monkeypatch.setattr("django.test.client.WSGIRequest", Request)
    settings.MEDIA_ROOT, settings.ALLOWED_HOSTS = tmp_path, ["127.0.0.1", "testserver"]
    make_side(make_plan(), "OURS")
    rows, found = keys(), [route for route in routes() if route.template != READY][::EVERY]
    browsers = {role: browser_of(role) for role in fuzz.ROLES}
    browser = browsers[Role.ADMIN]
    targets = fuzz.targets(lambda address: pages.names_and_forms(browser, address), found, rows)
    asked = fuzz.requests(targets, rows, seed=SEED, number=NUMBER)
    assert [str(request) for request in asked if status(browsers[request.role], request) >= 500] == []


def browser_of(role: Role | None) -> Client:
    browser = Client(raise_request_exception=False)
    if role:
        browser.force_login(make_user(role))
    return browser


def status(browser: Client, request: HostileRequest) -> int:
    headers = dict(request.headers)
    kind = headers.pop("Content-Type", "application/octet-stream")
    answer = browser.generic(request.method, request.address, request.body, kind, headers=headers)
    answer.close()
    return answer.status_code


def test_the_same_seed_makes_the_same_requests() -> None:
    targets = [fuzz.FuzzTarget(route, ["q"], []) for route in routes()]
    first, second = (list(fuzz.requests(targets, ROWS, seed=1, number=50)) for _ in range(2))
    assert first == second


class Failing(BaseHTTPRequestHandler):
    """Ends each connection without a word: the first before it has answered, the others after."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.close_connection = True
        if self.asked:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
        self.asked.append(self.path)


@pytest.fixture
def asker() -> Iterator[Asker]:
    Failing.asked = []
    with ThreadingHTTPServer((HOST, 0), Failing) as server, ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        with closing(Asker(Service(server.server_port, Path()))) as found:
            yield found
        server.shutdown()


GET = HostileRequest(None, "GET", "/", {}, b"")


def test_a_request_without_an_answer_counts_though_the_next_one_has_one(asker: Asker) -> None:
    assert [asker.status(GET, "") for _ in range(2)] == [NO_ANSWER, 200]


def test_a_connection_that_was_idle_is_opened_anew(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostility, "IDLE_SECONDS", 0)
    assert [asker.status(GET, "") for _ in range(3)] == [NO_ANSWER, 200, 200]


ROWS = {
    "commitments.commitment": ["1"],
    "commitments.progressentry": ["1"],
    "commitments.importjob": [],
    "commitments.target": [],
}
