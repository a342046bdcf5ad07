"""Names and numbers as a reader of the active language writes them, on pages and in mails alike."""

from decimal import Decimal

from django.utils.translation import get_language

ONE_PLACE = Decimal("0.1")
# From here on a decimal of a planned value is noise.
LARGE = 100


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def localised(chinese: str, english: str) -> str:
    """The reader's language, or Chinese where the English is missing."""
    return english if english and in_english() else chinese


def exact(value: Decimal) -> str:
    """Thousands separators, a real minus sign, and none of the zeros that only the database needs."""
    # Adding 0 turns a negative zero into a plain one.
    return f"{(value + 0).normalize():,f}".replace("-", "\N{MINUS SIGN}")


def rounded(value: Decimal) -> str:
    """For computed values: a tenth at most."""
    return exact(value.quantize(Decimal(1) if abs(value) >= LARGE else ONE_PLACE))


def signed(value: Decimal) -> str:
    """A change, to a tenth: `+12.5`, `−3`, `0`."""
    shown = value.quantize(ONE_PLACE)
    return f"+{exact(shown)}" if shown > 0 else exact(shown)


def amount(figure: str, unit: str) -> str:
    """`38条`, `38 roads`, `60%`."""
    return f"{figure} {unit}" if in_english() and unit != "%" else f"{figure}{unit}"
