"""The texts typed into one place of the sheet, unchanged."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from ....domain.texts import LONGEST
from ....reporting.doubts import is_explained

# Characters of a text that cannot be submitted, but is kept until it has been shortened.
LONGEST_KEPT = 4 * LONGEST
FILES = ("file", "photo")
# Facts about the page, which nobody types.
UNSEEN = ("seen", "opening")
LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True)
class Typed:
    """The fields of one place; `day` is empty if the sheet's own day holds. A draft never keeps a file.

    `carries` is the number of the entry whose evidence goes with the new one, and `reason` that of a correction.
    `seen` is the number of the newest entry that the page showed. `opening` is the digest of the texts that the
    place opened with there.
    """

    value: str = ""
    denominator: str = ""
    milestone: str = ""
    unchanged: str = ""
    includes_earlier: str = ""
    no_figure: str = ""
    reason: str = ""
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    day: str = ""
    url: str = ""
    carries: str = ""
    seen: str = ""
    opening: str = ""
    file: "UploadedFile[Any] | None" = None
    photo: "UploadedFile[Any] | None" = None

    @property
    def has_value(self) -> bool:
        return any((self.value, self.denominator, self.milestone, self.unchanged))

    @property
    def has_note(self) -> bool:
        return is_explained(self)

    @property
    def files(self) -> "list[UploadedFile[Any]]":
        return [file for file in (self.file, self.photo) if file]

    @property
    def has_evidence(self) -> bool:
        return bool(self.url or self.files or self.carries)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is reported: a day alone is no report, nor is evidence of an earlier one."""
        said = self.has_value or self.has_note or self.no_figure or self.reason
        return not (said or self.url or self.files)

    @property
    def opens_more(self) -> bool:
        return any((self.problems, self.next_steps, self.day, self.url))

    @property
    def too_long(self) -> list[str]:
        """Return the names of the texts that are longer than `LONGEST`."""
        return [name for name, text in self.texts().items() if len(text) > LONGEST]

    @property
    def can_be_kept(self) -> bool:
        return all(len(text) <= LONGEST_KEPT for text in self.texts().values())

    @property
    def content(self) -> dict[str, str]:
        """Return the texts that a person sees."""
        return {name: text for name, text in self.texts().items() if name not in UNSEEN}

    @property
    def digest(self) -> str:
        """Return a digest of the texts that a person sees."""
        texts = json.dumps(self.content, sort_keys=True).encode()
        return hashlib.sha256(texts).hexdigest()

    def in_words(self) -> str:
        """Return the texts that the user may want to copy."""
        parts = (self.value, self.denominator, self.progress, self.problems, self.next_steps, self.url)
        return " · ".join(part for part in parts if part)

    def texts(self) -> dict[str, str]:
        return {name: text for name in TEXTS if (text := getattr(self, name))}


TEXTS = tuple(field.name for field in fields(Typed) if field.name not in FILES)


def is_posted(request: HttpRequest, key: str) -> bool:
    """Tell whether the place stood on the page."""
    # Its note is sent even when it is empty.
    return f"{key}-progress" in request.POST


def of_row(request: HttpRequest, key: str) -> Typed:
    """Read the fields of a place, which are named `<key>-<field>`."""
    given = {name: request.POST.get(f"{key}-{name}", "") for name in TEXTS}
    found = (request.FILES.get(f"{key}-{name}") for name in FILES)
    return of_texts(given, *(file if isinstance(file, UploadedFile) else None for file in found))


def of_texts(
    given: Mapping[str, Any],
    file: "UploadedFile[Any] | None" = None,
    photo: "UploadedFile[Any] | None" = None,
) -> Typed:
    """Read the texts of a place, without unknown fields; the end of a line is one character."""
    texts = {name: text for name in TEXTS if isinstance(text := given.get(name), str)}
    plain = {name: LINE_END.sub("\n", text).strip() for name, text in texts.items()}
    return Typed(**plain, file=file, photo=photo)
