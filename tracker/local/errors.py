"""Trouble that the person at the keyboard can mend, in one line that says how."""

import errno
from pathlib import Path

NO_SPACE = "No space left on device"
OTHER_FOLDER = "or keep the data elsewhere: DATA_DIR=/other/folder make run"
FULL = {errno.ENOSPC, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}


class LaunchError(Exception):
    """An error shown by its text alone, without a traceback."""


def in_plain_words(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL:
        return f"The disk is full{where}. Free some space, {OTHER_FOLDER}"
    if error.errno in FORBIDDEN:
        return f"Cannot write here{where}: {error.strerror}. Run as the folder's owner, {OTHER_FOLDER}"
    return f"The system refused{where}: {error.strerror or error}."


def failure_of(what: str, log: Path) -> LaunchError:
    """Return the error for a program that ended badly, with the last line of its log."""
    tail = last_lines(log)
    if NO_SPACE in tail:
        return LaunchError(f"{what}: the disk is full. Free some space, {OTHER_FOLDER}")
    last = tail.strip().rpartition("\n")[2].strip()
    return LaunchError(f"{what}: {last or 'it said nothing'} (log: {log})")


def last_lines(log: Path, size: int = 4000) -> str:
    try:
        return log.read_bytes()[-size:].decode("utf-8", "replace")
    except OSError:
        return ""
