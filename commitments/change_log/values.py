"""Stored values as a reader of the active language would write them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import formats

Names = Mapping[type[Model], Mapping[Any, str]]
NOTHING = "—"


def look_up_names(rows: Iterable[tuple[type[Model], Any]]) -> Names:
    """Return the names of the rows, each given as a table and a key, with one query a table."""
    keys: dict[type[Model], set[Any]] = defaultdict(set)
    for table, key in rows:
        keys[table].add(key)
    return {
        table: {key: str(row) for key, row in table.objects.in_bulk(found - {None}).items()}  # type: ignore[attr-defined]
        for table, found in keys.items()
    }


def describe(field: "Field[Any, Any]", value: Any, called: Names) -> str:
    """Return a choice by its label, a reference by its name, any other value in plain words."""
    if value is None or value == "":
        return NOTHING
    if isinstance(field, ForeignKey):
        return called.get(field.related_model, {}).get(value, f"#{value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return describe_plain(value)


def describe_plain(value: Any) -> str:
    """Return a number, a day, an instant, yes or no, or the text itself."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{formats.day(timezone.localtime(value))} {timezone.localtime(value):%H:%M}"
    if isinstance(value, date):
        return formats.day(value)
    return formats.exact(value) if isinstance(value, Decimal) else str(value)
