"""The values of a form, as the texts a browser would send: comparable, and fit for one hidden field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from ...change_log.values import NOTHING, describe_plain

Texts = list[str]
Values = dict[str, Texts]
FormSets = Mapping[str, Any]
# Separates the name of a part, the number of its row and the field.
SLASH = "/"
KEY = "id"


def stored_values(form: Any, formsets: FormSets) -> Values:
    """Return the stored values by field; a part's keys hold its name, the row's number and the field.

    Both form and parts must be made from the database, unsent.
    """
    values = {name: _stored(field, form.get_initial_for_field(field, name)) for name, field in _own(form)}
    for prefix, formset in formsets.items():
        for each in formset.initial_forms:
            for name, field in _own(each):
                key = SLASH.join([prefix, str(each.instance.pk), name])
                values[key] = _stored(field, each.get_initial_for_field(field, name))
    return values


def sent_values(data: QueryDict, form: Any, formsets: FormSets) -> Values:
    """Return the typed values under the same keys."""
    values = {name: _sent(field, data, name) for name, field in _own(form)}
    # A new row of a part goes by its place; a row to be deleted has no values.
    for prefix, formset in formsets.items():
        for number in _rows(data, prefix):
            row = data.get(f"{prefix}-{number}-{KEY}") or f"+{number}"
            for name, field in _own(formset.empty_form):
                values[SLASH.join([prefix, row, name])] = _sent(field, data, f"{prefix}-{number}-{name}")
    return values


def put(data: QueryDict, name: str, field: forms.Field, texts: Texts) -> None:
    """Put the texts into the data as if they had been typed."""
    if isinstance(field.widget, forms.CheckboxInput):
        data.setlist(name, ["on"] if texts else [])
    elif isinstance(field.widget, forms.MultiWidget):
        for number, _widget in enumerate(field.widget.widgets):
            data[f"{name}_{number}"] = texts[number] if texts else ""
    else:
        data.setlist(name, texts)


def describe(field: forms.Field, texts: Texts) -> str:
    """Return a field's value in words: a choice by its label, a number or day as the pages write it."""
    try:
        value = field.clean(texts if _many(field) else (texts or [""])[0])
    except forms.ValidationError:
        return ", ".join(texts) or NOTHING
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(row) for row in value) or NOTHING
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        labels: dict[Any, Any] = dict(field.choices)  # type: ignore[arg-type]
        return str(labels.get(value, value)) or NOTHING
    return describe_plain(value)


def _own(form: Any) -> Iterator[tuple[str, forms.Field]]:
    """Yield the fields that people fill in."""
    for name, field in form.fields.items():
        # A row's number is not typed, and the form itself fills the others.
        theirs = field.disabled or isinstance(field, forms.models.InlineForeignKeyField)
        if name not in (KEY, "DELETE") and not theirs:
            yield name, field


def _rows(data: QueryDict, prefix: str) -> Iterable[int]:
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    rows = range(min(int(total), len(data))) if total.isdecimal() else range(0)
    return [row for row in rows if f"{prefix}-{row}-DELETE" not in data]


def _stored(field: forms.Field, value: Any) -> Texts:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["True"] if value else []
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.decompress(value) or (), strict=True)
        return _texts([part.format_value(each) for part, each in parts])
    return _texts(widget.format_value(field.prepare_value(value)))


def _sent(field: forms.Field, data: QueryDict, name: str) -> Texts:
    value = field.widget.value_from_datadict(data, {}, name)
    return (["True"] if value else []) if isinstance(field.widget, forms.CheckboxInput) else _texts(value)


def _texts(value: Any) -> Texts:
    """Return a value as a list of texts; lines end as the database keeps them."""
    many = value if isinstance(value, (list, tuple)) else [value]
    return [str(each).replace("\r\n", "\n").strip() for each in many if each not in (None, "")]


def _many(field: forms.Field) -> bool:
    return isinstance(field, (forms.MultiValueField, forms.ModelMultipleChoiceField))
