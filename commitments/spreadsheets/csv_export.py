"""CSV that Excel opens correctly even on a Chinese Windows: UTF-8 with a byte order mark."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from ..domain.texts import straighten
from .escaping import protect
from .export_columns import Value

BOM = "\N{BYTE ORDER MARK}"


def csv_parts(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the file row by row, so that only one row is in memory."""
    yield BOM + _line(headings)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Value]) -> str:
    line = StringIO()
    csv.writer(line).writerow([_text(value) for value in row])
    return line.getvalue()


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return protect(straighten(value))
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
