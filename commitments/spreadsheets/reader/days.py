"""Days as people write them in a cell."""

import re
import unicodedata
from datetime import date, timedelta

from .problems import CellError
from .problems import marked as _

WRITTEN = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?([ T]0?0:00(:00)?)?")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
SERIAL = re.compile(r"[0-9]{5}(\.0+)?")
# Excel counts days so that 1 March 1900 is day 61. Earlier days are off by one and not needed here.
FIRST, FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)


def parse_day(text: str) -> date:
    """Read `2023-09-28`, `2023/9/28`, `2023年9月28日`, `20230928` or Excel's number of a day.

    Raises CellError for any other text.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if SERIAL.fullmatch(written):
        return day_of_serial(int(float(written)))
    match = WRITTEN.fullmatch(written) or COMPACT.fullmatch(written)
    try:
        return date(*(int(part) for part in (match[1], match[2], match[3]))) if match else _refuse()
    except ValueError:
        return _refuse()


def day_of_serial(number: int, *, from_1904: bool = False) -> date:
    """Return the day that a workbook stores as a number; raise CellError if there is no such day."""
    try:
        return (FIRST_1904 if from_1904 else FIRST) + timedelta(days=number)
    except OverflowError:
        return _refuse()


def _refuse() -> date:
    raise CellError(_("Not a date; write for example 2023-09-28."))
