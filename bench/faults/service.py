"""The web service itself, on the caller's database, as a browser, a program or an attacker meets it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench import processes
from tracker.local.ports import HOST, free_port

# The limit of reads is off, since it is not under test here.
SETTINGS = {"ANONYMOUS_READS_PER_MINUTE": "0", "LOG_LEVEL": "ERROR"}


class Service(NamedTuple):
    port: int
    log: Path

    @property
    def site(self) -> str:
        return f"http://{HOST}:{self.port}"


@contextmanager
def running() -> Iterator[Service]:
    with TemporaryDirectory() as folder:
        service = Service(free_port(), Path(folder) / "web.log")
        with service.log.open("wb") as log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "tracker.wsgi",
                    "--bind",
                    f"{HOST}:{service.port}",
                    *ARGUMENTS,
                ],
                cwd=processes.ROOT,
                env=processes.environment() | SETTINGS | {"MEDIA_ROOT": folder},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_for(service, process)
            yield service
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=processes.PATIENCE_SECONDS)


ARGUMENTS = (
    *("--worker-class", "tracker.server.BufferingWorker", "--workers", "2", "--threads", "4"),
    *("--no-control-socket", "--graceful-timeout", "3"),
)


def _wait_for(service: Service, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 2 * processes.PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(HTTPConnection(HOST, service.port, timeout=5)) as link:
                link.request("GET", "/healthz")
                if link.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"the service does not answer: {service.log.read_text()[-2000:]}")
