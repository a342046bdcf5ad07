"""Names and numbers as a reader of the active language writes them, on pages and in mails alike."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext

ONE_PLACE = Decimal("0.1")
# From here on a decimal of a planned value is noise.
LARGE = 100
HUNDRED = Decimal(100)


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def localised(chinese: str, english: str) -> str:
    """The reader's language, or Chinese where the English is missing."""
    return english if english and in_english() else chinese


def exact(value: Decimal) -> str:
    """Thousands separators, a real minus sign, and none of the zeros that only the database needs."""
    # Adding 0 turns a negative zero into a plain one.
    return f"{(value + 0).normalize():,f}".replace("-", "\N{MINUS SIGN}")


def typed(value: Decimal) -> str:
    """As a form takes it: no separators, and none of the zeros that only the database needs."""
    return f"{value.normalize():f}"


def tenth(value: Decimal) -> Decimal:
    return value.quantize(ONE_PLACE, ROUND_HALF_UP)


def rounded(value: Decimal) -> str:
    """For computed values: a tenth at most."""
    return exact(shortened(value))


def shortened(value: Decimal) -> Decimal:
    """A computed value as `rounded` shows it."""
    return value.quantize(Decimal(1), ROUND_HALF_UP) if abs(value) >= LARGE else tenth(value)


def signed(value: Decimal) -> str:
    """A change, to a tenth: `+12.5`, `−3`, `0`."""
    shown = tenth(value)
    return f"+{exact(shown)}" if shown > 0 else exact(shown)


def amount(figure: str, unit: str) -> str:
    """`38条`, `38 roads`, `60%`."""
    return f"{figure} {unit}" if in_english() and unit != "%" else f"{figure}{unit}"


class Amount(NamedTuple):
    """A figure with its unit in both languages: in words, it is in the reader's."""

    value: Decimal
    unit: str
    unit_en: str

    def __str__(self) -> str:
        return amount(exact(self.value), localised(self.unit, self.unit_en))


class Unit(NamedTuple):
    """A unit in both languages: in words, it is in the reader's."""

    unit: str
    unit_en: str

    def __str__(self) -> str:
        return localised(self.unit, self.unit_en)


class Day(NamedTuple):
    """A day that is in words in the reader's language."""

    value: date

    def __str__(self) -> str:
        return day(self.value)


def points(figure: str) -> str:
    """The distance between two percentages: `9.2 points`, `9.2个百分点`."""
    if not in_english():
        return f"{figure}个百分点"
    return f"{figure} point" if figure.lstrip("+\N{MINUS SIGN}") == "1" else f"{figure} points"


def percent(share: Decimal) -> str:
    """A fraction: `95%`."""
    return f"{exact(share * HUNDRED)}%"


def day(value: date) -> str:
    """`5 September 2023`, `2023年9月5日`."""
    return format_date(value, pgettext("date format", "j F Y"))


def minute(value: datetime) -> str:
    """`28 September 2023, 12:00`, `2023年9月28日 12:00`, on the clock that `value` is of."""
    return format_date(value, pgettext("date format", "j F Y, H:i"))


def headed(title: str, sentence: str) -> str:
    return f"{title}: {sentence}" if in_english() else f"{title}：{sentence}"


def joined(*sentences: str) -> str:
    """One after the other; an empty one is left out."""
    return (" " if in_english() else "").join(filter(None, sentences))


def capitalised(sentence: str) -> str:
    """Its first letter alone; Chinese has none."""
    return sentence[:1].upper() + sentence[1:]


def sentence_of(parts: Sequence[str]) -> str:
    return capitalised(", ".join(parts)) + "." if in_english() else "，".join(parts) + "。"
