"""The start and stop of one child process."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.local.accounts import Account
from tracker.local.errors import LaunchError

PASSED_ON = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH")
PR_SET_PDEATHSIG = 1
# It is loaded here, since no module may be imported between fork and exec.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

Child = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Program:
    name: str
    argv: tuple[str, ...]
    log: Path
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGTERM
    """What the kernel (Linux) sends it when the launcher is killed."""
    patience: float = 5.0
    """Seconds from the stop signal to SIGKILL."""
    shows_output: bool = False


def plain_environment() -> dict[str, str]:
    """Return only the variables that programs need."""
    # A DATABASE_URL of the caller's shell must not leak in.
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def start(program: Program) -> Child:
    account = program.account
    with program.log.open("ab") as log:
        try:
            return subprocess.Popen(
                program.argv,
                stdin=subprocess.DEVNULL,
                stdout=None if program.shows_output else log,
                stderr=log,
                cwd=program.cwd,
                env=plain_environment() | dict(program.env),
                process_group=0,
                preexec_fn=_dies_with_parent(program.orphan_signal),
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
        except FileNotFoundError:
            raise LaunchError(f"{program.name}: {program.argv[0]} is missing. Try: make clean run") from None


def stop_with_make() -> None:
    """Stop with `make`: if that is killed, the kernel (Linux) signals this process."""
    # Ctrl-C and SIGTERM are passed on by `make` itself.
    if LIBC is not None and "MAKELEVEL" in os.environ:
        LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def fresh_log(log: Path) -> None:
    """Start a new log, and keep the last run's beside it."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
    log.touch(mode=0o600)


def stop(program: Program, child: Child) -> None:
    ask_to_stop(program, child)
    wait_or_kill(child, time.monotonic() + program.patience)


def ask_to_stop(program: Program, child: Child) -> None:
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(program.stop_signal)


def wait_or_kill(child: Child, deadline: float) -> None:
    """Wait for the child, then kill it and the rest of its process group."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(max(0.0, deadline - time.monotonic()))
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _dies_with_parent(orphan_signal: signal.Signals) -> Callable[[], None] | None:
    if LIBC is None:
        return None
    parent = os.getpid()

    def ask_the_kernel() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(orphan_signal))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel
