"""Columns of an exported file, each with its heading and the value it takes from a row."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

# Numbers stay numbers and days stay days; everything else is text.
Value = str | int | Decimal | date | None


class Column(NamedTuple):
    heading: str
    value: Callable[[Any], object]


def headings(columns: Iterable[Column]) -> list[str]:
    return [column.heading for column in columns]


def table(columns: list[Column], rows: Iterable[Any]) -> Iterator[list[Value]]:
    return ([cell_value(column.value(row)) for column in columns] for row in rows)


def cell_value(value: object) -> Value:
    """Return a cell's value: an instant as local time to the minute, markup without its tags."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        case int() | Decimal() | date() | None:
            return value
    return strip_tags(str(value)) if hasattr(value, "__html__") else str(value)
