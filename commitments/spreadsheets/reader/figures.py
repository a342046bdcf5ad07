"""Numbers as people and spreadsheets write them in a cell."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from ...domain.numbers import NUMERALS, is_marked, parse_number
from .problems import CellError
from .problems import marked as _

HUNDRED = Decimal(100)
# The form in which a spreadsheet saves a large number in CSV.
SCIENTIFIC = re.compile(r"[+-]?[0-9](\.[0-9]+)?E[+-]?[0-9]{1,3}")

MYRIADS = re.compile("[0-9０-９][万亿]")
# Words or signs in front of the only number: “约22”, “已开工22条”, “≥22”.
IN_FRONT = re.compile(r"[^0-9.,+−-][^0-9]*([0-9][0-9,]*(\.[0-9]+)?)[^0-9]*")

# Forms with an advice of their own: two numbers, percentage points, a comma for decimals.
ADVICE = {
    re.compile(r"[0-9][0-9,.]*\s*/\s*[0-9][0-9,.]*"): _(
        "“%(text)s” is two numbers. Enter one only; only ratios have two parts."
    ),
    re.compile(r"[^0-9]*[0-9.]+\s*个?百分点"): _(
        "“%(text)s” is not a number. Percentage points are a change: enter the level itself."
    ),
    re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]+,[0-9]{1,2}|0,[0-9]+"): _(
        "“%(text)s” is not a number. If the comma is a decimal mark, write a point: 1234.5."
    ),
    # 5200（另5300）, 22个、3个, 3—5.
    re.compile(r"[^0-9]*[0-9][0-9,.]*[^0-9a-z,.\s⁄][^0-9]*[0-9][0-9,.]*[^0-9]*"): _(
        "“%(text)s” contains two numbers. Enter one only."
    ),
}


class Figure(NamedTuple):
    """A number; `percent` tells that it was written in percent.

    The value is 5 for `5%`, and for a cell that shows 0.05 as 5%.
    """

    value: Decimal
    percent: bool = False


def parse_figure(text: str) -> Figure:
    """Read a number, perhaps with a percent sign or a spreadsheet's power of ten.

    Raises CellError for any other text.
    """
    if is_marked(text):
        raise no_number(text)
    written = unicodedata.normalize("NFKC", text).strip()
    if SCIENTIFIC.fullmatch(written):
        return Figure(Decimal(written))
    percent = written.endswith("%")
    try:
        return Figure(parse_number(written.removesuffix("%")), percent)
    except ValueError:
        raise no_number(text) from None


def no_number(text: str) -> CellError:
    """Build the refusal of a text that is no number, with advice on writing it."""
    if MYRIADS.search(text):
        return CellError(_("“%(text)s” is not a number. Write 12万 in full: 120000."), text=text)
    plain = unicodedata.normalize("NFKC", text).strip()
    for shape, message in ADVICE.items():
        if shape.fullmatch(plain):
            return CellError(message, text=text)
    in_front = IN_FRONT.fullmatch(plain)
    if in_front and not is_marked(text):
        return CellError(
            _("“%(text)s” is not a number. Enter only %(number)s, and the rest in the note."),
            text=text,
            number=in_front[1].rstrip(","),
        )
    if any(sign in NUMERALS for sign in text):
        return CellError(_("“%(text)s” is not a number. Write 三十 in digits: 30."), text=text)
    return CellError(
        _("“%(text)s” is not a number. Write 1234.5 or 1,234.5; the target's unit may follow."), text=text
    )
