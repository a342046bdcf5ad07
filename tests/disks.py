"""Disks that take no files: a really full one, and one that is read-only."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 2**20
TOO_MUCH = b"%PDF-1.7 " + bytes(2 * ROOM)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Let no file in the folder grow beyond ROOM, by a small disk or by a limit of the kernel."""
    if _mount(folder, f"size={ROOM}"):
        with _unmounted(folder):
            yield
        return
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """Such a folder: root may write anywhere but on a disk that says no, and in the kernel's own."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
    elif _mount(folder, "ro"):
        with _unmounted(folder):
            yield folder
    else:
        yield Path("/proc/self")


def _mount(folder: Path, options: str) -> bool:
    if os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@contextmanager
def _unmounted(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        # Lazily: an interpreter that has not yet closed a file would hold it.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
