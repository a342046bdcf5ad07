"""Collection of static files, the slowest step of a start, only when one has changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders


def fingerprint() -> str:
    """Return a digest of names, sizes and times; the files themselves are not read."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def is_collected() -> bool:
    note = _note()
    return note.exists() and note.read_text() == fingerprint()


def note_collected() -> None:
    _note().write_text(fingerprint())


def _note() -> Path:
    # The note stands inside the folder, so that it goes when the files go.
    return Path(settings.STATIC_ROOT) / ".collected"


def _sources() -> Iterator[str]:
    yield repr(settings.STORAGES["staticfiles"])
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}"
