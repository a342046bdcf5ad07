"""The settings as an operator meets them: in a process of their own, with an environment of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgresql://tracker_app:secret@db.example/tracker",
    "CELERY_BROKER_URL": "redis://broker.example:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "SECRET_KEY": "m4Yb-9x_Qe7TzV2kLw8HnRs5JdUf3GcXpAi6OoEt1BvNyKqZ0hWrSaDjMlPuCgFb",
    "ALLOWED_HOSTS": "commitments.example.gov.cn",
    "SITE_URL": "https://commitments.example.gov.cn",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_settings_pass_djangos_deployment_check() -> None:
    found = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert found.returncode == 0, found.stderr


def test_a_missing_variable_stops_the_start_and_is_named() -> None:
    for name in PRODUCTION.keys() - {"ALLOWED_HOSTS"}:
        found = manage("check", **{key: value for key, value in PRODUCTION.items() if key != name})
        assert found.returncode != 0
        assert f"{name} is not set." in found.stderr


def test_the_doctor_says_what_is_wrong_and_exits_with_1() -> None:
    nothing = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp://127.0.0.1:1",
    }
    found = manage("doctor", **PRODUCTION | nothing)
    assert found.returncode == 1
    assert found.stdout.count("✗") == 11


@pytest.fixture
def _private() -> Iterator[None]:
    """As the services run: nobody else may read what they write."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_private")
def test_the_proxy_may_read_static_files(tmp_path: Path) -> None:
    root = tmp_path / "static"
    made = manage("collectstatic", "--noinput", **PRODUCTION | {"STATIC_ROOT": str(root)})
    assert made.returncode == 0, made.stderr
    closed = [path for path in root.rglob("*") if path.stat().st_mode & 0o044 != 0o044]
    assert closed == []


COOKIES = ("SESSION", "CSRF", "LANGUAGE", "KNOWN_BROWSER")


def test_over_https_cookies_are_of_this_host_alone() -> None:
    said = manage("diffsettings", "--all", **PRODUCTION).stdout
    assert not [name for name in COOKIES if f"{name}_COOKIE_NAME = '__Host-" not in said]
    assert "SESSION_COOKIE_SECURE = True" in said


def test_over_http_they_have_names_that_a_browser_takes() -> None:
    assert (
        "__Host-" not in manage("diffsettings", **PRODUCTION | {"SITE_URL": "http://127.0.0.1:8000"}).stdout
    )
