"""One launcher per data folder."""

import fcntl
import json
import os
from pathlib import Path
from typing import TextIO

from tracker.local.errors import LaunchError


def hold_lock(path: Path) -> TextIO:
    """Return the open, locked file; the system frees it at any end of this process."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with file:
            raise LaunchError(_holder(file.read())) from None
    return file


def is_held(path: Path) -> bool:
    """Tell whether a launcher runs."""
    try:
        with path.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def sign(file: TextIO, url: str) -> None:
    """Write pid and address into the lock, for the next launcher that finds it taken."""
    file.seek(0)
    file.truncate()
    json.dump({"pid": os.getpid(), "url": url}, file)
    file.flush()


def _holder(text: str) -> str:
    try:
        note = json.loads(text)
        return f"Already running at {note['url']} (pid {note['pid']})."
    except (ValueError, TypeError, KeyError):
        return "Already starting in another window."
