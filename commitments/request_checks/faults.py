"""Barred characters in a request, and the fields in which they stand."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..domain.texts import Barred, clean, find_barred

JSON = "application/json"
# Only so many faults are listed; the others are found once these are corrected.
MOST_TOLD = 20
# A name is repeated up to this length: senders choose it, and a document may repeat it a hundred thousand
# times.
LONGEST_NAME = 100

MOST_NAMES = 5

# A name in a document, and the names that lead to it. All branches share the names of their stem.
Path = tuple["Path", str] | None


class Fault(NamedTuple):
    """A barred character, and the name of the parameter or field in which it stands."""

    name: str
    found: Barred

    def words(self, field: str) -> str:
        """Return the fault as a sentence; `field` is the reader's name for the place."""
        before = self.found.before
        place = _("after “%(before)s”") % {"before": before} if before else _("at its beginning")
        given = {"field": field, "character": self.found.character, "place": place}
        if self.found.turns:
            return (
                _("“%(field)s” holds an invisible sign that turns the text round, %(character)s, %(place)s.")
                % given
            )
        return _("“%(field)s” holds a character that cannot be stored, %(character)s, %(place)s.") % given


def find_in_query(request: HttpRequest) -> list[Fault]:
    """Look at names and values; bytes that are no UTF-8 count as characters that cannot be stored."""
    raw = str(request.META.get("QUERY_STRING", "")).encode("iso-8859-1", "replace")
    text = raw.decode(errors="surrogateescape")
    return _found(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


def find_in_body(request: HttpRequest) -> list[Fault]:
    """Look at the fields of a form, the names of its files, or every text of a JSON document."""
    if request.content_type == JSON:
        return _found(_texts(_document(request)))
    fields = ((name, str(value)) for name, values in request.POST.lists() for value in values)
    files = ((name, file.name or "") for name, sent in request.FILES.lists() for file in sent)
    return [*_found(fields), *_found(files)]


def _found(pairs: Iterable[tuple[str, str]]) -> list[Fault]:
    faults = (
        Fault(_short(name), found)
        for name, value in pairs
        for text in (name, value)
        if (found := find_barred(text))
    )
    return list(islice(faults, MOST_TOLD))


def _short(name: str) -> str:
    plain = clean(name[: LONGEST_NAME + 1])
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:LONGEST_NAME]}…"


def _document(request: HttpRequest) -> Any:
    """Return the JSON of the body, or None if it is malformed; the view refuses that itself."""
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def _texts(document: Any) -> Iterator[tuple[str, str]]:
    """Yield each text that holds a barred character, with the names that lead to it."""
    left: list[tuple[Path, Any]] = [(None, document)]
    while left:
        path, value = left.pop()
        if isinstance(value, str) and find_barred(value):
            yield _dotted(path), value
        elif isinstance(value, list):
            left += [(path, each) for each in value]
        elif isinstance(value, dict):
            left += [((path, name), each) for name, each in value.items()]
            yield from ((_dotted(path), name) for name in value if find_barred(name))


def _dotted(path: Path) -> str:
    """Return the names that lead to a text, the last ones where they are many."""
    names: list[str] = []
    while path and len(names) < MOST_NAMES:
        path, name = path
        names.append(_short(name))
    return ".".join(reversed(names))
