"""The web processes as `make run` starts them, on the tests' database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from bench import processes
from tests.web.clients import ServedSite
from tracker.local.paths import DataDir
from tracker.local.ports import free_port
from tracker.local.programs import Program, start, stop
from tracker.local.readiness import wait_until_ready
from tracker.local.services import Ports, application_programs

SETTINGS = ("DATABASE_URL", "CELERY_BROKER_URL", "EMAIL_URL", "SECRET_KEY", "LOG_LEVEL")


def web_program(folder: Path, port: int, **more: str) -> Program:
    (folder / "logs").mkdir(exist_ok=True)
    env = {name: processes.environment()[name] for name in SETTINGS}
    env |= {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "STATIC_ROOT": settings.STATIC_ROOT,
        "MEDIA_ROOT": str(folder / "media"),
    }
    programs = application_programs(DataDir(folder), env | more, Ports(web=port, viewer=0, smtp=0))
    return next(program for program in programs if program.name == "web")


@contextmanager
def served(folder: Path, **more: str) -> Iterator[ServedSite]:
    port = free_port()
    program = web_program(folder, port, **more)
    child = start(program)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", time.sleep)
        yield ServedSite(port, child.pid, program.log)
    finally:
        stop(program, child)


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    with served(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def site_to_end(django_db_setup: None, tmp_path: Path) -> Iterator[ServedSite]:
    with served(tmp_path) as running:
        yield running
