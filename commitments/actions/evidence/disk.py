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
# An upload takes minutes at most; an older draft is abandoned.
ABANDONED_SECONDS = 3600
PRIVATE = 0o700


class Kept(NamedTuple):
    """The name of a kept file below the media folder, and its digest."""

    name: str
    sha256: str


class FileComparison(NamedTuple):
    """The state of a file beside the one attached, and its digest now; the digest is empty for an unreadable file."""

    state: FileState
    sha256: str


class SpoiltError(Exception):
    """A file that is not the one attached."""

    def __init__(self, evidence: Evidence, found: FileComparison) -> None:
        super().__init__(describe(evidence, found))
        self.found = found


def keep(file: "File[Any]", suffix: str, *, look: Callable[[Path], None]) -> Kept:
    """Write the file under its digest, safe from a power cut, unless `look` raises an error about it.

    Raise OSError where the disk refuses the file.
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
            # A file under that name already is the same one, or was damaged: replace it.
            path.replace(default_storage.path(kept.name))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    _sync(folder)
    return kept


def content_of(evidence: Evidence) -> bytes:
    """Return the bytes of the file; raise SpoiltError if they are not those attached."""
    with suppress(OSError), _opened(evidence) as file:
        # No more is read than the largest file that is accepted.
        content: bytes = file.read(LARGEST + 1)
        if hashlib.sha256(content).hexdigest() == evidence.sha256:
            return content
    raise SpoiltError(evidence, compare(evidence))


def compare(evidence: Evidence) -> FileComparison:
    try:
        with _opened(evidence) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return FileComparison(FileState.MISSING, "")
    except OSError:
        return FileComparison(FileState.UNREADABLE, "")
    return FileComparison(FileState.INTACT if found == evidence.sha256 else FileState.CHANGED, found)


def describe(evidence: Evidence, found: FileComparison) -> str:
    """Describe the damage for the log and the operators: the file, its digest when attached, its digest now."""
    there = found.sha256 or "nothing that can be read"
    return (
        f"evidence {evidence.pk}, {evidence.file.name}: {found.state.value}; "
        f"attached was {evidence.sha256}, there is {there}"
    )


def sweep(known: Callable[[Collection[str]], Collection[str]]) -> int:
    """Remove abandoned drafts, and empty files that are not `known`; return how many."""
    before = time.time() - ABANDONED_SECONDS
    # An earlier version left empty files behind.
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
