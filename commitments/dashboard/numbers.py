"""Numbers as both languages print them: thousands separators, a real minus sign, no trailing zeros."""

from decimal import Decimal

from django.utils.translation import get_language

from ..models import Target
from ..models.naming import localised

ONE_PLACE = Decimal("0.1")
# From here on a decimal of a planned value is noise.
LARGE = 100


def exact(value: Decimal) -> str:
    # Adding 0 turns a negative zero into a plain one.
    return f"{(value + 0).normalize():,f}".replace("-", "−")


def rounded(value: Decimal) -> str:
    """For computed values: a tenth at most."""
    return exact(value.quantize(Decimal(1) if abs(value) >= LARGE else ONE_PLACE))


def signed(value: Decimal) -> str:
    text = exact(value.quantize(ONE_PLACE))
    return f"+{text}" if text[0] not in "−0" or text.startswith("0.") else text


def with_unit(number: str, target: Target) -> str:
    """`76个` in Chinese, `76 communities` in English, `5%` in both."""
    unit = localised(target.unit, target.unit_en)
    space = " " if unit != "%" and (get_language() or "").startswith("en") else ""
    return f"{number}{space}{unit}"
