"""The real server under real clients that do not finish their requests."""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import Any

import psutil
import pytest
from django.db import connection, transaction

from tests.local.conftest import all_gone, wait_for
from tests.web.clients import HOST, PATIENCE_SECONDS, Habit, ServedSite, connect, crowd, habits
from tracker import server

pytestmark = pytest.mark.django_db
# A file of the API's pages: more than a megabyte, served to anybody.
LARGE = "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js"
HALF_A_HEADER = Habit(b"GET /healthz HTTP/1.1\r\n")


def test_clients_with_bad_habits_are_let_go_and_hold_up_nobody(site: ServedSite) -> None:
    with ExitStack() as stack:
        crowds = [stack.enter_context(crowd(site.connect, habit, 40)) for habit in habits(LARGE).values()]
        assert site.ask("/api/v1/plans/").status == 200
        wait_for(lambda: site.ask("/healthz").status == 200 and not any(one.sockets for one in crowds), 60)


def test_more_bad_clients_than_there_is_room_for_hold_up_nobody(site: ServedSite) -> None:
    with crowd(site.connect, HALF_A_HEADER, 2 * server.CONNECTIONS + 200):
        assert site.ask("/healthz").status == 200
        assert site.ask("/api/v1/plans/").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second loopback address")
def test_the_address_that_takes_most_places_loses_its_own(site: ServedSite) -> None:
    modest = HTTPConnection(HOST, site.port, timeout=PATIENCE_SECONDS)
    with ExitStack() as stack, closing(modest):
        for _ in range(11):
            stack.enter_context(crowd(lambda: connect(site.port, of="127.0.0.2"), HALF_A_HEADER, 200))
            modest.request("GET", "/healthz")
            assert modest.getresponse().read() == b"ok"


def test_requests_sent_ahead_are_not_worked_on(site: ServedSite) -> None:
    with site.connect() as link:
        link.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50)
        said = b"".join(iter(lambda: link.recv(65536), b""))
    assert said.count(b"HTTP/1.1 200 OK") == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_that_lives_says_so_while_every_thread_waits(site: ServedSite) -> None:
    with ThreadPoolExecutor(20) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE commitments_plan")
            waiting = [pool.submit(site.ask, "/api/v1/plans/") for _ in range(20)]
            assert site.ask("/healthz").body == b"ok"
            assert not any(answer.done() for answer in waiting)
        assert {answer.result().status for answer in waiting} == {200}


@pytest.mark.django_db(transaction=True)
def test_only_reading_takes_the_thread_that_says_so(site: ServedSite) -> None:
    """Refuse a form to that address; the log of it looks up the session's user."""
    session = "sessionid=" + "x" * 32
    with ThreadPoolExecutor(20) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE commitments_staffsession")
            waiting = [pool.submit(site.ask, "/healthz", "POST", b"", Cookie=session) for _ in range(20)]
            assert site.ask("/healthz", Cookie=session).body == b"ok"
            assert not any(answer.done() for answer in waiting)
        assert {answer.result().status for answer in waiting} == {403}


def test_a_head_is_answered_without_a_body_and_the_connection_goes_on(site: ServedSite) -> None:
    head = b"HEAD %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with site.connect() as link:
        for path in (LARGE.encode(), b"/healthz"):
            link.sendall(head % path)
            said = link.recv(65536)
            assert said.startswith(b"HTTP/1.1 200 OK")
            assert said.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % 2**40, b"413"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * server.LARGEST_HEAD + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
    ],
)
def test_what_is_too_large_or_no_http_is_refused_without_a_word_in_the_log(
    site: ServedSite, sent: bytes, status: bytes
) -> None:
    before = site.log.read_text()
    with site.connect() as link:
        link.sendall(sent)
        assert link.recv(65536).split(b" ")[1] == status
    assert site.log.read_text() == before


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: %s\r\n\r\n" % (b"a" * 20_000),
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % (b"%0Anothing" * 1_000),
        b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
        (
            b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n"
            b"Content-Type: multipart/form-data; boundary=\xff\xff\r\n\r\nx"
        ),
    ],
    ids=["long host", "wrong host", "long path", "no token", "no form"],
)
def test_a_bad_request_is_one_short_line_in_the_log(site: ServedSite, sent: bytes) -> None:
    before = site.log.read_text()
    with site.connect() as link:
        link.sendall(sent)
        assert link.recv(65536).split(b" ")[1] in (b"400", b"403", b"404", b"414")
    said = site.log.read_text().removeprefix(before)
    # The log of security has a line of its own for some.
    assert len([line for line in said.splitlines() if " security " not in line]) == 1
    assert len(said) < 800


def test_a_form_of_several_megabytes_arrives(site: ServedSite) -> None:
    answer = site.ask("/admin/login/", "POST", b"x" * 30_000_000, Content_Type="application/octet-stream")
    assert answer.status == 403  # no CSRF token: Django has read it


def test_what_was_begun_is_answered_before_it_stops(site_to_end: ServedSite) -> None:
    process = psutil.Process(site_to_end.pid)
    with site_to_end.connect() as link:
        link.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\na")
        wait_for(lambda: any(link.status == "ESTABLISHED" for link in _links(process)))
        process.terminate()
        wait_for(lambda: "Handling signal: term" in site_to_end.log.read_text())
        link.sendall(b"b")
        assert link.recv(65536).startswith(b"HTTP/1.1 403 ")
    wait_for(lambda: all_gone([process]))


def test_its_processes_end_with_the_one_that_started_them(site_to_end: ServedSite) -> None:
    children = psutil.Process(site_to_end.pid).children()
    assert len(children) == 2
    os.kill(site_to_end.pid, signal.SIGKILL)
    wait_for(lambda: all_gone(children))


def _links(process: psutil.Process) -> list[Any]:
    return [link for child in process.children() for link in child.net_connections()]
