"""What is to be said about a row: kept as a message and what fills it in, put into words for who reads it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..formats import Amount, Day, Unit, headed
from ..spreadsheets.reader.problems import Remark
from .fault_messages import column_name, sentence


class Said(NamedTuple):
    """A stored remark in the reader's language; `column` is one of `rows.COLUMNS`, or empty."""

    column: str
    sentence: str

    def __str__(self) -> str:
        return headed(column_name(self.column), self.sentence) if self.column else self.sentence


def kept(remarks: Iterable[Remark]) -> list[Any]:
    """As JSON holds them."""
    return [
        [column, message, {name: _kept(value) for name, value in params.items()}]
        for column, message, params in remarks
    ]


def said(stored: Iterable[Any] | None) -> list[Said]:
    """What `kept` has made, in the reader's language."""
    return [
        Said(column, sentence(message, {name: _meant(value) for name, value in params.items()}))
        for column, message, params in stored or []
    ]


def _kept(value: object) -> object:
    match value:
        case Amount(figure, unit, unit_en):
            return {"amount": [str(figure), unit, unit_en]}
        case Unit(unit, unit_en):
            return {"unit": [unit, unit_en]}
        case Day(day):
            return {"day": day.isoformat()}
    return value


def _meant(value: Any) -> object:
    match value:
        case {"amount": [figure, unit, unit_en]}:
            return Amount(Decimal(figure), unit, unit_en)
        case {"unit": [unit, unit_en]}:
            return Unit(unit, unit_en)
        case {"day": day}:
            return Day(date.fromisoformat(day))
    return value
