import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tracker.local.paths import CHECKOUT
from tracker.local.ports import free_port
from tracker.local.postgres_place import forget
from tracker.local.valkey import forget_socket

READY = "Ctrl-C stops everything"


class SmallLauncher:
    """A process of tests/local/small_launcher.py with its output."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.output = data.parent / f"output-{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process, "not started"
        return self._process

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, *command: str) -> "SmallLauncher":
        env = {**os.environ, "DATA_DIR": str(self.data), "PORT": str(self.port)}
        env["DATABASE_URL"] = "postgresql://somebody.else/s"
        argv = [sys.executable, "-m", "tests.local.small_launcher", *(command or ("run",))]
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(argv, cwd=CHECKOUT, env=env, stdout=output, stderr=output)
        return self

    def start_and_wait(self) -> "SmallLauncher":
        self.start()
        wait_for(lambda: READY in self.said() or not self.is_running, 90)
        assert READY in self.said(), self.said()
        return self

    def run(self, *command: str) -> tuple[int, str]:
        self.start(*command)
        return self.process.wait(90), self.said()

    def said(self) -> str:
        return self.output.read_text()

    def demo_password(self) -> str:
        (found,) = re.findall(r"all with the password  (\S+)", self.said())
        return str(found)

    def family(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def named(self, part: str) -> psutil.Process | None:
        return next((p for p in self.family() if part in command_line(p)), None)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[SmallLauncher]:
    made = SmallLauncher(tmp_path / "data")
    yield made
    if made.is_running:
        made.interrupt()
    forget(made.data / "postgres")
    forget_socket(made.data / "valkey")


def command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(_lives(process) for process in processes)


def _lives(process: psutil.Process) -> bool:
    """Tell whether a process lives; it may end between two questions about it."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
