"""Numbers as people write them in a cell."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from .problems import CellError
from .problems import marked as _

HUNDRED = Decimal(100)
PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]{1,3})?")
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


class Figure(NamedTuple):
    """A number; `percent` says that it was written in percent: 5 of `5%`, and of a cell that shows 0.05 as 5%."""

    value: Decimal
    percent: bool = False


def figure(text: str) -> Figure:
    """Reads full-width digits, thousands separators and a percent sign. Raises CellError."""
    written = unicodedata.normalize("NFKC", text).translate(MINUS).strip()
    percent = written.endswith("%")
    number = written.removesuffix("%").rstrip()
    if GROUPED.fullmatch(number):
        number = number.replace(",", "")
    if not PLAIN.fullmatch(number):
        raise CellError(_("Not a number. Write the figure alone, without its unit: 1234.5 or 1,234.5."))
    return Figure(Decimal(number), percent)
