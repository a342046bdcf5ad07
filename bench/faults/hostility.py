"""Hostile requests to the running service, some at once, and a count of those without a proper answer."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench.faults import fuzz, pages, service
from bench.faults.fuzz import TOKEN, HostileRequest
from bench.faults.outcome import DrillOutcome
from bench.faults.routes import keys, routes
from bench.processes import ROOT
from commitments.domain.enums import Role
from commitments.models import Agency, User
from tests.factories import make_agency
from tracker.local.ports import HOST

PLAN = Path(ROOT) / "fixtures" / "610302-2023"
AT_ONCE = 6
# Sessions end when a request signs out, which hostile requests do.
BETWEEN_SIGN_INS = 200
PATIENCE_SECONDS = 60
# The service ends connections that are idle for 10 seconds; a closed one is opened anew.
IDLE_SECONDS = 5
NO_ANSWER = 0
# Its 503 is true, since no sweeper runs here.
READY = "/readyz"

Cookies = dict[Role | None, str]


def hostility(*, small: bool, seed: int) -> DrillOutcome:
    number = 600 if small else 24_000
    _load()
    rows, found = keys(), routes()
    browser = _browser()
    targets = fuzz.targets(lambda address: pages.names_and_forms(browser, address), found, rows)
    with service.running() as web:
        answered = Counter(_all(web, fuzz.requests(targets, rows, seed=seed, number=number)))
        if any(map(_is_fault, answered)):
            print(web.log.read_text(errors="replace"))
    faults = sum(count for status, count in answered.items() if _is_fault(status))
    told = ", ".join(f"{count} × {status}" for status, count in sorted(answered.items()))
    return DrillOutcome(
        f"hostile requests to each of {len(found)} routes",
        seed,
        f"{answered.total()} requests in {len(fuzz.ROLES)} roles",
        "each is answered, and none with 5xx",
        f"{faults} × 5xx or no answer ({told})",
        holds=not faults,
    )


def _is_fault(status: int) -> bool:
    return status == NO_ANSWER or status >= 500


def _load() -> None:
    call_command("seed_plan", str(PLAN), "--publish", verbosity=0)
    call_command("load_demo", f"{PLAN}-demo", verbosity=0)


def _browser() -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(_user(Role.ADMIN))
    return browser


def _all(web: service.Service, requests: Iterator[HostileRequest]) -> Iterator[int]:
    own = threading.local()

    def begin() -> None:
        own.asker = askers.enter_context(closing(Asker(web)))

    def send(request: HostileRequest, cookies: Cookies) -> int:
        status: int = own.asker.status(request, cookies.get(request.role, ""))
        if _is_fault(status):
            print(f"{status} for {request}")
        return status

    with ExitStack() as askers, ThreadPoolExecutor(AT_ONCE, initializer=begin) as pool:
        while some := list(islice(requests, BETWEEN_SIGN_INS)):
            cookies = _cookies()
            yield from pool.map(lambda request: send(request, cookies), some)  # noqa: B023 - done before the next
    connection.close()


def _cookies() -> Cookies:
    found: Cookies = {None: f"csrftoken={TOKEN}"}
    for role in Role:
        browser = Client()
        browser.force_login(_user(role))
        found[role] = f"sessionid={browser.cookies['sessionid'].value}; csrftoken={TOKEN}"
    return found


def _user(role: Role) -> User:
    """Return an account of the role; a hostile form may have changed or deleted the earlier one."""
    agency = Agency.objects.first() or make_agency()
    given = {"role": role, "agency": agency, "is_staff": True, "is_active": True, "language": "zh-hans"}
    return User.objects.update_or_create(username=f"hostile-{role}", defaults=given)[0]


class Asker:
    """A client that asks over a connection that stays, as a browser does."""

    def __init__(self, web: service.Service) -> None:
        self._link = HTTPConnection(HOST, web.port, timeout=PATIENCE_SECONDS)
        self._asked_at = time.monotonic()

    def close(self) -> None:
        self._link.close()

    def status(self, request: HostileRequest, cookie: str) -> int:
        """Return the answer's status, or NO_ANSWER."""
        if time.monotonic() > self._asked_at + IDLE_SECONDS:
            self._link.close()
        try:
            return _answer(self._link, request, cookie)
        except (OSError, HTTPException):
            # Not asked again: another process would answer, and hide that one has died of the request.
            self._link.close()
            return NO_ANSWER
        finally:
            self._asked_at = time.monotonic()


def _answer(link: HTTPConnection, request: HostileRequest, cookie: str) -> int:
    headers = {"Host": f"{HOST}:{link.port}", "X-CSRFToken": TOKEN, **request.headers}
    headers["Cookie"] = "; ".join(filter(None, [request.headers.get("Cookie", ""), cookie]))
    link.putrequest(request.method, request.address, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        link.putheader(name, value.encode("iso-8859-1"))
    if request.body or request.method == "POST":
        link.putheader("Content-Length", str(len(request.body)))
    link.endheaders(request.body or None)
    answer = link.getresponse()
    answer.read()
    if answer.status == 503 and request.address.startswith(READY):
        return 200
    return answer.status
