from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from tracker import health
from tracker.proxies import UnknownProxyMiddleware, client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (2, "10.1.1.1, 10.0.0.2", "10.1.1.1"),
        (1, "", "127.0.0.1"),
        (1, "203.0.113.7:50123", "203.0.113.7"),
        (1, "[2001:db8::7]:50123", "2001:db8::7"),
        (1, "[2001:DB8::7]", "2001:db8::7"),
        (1, "fe80::7%ethernet0", "fe80::7"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "unknown", "unknown"),
        (1, f"[{'x' * 60}", f"[{'x' * 44}"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, forwarded: str, address: str, settings: Any) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address


def ask(path: str = "/admin/login/", *, address: str = "10.0.0.1", **headers: str) -> None:
    """Send a request with the headers of a proxy, ours or a stranger's."""
    request = RequestFactory().get(path, headers=headers, REMOTE_ADDR=address)
    UnknownProxyMiddleware(lambda _request: HttpResponse())(request)


FORWARDED = {"X-Forwarded-For": "203.0.113.7"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "::1", "", "localhost"])
def test_the_doctor_warns_of_a_proxy_that_the_settings_do_not_know(address: str, settings: Any) -> None:
    ask(address=address, **FORWARDED)
    with override("en"):
        assert "PROXIES is 0" in health.proxies().words
    settings.PROXIES = 1
    assert health.proxies().ok


@pytest.mark.django_db
def test_a_header_that_a_stranger_on_the_internet_made_up_is_no_proxy() -> None:
    ask(address="8.8.8.8", **FORWARDED)
    assert health.proxies().ok


@pytest.mark.django_db
def test_without_the_header_there_is_none() -> None:
    ask()
    assert health.proxies().ok


def test_that_the_process_lives_is_said_without_the_database() -> None:
    ask("/healthz", **FORWARDED)
