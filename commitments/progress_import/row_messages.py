"""Messages about rows: stored untranslated as JSON, and rendered for the reader."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..formats import Amount, Day, Unit, headed
from ..spreadsheets.reader.problems import Remark
from .fault_messages import column_name, sentence


class RowMessage(NamedTuple):
    """A stored remark in the reader's language; `column` is one of `rows.COLUMNS`, or empty."""

    column: str
    sentence: str

    def __str__(self) -> str:
        return headed(column_name(self.column), self.sentence) if self.column else self.sentence


def serialize(remarks: Iterable[Remark]) -> list[Any]:
    """Turn remarks into JSON values."""
    return [
        [column, message, {name: _encode(value) for name, value in params.items()}]
        for column, message, params in remarks
    ]


def render(stored: Iterable[Any] | None) -> list[RowMessage]:
    """Render the stored remarks in the reader's language."""
    return [
        RowMessage(column, sentence(message, {name: _decode(value) for name, value in params.items()}))
        for column, message, params in stored or []
    ]


def _encode(value: object) -> object:
    match value:
        case Amount(figure, unit, unit_en):
            return {"amount": [str(figure), unit, unit_en]}
        case Unit(unit, unit_en):
            return {"unit": [unit, unit_en]}
        case Day(day):
            return {"day": day.isoformat()}
    return value


def _decode(value: Any) -> object:
    match value:
        case {"amount": [figure, unit, unit_en]}:
            return Amount(Decimal(figure), unit, unit_en)
        case {"unit": [unit, unit_en]}:
            return Unit(unit, unit_en)
        case {"day": day}:
            return Day(date.fromisoformat(day))
    return value
