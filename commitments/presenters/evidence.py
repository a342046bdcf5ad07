"""Evidence as shown before it is opened."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from ..file_types import IMAGES
from ..models import Evidence

# Bytes of a picture that a list shows as it is. A larger one is opened on its own.
SMALL = 200 * 2**10


@dataclass(frozen=True)
class Proof:
    """A link or a file. Reading its size touches the file storage, not the database."""

    evidence: Evidence

    @cached_property
    def suffix(self) -> str:
        return PurePath(self.evidence.file.name or "").suffix.lower()

    @property
    def is_image(self) -> bool:
        return self.suffix in IMAGES

    @property
    def is_small_image(self) -> bool:
        return self.is_image and self.size is not None and self.size <= SMALL

    @property
    def kind(self) -> str:
        """Return the kind of file, such as `PDF`."""
        return self.suffix.removeprefix(".").upper()

    @cached_property
    def size(self) -> int | None:
        """Return the size in bytes; None if the file is gone."""
        try:
            return self.evidence.file.size
        except FileNotFoundError:
            return None
