"""Files of evidence on the media disk: written whole or not at all, and compared with their digests when read."""

import hashlib
import os
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

from django.core.files import File
from django.core.files.storage import default_storage

from ...domain.enums import FileState
from ...file_types import LARGEST
from ...models import Evidence

FOLDER = "evidence"
NEW = ".new-"
# An upload takes minutes at most; a draft that is older is nobody's.
ABANDONED_SECONDS = 3600
PRIVATE = 0o700


class Kept(NamedTuple):
    """Its name below the media folder, and its digest."""

    name: str
    sha256: str


class Compared(NamedTuple):
    """How a file stands to what was attached, and the digest of what is there now; empty where it cannot be read."""

    state: FileState
    sha256: str


class SpoiltError(Exception):
    """The file is not the one that was attached."""

    def __init__(self, evidence: Evidence, found: Compared) -> None:
        super().__init__(told(evidence, found))
        self.found = found


def keep(file: "File[Any]", suffix: str, *, look: Callable[[Path], None]) -> Kept:
    """Writes the file under its digest, safe from a power cut, unless `look` raises something about it.

    What stands under that name already is replaced: it is the same, or it was damaged. Raises OSError.
    """
    folder = _folder()
    with NamedTemporaryFile(dir=folder, prefix=NEW, delete=False) as draft:
        path = Path(draft.name)
        try:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
                draft.write(chunk)
            draft.flush()
            os.fsync(draft.fileno())
            look(path)
            kept = Kept(f"{FOLDER}/{digest.hexdigest()}{suffix}", digest.hexdigest())
            path.replace(default_storage.path(kept.name))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    _sync(folder)
    return kept


def content_of(evidence: Evidence) -> bytes:
    """The file as it was attached: read once, compared, and no larger than anything that is taken in.

    Raises SpoiltError.
    """
    with suppress(OSError), _opened(evidence) as file:
        content: bytes = file.read(LARGEST + 1)
        if hashlib.sha256(content).hexdigest() == evidence.sha256:
            return content
    raise SpoiltError(evidence, compare(evidence))


def compare(evidence: Evidence) -> Compared:
    try:
        with _opened(evidence) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return Compared(FileState.MISSING, "")
    except OSError:
        return Compared(FileState.UNREADABLE, "")
    return Compared(FileState.INTACT if found == evidence.sha256 else FileState.CHANGED, found)


def told(evidence: Evidence, found: Compared) -> str:
    """For the log and for who runs the service: which file, what was attached, what is there."""
    there = found.sha256 or "nothing that can be read"
    return (
        f"evidence {evidence.pk}, {evidence.file.name}: {found.state.value}; "
        f"attached was {evidence.sha256}, there is {there}"
    )


def sweep(known: Callable[[Collection[str]], Collection[str]]) -> int:
    """Removes drafts that were abandoned, and empty files that are not `known`: an earlier version left such."""
    before = time.time() - ABANDONED_SECONDS
    old = [path for path in Path(default_storage.path(FOLDER)).glob("*") if _is_left(path, before)]
    named = known([f"{FOLDER}/{path.name}" for path in old])
    left = [path for path in old if f"{FOLDER}/{path.name}" not in named]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _opened(evidence: Evidence) -> "File[Any]":
    return default_storage.open(evidence.file.name or "")


def _is_left(path: Path, before: float) -> bool:
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime < before and (path.name.startswith(NEW) or found.st_size == 0)
    return False


def _folder() -> Path:
    folder = Path(default_storage.path(FOLDER))
    if not folder.is_dir():
        folder.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        _sync(folder.parent)
    return folder


def _sync(folder: Path) -> None:
    """Write the folder's entries to disk, so that renamed and new files survive a crash."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
