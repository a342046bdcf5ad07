"""Days and statuses as a reader of the active language writes them."""

from datetime import date
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext

from .. import labels
from ..domain.words import Status


class Light(NamedTuple):
    """A status as word, shape and colour; `name` lets a style sheet choose another colour on dark ground."""

    name: str
    word: labels.Label
    shape: str
    colour: str


def light(status: Status) -> Light:
    return Light(status.value, labels.STATUS[status], *labels.LOOK[status])


def day(value: date) -> str:
    return format_date(value, pgettext("date format", "j F Y"))
