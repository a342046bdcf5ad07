"""A folder of backups, each in a folder named for its instant, with `SHA256SUMS` of all its files.

backup-20261129T013000Z/SHA256SUMS         `sha256sum --check SHA256SUMS` reads it too
                        database.dump      pg_dump's custom format
                        media/evidence/…   the files, hard links to those of the backup before
.unfinished-…                              no backup: being made, being removed, or left by a crash
"""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

NAME = "backup-%Y%m%dT%H%M%SZ"
WHOLE = re.compile(r"backup-\d{8}T\d{6}Z")
UNFINISHED = ".unfinished-"
MANIFEST, DUMP, MEDIA = "SHA256SUMS", "database.dump", "media"


def backups(folder: Path) -> list[Path]:
    """Return the whole backups, oldest first; empty if the folder is missing."""
    return sorted(path for path in folder.glob("backup-*") if WHOLE.fullmatch(path.name))


def made_at(backup: Path) -> datetime:
    return datetime.strptime(backup.name, NAME).replace(tzinfo=UTC)


def unfinished(folder: Path, name: str) -> Path:
    return folder / f"{UNFINISHED}{name}"


def remove(backup: Path) -> None:
    """Remove a backup; rename it first, so that a half removed one does not look whole."""
    going = unfinished(backup.parent, backup.name)
    backup.rename(going)
    shutil.rmtree(going)


def remove_unfinished(folder: Path) -> None:
    for path in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path)


def digest_of(path: Path) -> str:
    """Return the file's SHA-256 digest; empty if the file is missing."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def write_manifest(backup: Path, sums: Mapping[str, str]) -> None:
    lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (backup / MANIFEST).write_text("".join(lines), encoding="utf-8")


def manifest(backup: Path) -> dict[str, str]:
    """Return the digest of each file by name; empty if the backup has no manifest."""
    try:
        lines = (backup / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def faults(backup: Path) -> list[str]:
    """Return the files that are missing or differ from the manifest."""
    sums = manifest(backup)
    if DUMP not in sums:
        return [MANIFEST]
    return [name for name, digest in sums.items() if digest_of(backup / name) != digest]


def sync(path: Path) -> None:
    """Write a file or a folder to the disk, so that a power cut does not undo it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
