"""Days and instants as the reader writes them."""

from datetime import date, datetime

from django import template
from django.utils.timezone import localtime

from .. import formats
from ..presenters import people

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """Return a day as `28 September 2023`; empty for None."""
    if value is None:
        return ""
    return formats.day(localtime(value) if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime) -> str:
    """Return an instant as `28 September 2023 12:00`, in the active time zone."""
    return people.moment(value)


@register.filter
def short_day(value: datetime) -> str:
    """Return the day of an instant as `28 Sep`."""
    return formats.short_day(localtime(value))


@register.filter
def short_moment(value: datetime) -> str:
    """Return an instant as `28 Sep 12:00`, in the active time zone."""
    return people.short_moment(value)
