"""Messages about rows: stored untranslated as JSON, and rendered for the reader."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..formats import Amount, Day, Title, Unit, either, headed, in_english
from ..spreadsheets.reader.problems import Remark
from .fault_messages import column_name, sentence


class Suggested(NamedTuple):
    """A target that may be meant, with its titles in both languages."""

    code: str
    title: str
    title_en: str

    def __str__(self) -> str:
        return f"{either(self.title, self.title_en)} ({self.code})"


class Suggestions(NamedTuple):
    """Targets that may be meant; as text, they are named in the reader's language."""

    targets: tuple[Suggested, ...]

    def __str__(self) -> str:
        return (", " if in_english() else "、").join(map(str, self.targets))


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


def suggestions(stored: Iterable[Any] | None) -> list[Suggested]:
    """Return the targets that stored faults suggest."""
    params = [value for _column, _message, params in stored or [] for value in params.values()]
    found = [_decode(value) for value in params]
    return [target for each in found if isinstance(each, Suggestions) for target in each.targets]


def _encode(value: object) -> object:
    match value:
        case Amount(figure, unit, unit_en):
            return {"amount": [str(figure), unit, unit_en]}
        case Unit(unit, unit_en):
            return {"unit": [unit, unit_en]}
        case Title(title, title_en):
            return {"title": [title, title_en]}
        case Suggestions(targets):
            return {"targets": [list(target) for target in targets]}
        case Day(day):
            return {"day": day.isoformat()}
    return value


def _decode(value: Any) -> object:
    match value:
        case {"amount": [figure, unit, unit_en]}:
            return Amount(Decimal(figure), unit, unit_en)
        case {"unit": [unit, unit_en]}:
            return Unit(unit, unit_en)
        case {"title": [title, title_en]}:
            return Title(title, title_en)
        case {"targets": targets}:
            return Suggestions(tuple(Suggested(*target) for target in targets))
        case {"day": day}:
            return Day(date.fromisoformat(day))
    return value
