"""The end of processes that a killed launcher left, on systems without the kernel's help (Linux has it)."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from tracker.local.private_files import write_private

PATIENCE = 6.0


def note_started(path: Path, pids: Iterable[int]) -> None:
    """Note the processes with their start times, since other programs may get the same numbers."""
    write_private(path, json.dumps({pid: started_at(pid) for pid in pids}))


def end_leftovers(path: Path) -> int:
    """End the leftovers and return their number."""
    found = _still_running(path)
    for pid in found:
        _signal(pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE
    while (left := _still_running(path)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in left:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len(found)


def started_at(pid: int) -> str:
    """Return a process's start time; empty if it is gone or only waits to be reaped."""
    stat = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self/stat").exists():
        return _ps(pid, "lstart")
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return "" if Path("/proc/self").exists() else _ps(pid, "command")


def _still_running(path: Path) -> list[int]:
    try:
        noted = json.loads(path.read_text())
    except (OSError, ValueError):
        return []
    return [int(pid) for pid, started in noted.items() if started and started_at(int(pid)) == started]


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _ps(pid: int, column: str) -> str:
    try:
        done = subprocess.run(
            ["ps", "-o", f"{column}=", "-p", str(pid)], capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
