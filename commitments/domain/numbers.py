"""Numbers as people type and paste them."""

import re
import unicodedata
from decimal import Decimal

NUMBER = re.compile(r"[+-]?([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
NUMERALS = "零〇一二两三四五六七八九十百千万亿"
# Words behind a unit that change the number before it: “58个左右” is about 58, “3个半” is 3.5.
CHANGING = ("左右", "上下", "多", "余", "半", "以上", "以下", "以内", "or ")


def parse_number(text: str, *units: str) -> Decimal:
    """Read a number, with one of the `units` and words behind it or not; raise ValueError if it is none.

    Full-width digits and signs, and thousands set apart by commas or spaces, are understood.
    """
    for unit in filter(None, units):
        # A unit may be written with a raised digit of its own: m².
        text = text.replace(unit, unicodedata.normalize("NFKC", unit))
    if not is_marked(text):
        plain = unicodedata.normalize("NFKC", text).strip()
        for unit in (*units, ""):
            figure = _figure(plain, unicodedata.normalize("NFKC", unit))
            if NUMBER.fullmatch(figure):
                return Decimal(figure.replace(",", ""))
    raise ValueError(f"not a number: {text!r}")


def is_marked(text: str) -> bool:
    """Tell whether the text holds a raised or circled digit, which marks a footnote."""
    return any(unicodedata.category(sign) == "No" for sign in text)


def _figure(text: str, unit: str) -> str:
    """Return the text before the unit as digits, or nothing where what stands behind it says more than words."""
    if unit:
        found = re.search(re.escape(unit), text, re.IGNORECASE)
        if found is None or not _are_words(text[found.end() :], behind=unit):
            return ""
        text = text[: found.start()].rstrip()
    return re.sub(r"\s+", ",", text.replace("。", ".").replace("−", "-"))


def _are_words(text: str, *, behind: str) -> bool:
    """Tell whether the text leaves the number as it is: it is empty, or words without digits and numerals."""
    if not text:
        return True
    # “5 mm” is no 5 m.
    goes_on = behind[-1].isascii() and text[0].isascii() and text[0].isalnum()
    are_letters = behind[-1].isalpha() and all(sign.isalpha() or sign.isspace() for sign in text)
    changes = text.lstrip().startswith(CHANGING) or any(sign in NUMERALS for sign in text)
    return are_letters and not goes_on and not changes
