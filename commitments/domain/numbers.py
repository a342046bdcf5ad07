"""Numbers as people type and paste them."""

import re
import unicodedata
from decimal import Decimal

# Read by Python and by the browser alike.
NUMBER = r"^[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$"


def number(text: str, unit: str = "") -> Decimal:
    """Full-width digits and signs, thousands set apart by commas or spaces, and the unit itself are understood.

    Raises ValueError for what is no number, or could be two, and for one with a footnote's mark.
    """
    if is_marked(text.strip().removesuffix(unit)):
        raise ValueError(f"not a number: {text!r}")
    plain = _without(unit, unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+", ",", plain.replace("。", ".").replace("−", "-"))
    if not re.match(NUMBER, plain):
        raise ValueError(f"not a number: {text!r}")
    return Decimal(plain.replace(",", ""))


def is_marked(text: str) -> bool:
    """Whether a raised or circled digit stands in it, as of a footnote: it is no digit of the number."""
    return any(unicodedata.category(sign) == "No" for sign in text)


def _without(unit: str, text: str) -> str:
    unit = unicodedata.normalize("NFKC", unit)
    return text.removesuffix(unit).rstrip() if unit else text
