"""Two people at one form: the second sees the first one's changes, and no value is overwritten silently.

A form carries the values stored when it was opened. On the way back these are compared, under a lock on the
row, with the values stored now. This needs no script, and covers the parts of a row too.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.forms import Field
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...domain.texts import BARRED
from . import form_values
from .form_values import SLASH, FormSets, Texts, Values

SEEN = "seen"


@dataclass(frozen=True)
class FieldDifference:
    """One field in words: as it was when the form was opened, as another person left it, as it was typed."""

    field: str
    before: str
    theirs: str
    yours: str
    kept: bool


@dataclass(frozen=True)
class Conflict:
    """A clash with another person's changes.

    `data` fills the form again, but for the parts in `anew`, which are shown as they are stored. `blind` tells
    that the form came without the values it started from.
    """

    differences: tuple[FieldDifference, ...]
    data: QueryDict
    anew: frozenset[str]
    blind: bool


def seen_text(now: Values) -> str:
    """Return the values as text for the hidden field."""
    # Barred characters are escaped, so that they come back as they are stored.
    return BARRED.sub(_escape, json.dumps(now, ensure_ascii=False, separators=(",", ":")))


def _escape(found: "re.Match[str]") -> str:
    return f"\\u{ord(found[0]):04x}"


def digest(now: Values) -> str:
    """Return a short digest of the values, for an address."""
    return hashlib.sha256(seen_text(now).encode()).hexdigest()[:16]


def find(data: QueryDict, form: Any, formsets: FormSets, now: Values) -> Conflict | None:
    """Return the conflict; None if the stored values are unchanged or both people wrote the same."""
    # A form without the values it started from has seen none of them: each change it asks for is a
    # difference.
    said = _seen(data, form, formsets)
    seen = said or {}
    sent = form_values.sent_values(data, form, formsets)
    moved = {key for key in {*seen, *now} if seen.get(key) != now.get(key) and sent.get(key) != now.get(key)}
    if not moved:
        return None
    anew = frozenset(_place(key)[0] for key in moved) - {""}
    told = [key for key in {**now, **seen, **sent} if key in moved or _retyped(key, anew, sent, now)]
    differences = tuple(_difference(key, _field(key, form, formsets), seen, now, sent) for key in told)
    merged = _merged(data, form, seen, now, sent)
    return Conflict(differences, _drop_parts(merged, anew), anew, blind=said is None)


def _seen(data: QueryDict, form: Any, formsets: FormSets) -> Values | None:
    """Return the values that the form started from, for its present fields; None if it does not give them."""
    try:
        seen = json.loads(data.get(SEEN, ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(seen, dict):
        return None
    return {key: _texts(texts) for key, texts in seen.items() if _known(key, form, formsets)}


def _texts(given: Any) -> Texts:
    return [str(text) for text in given] if isinstance(given, list) else []


def _known(key: str, form: Any, formsets: FormSets) -> bool:
    part, _row, name = _place(key)
    if not part:
        return name in form.fields
    return part in formsets and name in formsets[part].empty_form.fields


def _place(key: str) -> tuple[str, str, str]:
    """Split a key into part, row and field; a field of the form itself has neither part nor row."""
    *place, name = key.split(SLASH, 2)
    part, row = place if len(place) > 1 else ("", "")
    return part, row, name


def _retyped(key: str, anew: frozenset[str], sent: Values, now: Values) -> bool:
    """Tell whether a typed value is lost because its part is shown as stored."""
    return _place(key)[0] in anew and key in sent and sent[key] != now.get(key, [])


def _difference(
    key: str, field: "tuple[str, Field]", seen: Values, now: Values, sent: Values
) -> FieldDifference:
    label, kind = field

    def words(found: Values) -> str:
        texts: Texts | None = found.get(key)
        if texts is not None:
            return form_values.describe(kind, texts)
        return _("row not found") if _place(key)[0] else _("not stated")

    untouched = sent.get(key) == seen.get(key)
    return FieldDifference(label, words(seen), words(now), words(sent), kept=not untouched)


def _field(key: str, form: Any, formsets: FormSets) -> "tuple[str, Field]":
    """Return the field and its label, with the part's name before it."""
    part, number, name = _place(key)
    if not part:
        return capfirst(str(form.fields[name].label or name)), form.fields[name]
    formset = formsets[part]
    field = formset.empty_form.fields[name]
    rows = {str(each.instance.pk): str(each.instance) for each in formset.initial_forms}
    row = rows.get(number) or capfirst(formset.model._meta.verbose_name)  # noqa: SLF001
    return f"{row} · {capfirst(str(field.label or name))}", field


def _merged(data: QueryDict, form: Any, seen: Values, now: Values, sent: Values) -> QueryDict:
    """Return the typed values, with another person's changes in the fields left untouched here."""
    merged = data.copy()
    for name, field in form.fields.items():
        if name in now and sent.get(name) == seen.get(name):
            form_values.put(merged, name, field, now[name])
    return merged


def _drop_parts(data: QueryDict, parts: frozenset[str]) -> QueryDict:
    for name in list(data):
        if name.startswith(tuple(f"{part}-" for part in parts)):
            del data[name]
    return data
