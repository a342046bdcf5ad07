"""Readers of the environment, each with a one-line message for a faulty value."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = ("postgres", "postgresql")
CONNECT_SECONDS = 5
MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


def required(name: str, hint: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def listed(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def count(name: str, default: int = 0) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is not a number. Write 0 or more, or leave it unset: {default}.")
    return int(value)


def database(name: str) -> dict[str, Any]:
    hint = "Write for example postgresql://tracker_app:password@db.example:5432/tracker"
    url = urlsplit(required(name, hint))
    if url.scheme not in DATABASE_SCHEMES or not url.path.strip("/"):
        raise ImproperlyConfigured(f"{name} is not the address of a PostgreSQL database. {hint}")
    return {
        "ENGINE": "tracker.database",
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": _port(name, url) or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Statements that ask for it are prepared at once (`commitments.rollups.sql.run`); no others ever
        # are.
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS}
        | dict(parse_qsl(url.query))
        | {"options": _server_options(url), "prepare_threshold": 0},
    }


def _server_options(url: SplitResult) -> str:
    """Return the server's limits for every connection, so that no request waits for ever."""
    # JIT costs more than it gives here. The few prepared statements keep one plan: they are made for few
    # rows.
    limits = {
        "statement_timeout": "60s",
        "lock_timeout": "20s",
        "idle_in_transaction_session_timeout": "60s",
        "jit": "off",
        "plan_cache_mode": "force_generic_plan",
    }
    given = dict(parse_qsl(url.query)).get("options", "")
    return " ".join([*(f"-c {name}={value}" for name, value in limits.items()), given]).strip()


def mail(name: str) -> Mapping[str, Any]:
    hint = "Write for example smtp+tls://user:password@mail.example:587"
    url = urlsplit(required(name, hint))
    if url.scheme not in MAIL_PORTS or not url.hostname:
        raise ImproperlyConfigured(f"{name} is not the address of a mail server. {hint}")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": _port(name, url) or MAIL_PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


def site(name: str) -> str:
    hint = "Write the address people use, for example https://commitments.example.gov.cn"
    value = required(name, hint).rstrip("/")
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
        raise ImproperlyConfigured(f"{name} is not an address. {hint}")
    return value


def demo_clock(name: str) -> tuple[datetime, datetime] | None:
    """Read `START@ANCHOR`: at the real instant ANCHOR the clock showed START, and has run on since."""
    value = os.environ.get(name, "")
    if not value:
        return None
    try:
        start, anchor = (_instant(part) for part in value.split("@"))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is not START@ANCHOR. Write two times with their offsets, for example "
            "2023-09-28T09:00:00+08:00@2026-01-05T01:00:00+00:00, or leave it unset in production."
        ) from error
    return start, anchor


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a time without an offset")
    return instant


def _port(name: str, url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: the port is not a number from 1 to 65535.") from error
