"""Names and numbers as a reader of the active language writes them, on pages and in mails alike."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext

from .domain.targets import Terms

ONE_PLACE = Decimal("0.1")
# Steps of rounding, each finer than the one before; values are stored to the last.
FINER = (ONE_PLACE, Decimal("0.01"), Decimal("0.001"), Decimal("0.0001"))
# A planned value this large is shown without decimals, which would be noise.
LARGE = 100
HUNDRED = Decimal(100)


def in_english() -> bool:
    return (get_language() or "").startswith("en")


class Borrowed(str):
    """A text of the other language than the reader's, with a mark that says so.

    `bare` is the text alone, `language` that of its `lang` attribute.
    """

    __slots__ = ("bare", "language", "mark")
    bare: str
    language: str
    mark: str

    def __new__(cls, bare: str) -> "Borrowed":
        language, mark = ("zh-Hans", " (Chinese only)") if in_english() else ("en", "（仅有英文）")
        text = super().__new__(cls, bare + mark)
        text.bare, text.language, text.mark = bare, language, mark
        return text


def either(chinese: str, english: str) -> str:
    """Return the text of the reader's language, or the other one if it is missing."""
    own, other = (english, chinese) if in_english() else (chinese, english)
    return own or other


def localised(chinese: str, english: str) -> str:
    """Return the text of the reader's language; the other one, if it is missing, with a mark."""
    found = either(chinese, english)
    return found if found == (english if in_english() else chinese) else Borrowed(found)


def exact(value: Decimal) -> str:
    """Return the number with thousands separators and a real minus sign, without trailing zeros."""
    # Adding 0 turns a negative zero into a plain one.
    return f"{(value + 0).normalize():,f}".replace("-", "\N{MINUS SIGN}")


def parts(value: Decimal, whole: Decimal) -> str:
    """Return the two parts of a ratio: `190 / 200`."""
    return f"{exact(value)} / {exact(whole)}"


def ends(stated: Decimal, high: Decimal | None, *, about: bool) -> str:
    """Return a target's figures: `5`, an “about” as `1.8±0.05`, a range as `5.5–6`."""
    if high is None:
        return exact(stated)
    return f"{exact(stated)}±{exact(high - stated)}" if about else f"{exact(stated)}–{exact(high)}"


def stated(terms: Terms) -> str:
    """Return the figures of a promise as the plan states them."""
    about = terms.tolerance is not None
    return ends(
        terms.value, terms.value + terms.tolerance if terms.tolerance else terms.value_high, about=about
    )


def typed(value: Decimal) -> str:
    """Return the number as a form takes it: no separators, no trailing zeros."""
    return f"{value.normalize():f}"


def tenth(value: Decimal) -> Decimal:
    return value.quantize(ONE_PLACE, ROUND_HALF_UP)


def rounded(value: Decimal) -> str:
    """Return a computed value with at most one decimal."""
    return exact(shortened(value))


def shortened(value: Decimal) -> Decimal:
    """Round a computed value to the precision that `rounded` shows."""
    return value.quantize(Decimal(1), ROUND_HALF_UP) if abs(value) >= LARGE else tenth(value)


def side(value: Decimal, of: Decimal) -> tuple[bool, bool]:
    """Tell whether the value is above, and whether it is below the other."""
    return value > of, value < of


def beside(value: Decimal, threshold: Decimal, steps: Sequence[Decimal] = FINER) -> Decimal:
    """Round a value by the first of the steps that leaves it on its side of a threshold."""
    figures = (*(value.quantize(step, ROUND_HALF_UP) for step in steps), value)
    return next(figure for figure in figures if side(figure, threshold) == side(value, threshold))


def signed(value: Decimal) -> str:
    """Return a change with its sign, to a tenth: `+12.5`, `−3`, `0`."""
    shown = tenth(value)
    return f"+{exact(shown)}" if shown > 0 else exact(shown)


def amount(figure: str, unit: str) -> str:
    """Return a figure with its unit: `38条`, `38 roads`, `60%`."""
    return f"{figure} {unit}" if in_english() and unit != "%" else f"{figure}{unit}"


class Amount(NamedTuple):
    """A figure with its unit in both languages; as text, in the reader's."""

    value: Decimal
    unit: str
    unit_en: str

    def __str__(self) -> str:
        return amount(exact(self.value), either(self.unit, self.unit_en))


class Unit(NamedTuple):
    """A unit in both languages; as text, in the reader's."""

    unit: str
    unit_en: str

    def __str__(self) -> str:
        return either(self.unit, self.unit_en)


class Title(NamedTuple):
    """A title in both languages; as text, in the reader's."""

    title: str
    title_en: str

    def __str__(self) -> str:
        return either(self.title, self.title_en)


class Day(NamedTuple):
    """A day that as text is in the reader's language."""

    value: date

    def __str__(self) -> str:
        return day(self.value)


def points(figure: str) -> str:
    """Return the distance between two percentages: `9.2 points`, `9.2个百分点`."""
    if not in_english():
        return f"{figure}个百分点"
    return f"{figure} point" if figure.lstrip("+\N{MINUS SIGN}") == "1" else f"{figure} points"


def percent(share: Decimal) -> str:
    """Return a fraction in percent: `95%`."""
    return f"{exact(share * HUNDRED)}%"


def day(value: date) -> str:
    """Return a day as `5 September 2023` or `2023年9月5日`."""
    return format_date(value, pgettext("date format", "j F Y"))


def short_day(value: date) -> str:
    """Return a day as `5 Sep` or `9月5日`."""
    return format_date(value, pgettext("date format", "j M"))


def days(first: date, last: date) -> str:
    """Return a span of days as `18–24 Sep` or `9月18日—24日`; a month that both share is named once."""
    begin, end = short_day(first), short_day(last)
    if (first.year, first.month) == (last.year, last.month):
        begin = format_date(first, pgettext("first day of a span in one month", "j"))
        end = format_date(last, pgettext("last day of a span in one month", "j M"))
    return pgettext("span of days", "%(first)s–%(last)s") % {"first": begin, "last": end}


def minute(value: datetime) -> str:
    """Return an instant as `28 September 2023, 12:00` or `2023年9月28日 12:00`, in the time zone of `value`."""
    return format_date(value, pgettext("date format", "j F Y, H:i"))


def headed(title: str, sentence: str) -> str:
    return f"{title}: {sentence}" if in_english() else f"{title}：{sentence}"


def joined(*sentences: str) -> str:
    """Join the sentences, leaving out empty ones."""
    return (" " if in_english() else "").join(filter(None, sentences))


def capitalise(sentence: str) -> str:
    """Turn only the first letter into a capital; Chinese has none."""
    return sentence[:1].upper() + sentence[1:]


def sentence_of(parts: Sequence[str]) -> str:
    return capitalise(", ".join(parts)) + "." if in_english() else "，".join(parts) + "。"
