"""Numbers as people type and paste them."""

import re
import unicodedata
from decimal import Decimal

# Python and the browser read numbers by the same pattern.
NUMBER = r"^[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$"


def parse_number(text: str, unit: str = "") -> Decimal:
    """Read a number with full-width signs, thousands set apart by commas or spaces, and its unit.

    Raises ValueError if the text is no number, could be two, or bears a footnote's mark.
    """
    if is_marked(text.strip().removesuffix(unit)):
        raise ValueError(f"not a number: {text!r}")
    plain = _without(unit, unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+", ",", plain.replace("。", ".").replace("−", "-"))
    if not re.match(NUMBER, plain):
        raise ValueError(f"not a number: {text!r}")
    return Decimal(plain.replace(",", ""))


def is_marked(text: str) -> bool:
    """Tell whether the text holds a raised or circled digit, which marks a footnote."""
    return any(unicodedata.category(sign) == "No" for sign in text)


def _without(unit: str, text: str) -> str:
    unit = unicodedata.normalize("NFKC", unit)
    return text.removesuffix(unit).rstrip() if unit else text
