"""A pytest plugin: a PostgreSQL and a Valkey of the tests' own, removed at the end.

The option `-p tests.servers` loads it, since Django's settings are read before any conftest.py. Several
workers share the PostgreSQL, and each has a Valkey of its own. TEST_USE_ENV=1 makes the tests use the
DATABASE_URL and CELERY_BROKER_URL of the environment instead.
"""

import atexit
import contextlib
import fcntl
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.local.accounts import account_for_postgres, give
from tracker.local.errors import LaunchError
from tracker.local.postgres import SUPERUSER, make_cluster, start_cluster
from tracker.local.postgres_binaries import candidates, find_binaries
from tracker.local.postgres_place import Place, place_in
from tracker.local.programs import stop
from tracker.local.valkey import start_broker

PREFIX = "tracker-tests-"
# No data here must survive a crash of the machine.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "SECRET_KEY": "only-for-tests-" + secrets.token_hex(20),
    "ALLOWED_HOSTS": "*",
    "SITE_URL": "http://testserver",
    # Tests and measurements ask for more in a minute than anybody else.
    "ANONYMOUS_READS_PER_MINUTE": "0",
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the servers earlier than pytest-django, which reads the settings in this hook."""
    try:
        _start()
    except LaunchError as error:
        pytest.exit(f"The tests' own servers do not start: {error}", returncode=3)
    return (yield)


def _start() -> None:
    # Programs are started hundreds of times: each would compile our modules anew.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = _own_folder()
        os.environ["CELERY_BROKER_URL"] = _start_valkey(folder)
    else:
        os.environ.update(SETTINGS)
        own = os.environ.get("TEST_USE_ENV") != "1"
        folder = start_servers(durable=False) if own else _own_folder()
        os.environ["STATIC_ROOT"] = str(folder / "static")
    os.environ["MEDIA_ROOT"] = str(folder / "media")


def _at_exit(function: Callable[..., object], *arguments: object) -> None:
    """Not in the processes that tests fork."""
    owner = os.getpid()
    atexit.register(lambda: function(*arguments) if os.getpid() == owner else None)


def start_servers(*, durable: bool) -> Path:
    """Start the servers, put their addresses into the environment, and return their folder.

    `durable` syncs to disk, as measurements need it. The folder goes when the servers go.
    """
    folder = _own_folder()
    os.environ["DATABASE_URL"] = _start_postgres(folder, durable=durable)
    os.environ["CELERY_BROKER_URL"] = _start_valkey(folder)
    return folder


def _own_folder() -> Path:
    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    _at_exit(remove, folder)
    # Held as long as this process lives: tells the folder from one that a killed run left behind.
    lock = (folder / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    _at_exit(lock.close)
    return folder


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), (folder / "lock").open("r+") as lock:
            if folder.stat().st_uid == os.geteuid():
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder)


def _start_postgres(folder: Path, *, durable: bool) -> str:
    place, log, password = place_for_tests(folder), folder / "postgres.log", secrets.token_urlsafe(18)
    make_cluster(place, password, log, sync=False)
    cluster = start_cluster(place, log, time.sleep, **({} if durable else FAST))
    _at_exit(stop, cluster.program, cluster.child)
    return cluster.url(SUPERUSER, password, SUPERUSER)


def place_for_tests(folder: Path) -> Place:
    account, binaries = account_for_postgres(), find_binaries(candidates())
    if account is None:
        return Place(binaries, folder / "postgres")
    # Enough to pass through to the home inside; the folder is ours and new.
    folder.chmod(0o711)
    home = folder / "home"
    home.mkdir(mode=0o700)
    give(home, account)
    return place_in(home, binaries, account)


def _start_valkey(folder: Path) -> str:
    data = folder / "valkey"
    data.mkdir(mode=0o700)
    broker = start_broker(data, folder / "valkey.log", time.sleep, keeps=False)
    _at_exit(stop, broker.program, broker.child)
    return broker.url
