"""Numbers, days and statuses as a reader of the active language writes them."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext

from .. import labels
from ..domain.words import Status

ONE_PLACE = Decimal("0.1")
# From here on a decimal of a planned value is noise.
LARGE = 100


class Light(NamedTuple):
    """A status as word, shape and colour; `name` lets a style sheet choose another colour on dark ground."""

    name: str
    word: labels.Label
    shape: str
    colour: str


def light(status: Status) -> Light:
    return Light(status.value, labels.STATUS[status], *labels.LOOK[status])


def number(value: Decimal) -> str:
    """Without the zeros that only the database needs."""
    # Adding 0 turns a negative zero into a plain one.
    return f"{(value + 0).normalize():,f}".replace("-", "\N{MINUS SIGN}")


def rounded(value: Decimal) -> str:
    """For computed values: a tenth at most."""
    return number(value.quantize(Decimal(1) if abs(value) >= LARGE else ONE_PLACE))


def signed(count: int) -> str:
    return f"+{count}" if count > 0 else number(Decimal(count))


def amount(figure: str, unit: str) -> str:
    """`38条`, `38 roads`, `60%`."""
    return f"{figure} {unit}" if in_english() and unit != "%" else f"{figure}{unit}"


def day(value: date) -> str:
    return format_date(value, pgettext("date format", "j F Y"))


def in_english() -> bool:
    return (get_language() or "").startswith("en")
