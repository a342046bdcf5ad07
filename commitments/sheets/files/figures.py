"""Numbers as people and spreadsheets write them in a cell."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from ...domain.figures import number
from .problems import CellError
from .problems import marked as _

HUNDRED = Decimal(100)
# As a spreadsheet saves a large number in CSV.
SCIENTIFIC = re.compile(r"[+-]?[0-9](\.[0-9]+)?E[+-]?[0-9]{1,3}")


class Figure(NamedTuple):
    """A number; `percent` says that it was written in percent: 5 of `5%`, and of a cell that shows 0.05 as 5%."""

    value: Decimal
    percent: bool = False


def figure(text: str) -> Figure:
    """A number as everywhere in the service, a percent sign behind it, or a spreadsheet's powers of ten.

    Raises CellError.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if SCIENTIFIC.fullmatch(written):
        return Figure(Decimal(written))
    percent = written.endswith("%")
    try:
        return Figure(number(written.removesuffix("%")), percent)
    except ValueError:
        raise CellError(
            _("Not a number. Write the figure alone, without its unit: 1234.5 or 1,234.5.")
        ) from None
