from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker import env


def setting(monkeypatch: pytest.MonkeyPatch, value: str) -> str:
    monkeypatch.setenv("NAME", value)
    return "NAME"


def test_a_missing_variable_is_named_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAME", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"NAME is not set\. Make one"):
        env.required("NAME", "Make one.")


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.listed(setting(monkeypatch, "a.cn, b.cn,")) == ["a.cn", "b.cn"]


def test_a_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    found = env.database(setting(monkeypatch, "postgresql://app:p%40ss@db.cn:5433/tracker?sslmode=require"))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "app",
        "p@ss",
        "db.cn",
        5433,
        "tracker",
    )
    assert found["OPTIONS"]["sslmode"] == "require"


def test_every_connection_has_time_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    options = env.database(setting(monkeypatch, "postgres://db/tracker"))["OPTIONS"]["options"]
    assert "statement_timeout" in options
    assert "lock_timeout" in options


@pytest.mark.parametrize("url", ["mysql://db/tracker", "postgresql://db", "postgresql://db:port/tracker"])
def test_what_is_no_database_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="NAME"):
        env.database(setting(monkeypatch, url))


@pytest.mark.parametrize(
    ("url", "ssl", "tls", "port"),
    [
        ("smtp://mail.cn", False, False, 25),
        ("smtps://mail.cn", True, False, 465),
        ("smtp+tls://u:p@mail.cn:587", False, True, 587),
    ],
)
def test_a_mail_address_says_how_to_connect(
    monkeypatch: pytest.MonkeyPatch, url: str, ssl: bool, tls: bool, port: int
) -> None:
    found = env.mail(setting(monkeypatch, url))
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"], found["EMAIL_PORT"]) == (ssl, tls, port)


@pytest.mark.parametrize("url", ["http://mail.cn", "smtp://"])
def test_what_is_no_mail_server_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="smtp"):
        env.mail(setting(monkeypatch, url))


@pytest.mark.parametrize("url", ["commitments.gov.cn", "ftp://x.cn", "https://"])
def test_what_is_no_site_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="address"):
        env.site(setting(monkeypatch, url))


def test_a_site_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.site(setting(monkeypatch, "https://x.cn/")) == "https://x.cn"


def test_without_a_demo_clock_time_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.demo_clock(setting(monkeypatch, "")) is None


def test_a_demo_clock_has_a_start_and_an_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    found = env.demo_clock(setting(monkeypatch, "2023-09-28T09:00:00+08:00@2026-01-05T01:00:00+00:00"))
    assert found == (datetime(2023, 9, 28, 1, tzinfo=UTC), datetime(2026, 1, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize("value", ["today", "2023-09-28", "2023-09-28T09:00:00@2026-01-05T01:00:00"])
def test_what_is_no_demo_clock_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="START@ANCHOR"):
        env.demo_clock(setting(monkeypatch, value))


def test_a_count_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.count(setting(monkeypatch, "2")) == 2
    with pytest.raises(ImproperlyConfigured, match="NAME is not a number"):
        env.count(setting(monkeypatch, "one"))
