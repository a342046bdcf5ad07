"""Makes one backup, whole or not at all.

The database comes first. A file of evidence is on the disk before its row is committed, and neither is ever changed:
so whatever the dump names is there when the files are copied afterwards. The other way round, a file attached in
between would be missing.
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

from . import folder as kept
from . import programs
from .errors import BackupError
from .folder import DUMP, MEDIA, digest_of

PRIVATE = 0o700


class Made(NamedTuple):
    """`remarks` say which files of evidence were not as the backup before has them."""

    backup: Path
    files: int
    remarks: list[str]


def back_up(folder: Path, *, at: datetime, keep_days: int) -> Made:
    """Then removes the backups that are older than that, but for the new one. Raises BackupError."""
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
    return Made(folder / name, len(sums) - 1, remarks)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two at once would remove each other's unfinished backup."""
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
    """Name, digest and remark of each file. What was backed up before never leaves the backups."""
    media = Path(settings.MEDIA_ROOT)
    names = {f"{MEDIA}/{path.relative_to(media).as_posix()}" for path in _files(media)}
    earlier = {name: digest for name, digest in _earlier(before).items() if name != DUMP}
    for name in sorted(names | earlier.keys()):
        place = draft / name
        place.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        source = media / name.removeprefix(f"{MEDIA}/")
        if before is None or name not in earlier:
            yield name, _copy(source, place), ""
        else:
            yield name, *_again(source, before / name, earlier[name], place)


def _again(source: Path, copy: Path, digest: str, place: Path) -> tuple[str, str]:
    """A file that the backup before has: its copy is linked, or made anew where that was damaged."""
    found = digest_of(source)
    remark = "" if found == digest else f"is {found or 'missing'} in {settings.MEDIA_ROOT}, was {digest}"
    if digest_of(copy) == digest:
        _link(copy, place)
        return digest, remark
    if found == digest:
        return _copy(source, place), "was damaged in the backup before"
    return "", f"{remark}, and is damaged in the backup before too"


def _earlier(before: Path | None) -> dict[str, str]:
    return kept.manifest(before) if before else {}


def _files(media: Path) -> Iterator[Path]:
    """Without uploads that are being written."""
    return (path for path in media.rglob("*") if path.is_file() and not path.name.startswith(NEW))


def _link(copy: Path, place: Path) -> None:
    """Costs no room; where the disk knows no links, it is copied."""
    with suppress(OSError):
        place.hardlink_to(copy)
        return
    shutil.copyfile(copy, place)


def _copy(source: Path, place: Path) -> str:
    """Its digest, of what was written."""
    digest = hashlib.sha256()
    with source.open("rb") as given, place.open("xb") as taken:
        os.fchmod(taken.fileno(), 0o600)
        while chunk := given.read(2**20):
            digest.update(chunk)
            taken.write(chunk)
    return digest.hexdigest()
