"""The shipped proxy: real nginx, real TLS, the real web processes behind it."""

import json
import re
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from tests.web.clients import HOST, connect, crowd, habits
from tests.web.conftest import served
from tests.web.proxy import DEPLOY, NAME, NEEDS_NGINX, Proxy, proxied
from tests.web.test_server import LARGE
from tracker.server import PATIENCE

pytestmark = [NEEDS_NGINX, pytest.mark.django_db]
PLANS = "/api/v1/plans/"
HSTS = "max-age=31536000; includeSubDomains; preload"


@pytest.fixture(scope="module")
def proxy(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with behind_proxy(tmp_path_factory.mktemp("proxied"), reads="0") as running:
        yield running


@contextmanager
def behind_proxy(folder: Path, *, reads: str) -> Iterator[Proxy]:
    with (
        served(
            folder,
            SITE_URL=f"https://{NAME}",
            ALLOWED_HOSTS=f"{NAME},127.0.0.1",
            PROXIES="1",
            ANONYMOUS_READS_PER_MINUTE=reads,
        ) as site,
        proxied(folder, site.port, Path(settings.STATIC_ROOT)) as running,
    ):
        yield running


def test_nothing_is_set_for_other_sites_of_the_machine() -> None:
    """nginx refuses a setting that its main file has already."""
    set_for_all = set(re.findall(r"^\w+", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE))
    assert set_for_all == {"map", "limit_req_zone", "limit_conn_zone", "upstream", "server"}


def test_clients_with_bad_habits_hold_up_nobody(proxy: Proxy) -> None:
    with ExitStack() as stack:
        for number, habit in enumerate(habits(LARGE, NAME).values()):
            stack.enter_context(crowd(partial(proxy.connect, f"127.0.1.{number}"), habit, 30))
        assert proxy.ask("/healthz").status == 200
        assert proxy.ask(PLANS).status == 200


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    with connect(proxy.plain) as link:
        link.sendall(f"GET /method/?plan=x HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        said = link.recv(65536).decode()
    assert said.startswith("HTTP/1.1 301 ")
    assert f"Location: https://{NAME}/method/?plan=x\r\n" in said


def test_another_name_is_not_answered(proxy: Proxy) -> None:
    with connect(proxy.plain) as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            link.recv(65536)
    with pytest.raises(ssl.SSLError, match="(?i)unrecognized.name"):
        connect(proxy.secure, trust=ssl.create_default_context(), name="evil.example")


@pytest.mark.parametrize(
    ("version", "spoken"),
    [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_only_tls_of_today_is_spoken(proxy: Proxy, version: ssl.TLSVersion, spoken: bool) -> None:
    trust = ssl.create_default_context(cafile=proxy.folder / "fullchain.pem")
    trust.set_ciphers("DEFAULT:@SECLEVEL=0")
    trust.minimum_version = trust.maximum_version = version
    try:
        connect(proxy.secure, trust=trust, name=NAME).close()
    except ssl.SSLError:
        assert not spoken
    else:
        assert spoken


def test_the_service_is_told_the_name_and_that_it_is_https(proxy: Proxy) -> None:
    answer = proxy.ask("/api/v1/")
    assert f"https://{NAME}/api/v1/plans/" in answer.body.decode()


def test_headers_for_safety_come_once(proxy: Proxy) -> None:
    for path in ("/method/", "/static/dashboard/icon.svg"):
        headers = proxy.ask(path).headers
        assert headers.get_all("Strict-Transport-Security") == [HSTS]
        assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert headers["Server"] == "nginx"


def test_static_files_are_served_compressed_and_may_be_kept(proxy: Proxy) -> None:
    answer = proxy.ask(LARGE, Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("application/javascript")


def test_who_reads_too_much_is_told_to_wait_and_others_are_not(proxy: Proxy) -> None:
    greedy = "127.0.2.1"
    api, before = proxy.ask_until_refused(PLANS, of=greedy, Accept_Language="en")
    assert before == {200}
    page, _before = proxy.ask_until_refused("/method/", of=greedy, Accept_Language="en")
    assert api.headers["Retry-After"] == page.headers["Retry-After"] == "20"
    assert api.headers["Content-Type"] == "application/problem+json"
    assert json.loads(api.body)["title"] == "Too many requests"
    assert "<h1>Too many requests</h1>" in page.body.decode()
    assert proxy.ask(PLANS, of="127.0.2.2").status == 200


def test_probes_and_static_files_are_not_counted(proxy: Proxy) -> None:
    greedy = "127.0.2.3"
    proxy.ask_until_refused(PLANS, of=greedy)
    for path in ("/healthz", "/static/dashboard/icon.svg"):
        assert {proxy.ask(path, of=greedy).status for _ in range(50)} == {200}


def test_a_made_up_session_has_a_limit_too(proxy: Proxy) -> None:
    _refused, before = proxy.ask_until_refused(PLANS, of="127.0.2.4", Cookie="sessionid=x")
    assert before == {200}


def test_signing_in_again_and_again_is_slowed(proxy: Proxy) -> None:
    _refused, before = proxy.ask_until_refused("/admin/login/", "POST", of="127.0.2.5")
    assert before == {403}


def test_an_address_that_a_client_claims_is_not_believed(django_db_setup: None, tmp_path: Path) -> None:
    with behind_proxy(tmp_path, reads="20") as proxy:
        claimed = [proxy.ask(PLANS, of="127.0.3.1", X_Forwarded_For=f"192.0.2.{n}").status for n in range(60)]
        assert set(claimed) == {200, 429}
        assert proxy.ask(PLANS, of="127.0.3.2").status == 200


def test_evidence_of_several_megabytes_arrives(proxy: Proxy) -> None:
    answer = proxy.ask("/admin/log/", "POST", b"x" * 30_000_000, Content_Type="application/octet-stream")
    assert answer.status == 403  # Django has it, and misses a token


@pytest.mark.parametrize(("path", "size"), [("/admin/log/", 200_000_000), (PLANS, 2_000_000)])
def test_what_is_too_large_is_refused(proxy: Proxy, path: str, size: int) -> None:
    with proxy.connect() as link:
        link.sendall(f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {size}\r\n\r\n".encode())
        assert link.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_an_idle_connection_to_the_service_is_given_up_before_the_service_ends_it(tmp_path: Path) -> None:
    """A form sent at the moment when the service ends it would be lost."""
    with (
        socket.create_server((HOST, 0)) as service,
        proxied(tmp_path, service.getsockname()[1], tmp_path) as proxy,
        ThreadPoolExecutor(1) as reader,
    ):
        service.settimeout(PATIENCE)
        answer = reader.submit(proxy.ask, "/healthz")
        link, _address = service.accept()
        with link:
            link.recv(65536)
            link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            assert answer.result().status == 200
            link.settimeout(PATIENCE)
            assert link.recv(1) == b""


def test_an_interruption_is_told_in_plain_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with proxied(tmp_path, port, tmp_path) as proxy:
        page, api = proxy.ask("/method/"), proxy.ask(PLANS)
    assert page.status == api.status == 503
    assert page.headers["Retry-After"] == api.headers["Retry-After"] == "10"
    assert "<h1>服务暂时中断</h1>" in page.body.decode()
    assert json.loads(api.body)["title"] == "服务暂时中断"
