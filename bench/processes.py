"""The service's own processes, started beside a test, a drill or a measurement, on its database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection

from tracker.celery import app

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 30.0
WORKER = (
    *("-m", "celery", "-A", "tracker", "worker", "--concurrency", "2"),
    *("--loglevel", "ERROR", "--without-gossip", "--without-mingle"),
)


def environment() -> dict[str, str]:
    """Return the caller's environment, with the database of the caller's connection."""
    database = connection.settings_dict
    login = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    url = f"postgresql://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"}


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, so that it can be killed with its children."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for_worker() -> None:
    for _ in range(60):
        if app.control.ping(timeout=0.5, limit=1):
            return
    raise TimeoutError("the worker does not answer")


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        kill(process)


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = start(*arguments)
    try:
        yield process
    finally:
        stop(process)


def broker_pid() -> int:
    with app.connection_for_write() as link:
        channel: Any = link.default_channel
        pid: int = channel.client.info()["process_id"]
    return pid


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    """Freeze a process, so that it neither answers nor closes its connections."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def seconds_until(condition: Callable[[], object]) -> float:
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > PATIENCE_SECONDS:
            raise TimeoutError("waited in vain")
        time.sleep(0.01)
    return time.monotonic() - began


def wait_until_drained() -> float:
    """Return the seconds until no stale mark is left, asked on a connection of its own."""
    began = time.monotonic()
    with psycopg.connect(environment()["DATABASE_URL"], autocommit=True) as link:
        while link.execute("SELECT EXISTS (SELECT FROM commitments_stalemark)").fetchone() != (False,):
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise TimeoutError("stale marks are left")
            time.sleep(0.005)
    return time.monotonic() - began
