"""The texts typed into one row, unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from ....domain.texts import LONGEST
from ....reporting.doubts import is_explained

# Characters of a text that cannot be submitted, but is kept until it has been shortened.
LONGEST_KEPT = 4 * LONGEST


@dataclass(frozen=True)
class Typed:
    """The fields of one row; `day` is empty if the sheet's own day holds. A draft never keeps the file."""

    value: str = ""
    denominator: str = ""
    milestone: str = ""
    unchanged: str = ""
    includes_earlier: str = ""
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    day: str = ""
    url: str = ""
    file: "UploadedFile[Any] | None" = None

    @property
    def has_value(self) -> bool:
        return any((self.value, self.denominator, self.milestone, self.unchanged))

    @property
    def has_note(self) -> bool:
        return is_explained(self)

    @property
    def has_evidence(self) -> bool:
        return bool(self.url or self.file)

    @property
    def is_blank(self) -> bool:
        """Tell whether the row reports no figure, note or evidence: a day alone is no report."""
        return not (self.has_value or self.has_note or self.has_evidence)

    @property
    def opens_more(self) -> bool:
        return any((self.problems, self.next_steps, self.day))

    @property
    def too_long(self) -> list[str]:
        """Return the names of the texts that are longer than `LONGEST`."""
        return [name for name, text in self.texts().items() if len(text) > LONGEST]

    @property
    def can_be_kept(self) -> bool:
        return all(len(text) <= LONGEST_KEPT for text in self.texts().values())

    def in_words(self) -> str:
        """Return the texts that the user may want to copy."""
        parts = (self.value, self.denominator, self.progress, self.problems, self.next_steps, self.url)
        return " · ".join(part for part in parts if part)

    def texts(self) -> dict[str, str]:
        return {name: text for name in TEXTS if (text := getattr(self, name))}


TEXTS = tuple(field.name for field in fields(Typed) if field.name != "file")


def is_posted(request: HttpRequest, target: int) -> bool:
    """Tell whether the row stood on the page."""
    # Its note is sent even when it is empty.
    return f"{target}-progress" in request.POST


def of_row(request: HttpRequest, target: int) -> Typed:
    """Read the fields of a row, which are named `<target>-<field>`."""
    file = request.FILES.get(f"{target}-file")
    given = {name: request.POST.get(f"{target}-{name}", "") for name in TEXTS}
    return of_texts(given, file if isinstance(file, UploadedFile) else None)


def of_texts(given: Mapping[str, Any], file: "UploadedFile[Any] | None" = None) -> Typed:
    """Read the texts of a row, without unknown fields; the end of a line is one character."""
    texts = {name: text for name in TEXTS if isinstance(text := given.get(name), str)}
    return Typed(**{name: text.replace("\r\n", "\n").strip() for name, text in texts.items()}, file=file)
