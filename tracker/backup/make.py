"""The making of one backup, whole or not at all.

The database comes first. A file of evidence is on the disk before its row is committed, and neither is ever
changed. So each file that the dump names is there when the files are copied afterwards. The other way
round, a file attached in between would be missing.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from commitments.actions.evidence.disk import NEW
from commitments.models import Evidence

from . import folder as kept
from . import programs
from .errors import BackupError
from .folder import DUMP, MEDIA, digest_of

PRIVATE = 0o700


class FinishedBackup(NamedTuple):
    """A finished backup; `remarks` list files that differ from their attached or earlier form."""

    backup: Path
    files: int
    remarks: list[str]


def back_up(folder: Path, *, at: datetime, keep_days: int) -> FinishedBackup:
    """Make a backup, then remove those older than `keep_days`, but never the new one; raise BackupError."""
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    with _alone(folder):
        kept.remove_unfinished(folder)
        name = at.strftime(kept.NAME)
        draft = kept.unfinished(folder, name)
        try:
            sums, remarks = _fill(draft, kept.backups(folder)[-1:])
            draft.rename(folder / name)
        except BaseException:
            # A half file would keep the full disk full.
            shutil.rmtree(draft, ignore_errors=True)
            raise
        kept.sync(folder)
        for old in kept.backups(folder)[:-1]:
            if kept.made_at(old) < at - timedelta(days=keep_days):
                kept.remove(old)
    return FinishedBackup(folder / name, len(sums) - 1, remarks)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: two backups at once would remove each other's unfinished one."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup into {folder} is under way.") from None
        yield


def _fill(draft: Path, before: list[Path]) -> tuple[dict[str, str], list[str]]:
    draft.mkdir(mode=PRIVATE)
    dump = draft / DUMP
    program = programs.folder_of("pg_dump") / "pg_dump"
    programs.run(program, "--format=custom", f"--file={dump}", f"--dbname={programs.database()}")
    sums, remarks = {DUMP: digest_of(dump)}, []
    for name, digest, remark in _copied(draft, before[0] if before else None):
        if digest:
            sums[name] = digest
        if remark:
            remarks.append(f"{name}: {remark}")
    kept.write_manifest(draft, sums)
    for path in (*draft.rglob("*"), draft):
        kept.sync(path)
    return sums, remarks


def _copied(draft: Path, before: Path | None) -> Iterator[tuple[str, str, str]]:
    """Yield name, digest and remark of each file: those of evidence, and those that the backup before has."""
    media = Path(settings.MEDIA_ROOT)
    names = {f"{MEDIA}/{path.relative_to(media).as_posix()}" for path in _files(media)}
    earlier = _earlier(before)
    # As attached, whatever the backup before has: a fault is told every night until it is mended.
    right = earlier | _attached()
    for name in sorted(names | right.keys()):
        place = draft / name
        place.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        source = media / name.removeprefix(f"{MEDIA}/")
        if name in right:
            copy = before / name if before and name in earlier else None
            yield name, *_checked(source, copy, right[name], place)
        else:
            yield name, _copy(source, place), ""


def _checked(source: Path, copy: Path | None, digest: str, place: Path) -> tuple[str, str]:
    """Link the copy of the backup before, or make one if that has none or a damaged one."""
    found = digest_of(source)
    remark = "" if found == digest else f"is {found or 'missing'} in {settings.MEDIA_ROOT}, was {digest}"
    if copy and digest_of(copy) == digest:
        _link(copy, place)
        return digest, remark
    if found == digest:
        return _copy(source, place), "was damaged in the backup before" if copy else ""
    return "", f"{remark}, and the backup before has no intact copy"


def _attached() -> dict[str, str]:
    """Return the digest of each file of evidence as it was attached, by its name in a backup."""
    found = Evidence.objects.exclude(file="").values_list("file", "sha256")
    return {f"{MEDIA}/{name}": digest for name, digest in found}


def _earlier(before: Path | None) -> dict[str, str]:
    sums = kept.manifest(before) if before else {}
    return {name: digest for name, digest in sums.items() if name != DUMP}


def _files(media: Path) -> Iterator[Path]:
    """Yield the media files, without uploads that are being written."""
    return (path for path in media.rglob("*") if path.is_file() and not path.name.startswith(NEW))


def _link(copy: Path, place: Path) -> None:
    """Link the copy, which takes no room; copy it if the disk has no links."""
    with suppress(OSError):
        place.hardlink_to(copy)
        return
    shutil.copyfile(copy, place)


def _copy(source: Path, place: Path) -> str:
    """Copy a file and return the digest of the bytes written."""
    digest = hashlib.sha256()
    with source.open("rb") as given, place.open("xb") as taken:
        os.fchmod(taken.fileno(), 0o600)
        while chunk := given.read(2**20):
            digest.update(chunk)
            taken.write(chunk)
    return digest.hexdigest()
