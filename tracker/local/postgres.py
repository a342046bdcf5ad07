"""One PostgreSQL cluster that is a child of this process and listens on the loopback interface only."""

import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tracker.local.accounts import give
from tracker.local.errors import LaunchError, failure_of, last_lines
from tracker.local.leftovers import command_of
from tracker.local.ports import HOST, free_port
from tracker.local.postgres_place import Place
from tracker.local.private_files import write_private
from tracker.local.programs import Child, Program, start, stop

SUPERUSER = "postgres"
BUILTIN_LOCALE_SINCE = 17
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "shared_buffers": "64MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
START_SECONDS = 60.0
# An old server, or the last of its processes, is still letting go of the data; or another program just took
# the port.
PASSING_TROUBLE = ("lock file", "shared memory block", "could not create any TCP/IP sockets")
STATUS_LINE = 7


def make_cluster(place: Place, password: str, log: Path, *, sync: bool = True) -> None:
    """Make a cluster atomically: it either stands under its name, complete, or does not."""
    draft = place.data.with_name(f"{place.data.name}.init")
    shutil.rmtree(draft, ignore_errors=True)
    password_file = place.data.with_name(f"{place.data.name}.password")
    write_private(password_file, password)
    give(password_file, place.account)
    try:
        _initdb(place, draft, password_file, log, sync=sync)
    finally:
        password_file.unlink(missing_ok=True)
    draft.replace(place.data)


def check_version(place: Place) -> None:
    made_by = (place.data / "PG_VERSION").read_text().strip()
    if made_by != str(place.binaries.major):
        raise LaunchError(
            f"The demo's data was made by PostgreSQL {made_by}, this is {place.binaries.major}: "
            f"install {made_by}, or start afresh: make reset"
        )


@dataclass(frozen=True)
class Cluster:
    program: Program
    child: Child
    port: int
    major: int

    def url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@{HOST}:{self.port}/{database}"


def start_cluster(place: Place, log: Path, pause: Callable[[float], None], **settings: str) -> Cluster:
    deadline = time.monotonic() + START_SECONDS
    while True:
        _drop_stale_pid_file(place.data)
        port = free_port()
        program = server_program(place, port, log, settings)
        child = start(program)
        if _becomes_ready(program, child, deadline, pause):
            return Cluster(program, child, port, place.binaries.major)
        if time.monotonic() > deadline or not any(words in last_lines(log) for words in PASSING_TROUBLE):
            raise failure_of("PostgreSQL does not start", log)
        pause(0.3)


def server_program(place: Place, port: int, log: Path, settings: dict[str, str]) -> Program:
    options = SETTINGS | {"port": str(port)} | settings
    return Program(
        name="postgres",
        argv=(place.binaries.postgres, "-D", str(place.data), *(f"--{n}={v}" for n, v in options.items())),
        log=log,
        cwd=place.data,
        account=place.account,
        stop_signal=signal.SIGINT,  # "fast shutdown": does not wait for clients
        orphan_signal=signal.SIGINT,
        patience=8.0,
    )


def _initdb(place: Place, folder: Path, password_file: Path, log: Path, *, sync: bool) -> None:
    argv = [
        *(place.binaries.initdb, "-D", str(folder), "--username", SUPERUSER, "--pwfile", str(password_file)),
        *("--encoding", "UTF8", "--auth", "scram-sha-256"),
        *_locale(place.binaries.major),
        *(() if sync else ("--no-sync",)),
    ]
    program = Program(name="initdb", argv=tuple(argv), log=log, cwd=folder.parent, account=place.account)
    child = start(program)
    try:
        if child.wait(START_SECONDS):
            raise failure_of("PostgreSQL's data could not be made", log)
    finally:
        stop(program, child)


def _locale(major: int) -> tuple[str, ...]:
    """Return the locale options for the same order of text on every machine: by code point."""
    if major >= BUILTIN_LOCALE_SINCE:
        return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    return ("--locale=C",)


def _becomes_ready(program: Program, child: Child, deadline: float, pause: Callable[[float], None]) -> bool:
    try:
        while child.poll() is None and time.monotonic() < deadline:
            if _is_ready(program.cwd / "postmaster.pid", child.pid):
                return True
            pause(0.03)
    except BaseException:
        stop(program, child)
        raise
    stop(program, child)
    return False


def _is_ready(pid_file: Path, pid: int) -> bool:
    """Tell whether our own child has reported that it is ready."""
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    # After a crash the old file says "ready" too, so it must name our own child.
    return len(lines) > STATUS_LINE and lines[0] == str(pid) and lines[STATUS_LINE].strip() == "ready"


def _drop_stale_pid_file(data: Path) -> None:
    """Remove the pid file of an old server, over which PostgreSQL would refuse to start for ever."""
    # The old number may now be another program's (after a reboot), or an unreaped process's (in a
    # container). PostgreSQL itself still checks whether processes of the old server use the data.
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if str(data) not in command_of(pid):
        pid_file.unlink(missing_ok=True)
