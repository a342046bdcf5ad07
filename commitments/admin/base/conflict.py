"""Two people at one form: the second is told what the first has changed, and nothing is overwritten silently.

A form carries what was stored when it was opened. On the way back that is compared, under a lock on the row,
with what is stored now. It works without a script, and for the parts of a row too.
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
class Difference:
    """One field in words: as it was when the form was opened, as somebody else left it, as it was typed."""

    field: str
    before: str
    theirs: str
    yours: str
    kept: bool


@dataclass(frozen=True)
class Conflict:
    """`data` is what to show in the form again; `anew` names the parts to show as they are stored.

    `blind` says that the form came without what it started from.
    """

    differences: tuple[Difference, ...]
    data: QueryDict
    anew: frozenset[str]
    blind: bool


class Refused:
    """Put before a form, it is shown again and not saved."""

    def is_valid(self) -> bool:
        return False


def seen_text(now: Values) -> str:
    """For the hidden field. What no form may hold is written so that it comes back as it is stored."""
    return BARRED.sub(_escape, json.dumps(now, ensure_ascii=False, separators=(",", ":")))


def _escape(found: "re.Match[str]") -> str:
    return f"\\u{ord(found[0]):04x}"


def digest(now: Values) -> str:
    """For an address."""
    return hashlib.sha256(seen_text(now).encode()).hexdigest()[:16]


def find(data: QueryDict, form: Any, formsets: FormSets, now: Values) -> Conflict | None:
    """None where what was seen is still so, or where both have written the same.

    A form that does not say what it started from has seen nothing: all that it would change is a difference.
    """
    said = _seen(data, form, formsets)
    seen = said or {}
    sent = form_values.sent(data, form, formsets)
    moved = {key for key in {*seen, *now} if seen.get(key) != now.get(key) and sent.get(key) != now.get(key)}
    if not moved:
        return None
    anew = frozenset(_place(key)[0] for key in moved) - {""}
    told = [key for key in {**now, **seen, **sent} if key in moved or _retyped(key, anew, sent, now)]
    differences = tuple(_difference(key, _field(key, form, formsets), seen, now, sent) for key in told)
    return Conflict(differences, _merged(data, form, seen, now, sent), anew, blind=said is None)


def _seen(data: QueryDict, form: Any, formsets: FormSets) -> Values | None:
    """None where the form did not say; only what the form still has."""
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
    """The part, its row and the field; a field of the form itself has neither of the first."""
    *place, name = key.split(SLASH, 2)
    part, row = place if len(place) > 1 else ("", "")
    return part, row, name


def _retyped(key: str, anew: frozenset[str], sent: Values, now: Values) -> bool:
    """A part that is shown anew forgets what was typed there, so that is told."""
    return _place(key)[0] in anew and key in sent and sent[key] != now.get(key, [])


def _difference(key: str, field: "tuple[str, Field]", seen: Values, now: Values, sent: Values) -> Difference:
    label, kind = field

    def words(found: Values) -> str:
        texts: Texts | None = found.get(key)
        if texts is not None:
            return form_values.words(kind, texts)
        return _("no such row") if _place(key)[0] else _("not said")

    untouched = sent.get(key) == seen.get(key)
    return Difference(label, words(seen), words(now), words(sent), kept=not untouched)


def _field(key: str, form: Any, formsets: FormSets) -> "tuple[str, Field]":
    """Its label, with the part's name before it, and the field itself."""
    part, number, name = _place(key)
    if not part:
        return capfirst(str(form.fields[name].label or name)), form.fields[name]
    formset = formsets[part]
    field = formset.empty_form.fields[name]
    rows = {str(each.instance.pk): str(each.instance) for each in formset.initial_forms}
    row = rows.get(number) or capfirst(formset.model._meta.verbose_name)  # noqa: SLF001
    return f"{row} · {capfirst(str(field.label or name))}", field


def _merged(data: QueryDict, form: Any, seen: Values, now: Values, sent: Values) -> QueryDict:
    """What was not touched here takes what somebody else wrote; what was typed stays."""
    merged = data.copy()
    for name, field in form.fields.items():
        if name in now and sent.get(name) == seen.get(name):
            form_values.put(merged, name, field, now[name])
    return merged
