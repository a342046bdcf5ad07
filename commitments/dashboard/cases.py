"""The worked cases for the method page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .. import labels
from ..domain.enums import Comparator
from ..domain.worked_cases import WorkedCase, worked_cases
from ..formats import amount, either, ends, exact, rounded
from ..presenters.status_tags import Tag, tag

TWO_PLACES = Decimal("0.01")


@dataclass(frozen=True)
class CaseRow:
    """A worked case; texts are empty if there is no value, and `target` names the unit of `actual` and `planned`."""

    number: int
    title: str
    target: str
    due_on: date
    on: date
    actual: str
    planned: str
    progress: str
    gap: str
    tag: Tag
    rule: str
    working: str


def case_rows(method: int) -> Sequence[CaseRow]:
    """Return the cases that are judged so by a method."""
    return [_row(case) for case in worked_cases() if method in case.methods]


def _row(case: WorkedCase) -> CaseRow:
    unit, spec = either(case.unit_zh, case.unit_en), case.spec
    sign = "%" if unit == "%" else ""
    return CaseRow(
        number=case.number,
        title=either(case.title_zh, case.title_en),
        target=labels.SIGN[spec.comparator]
        + amount(ends(spec.stated, spec.high, about=spec.comparator == Comparator.ABOUT), unit),
        due_on=spec.due_on,
        on=case.on,
        actual="" if case.actual is None else _format_value(case.actual) + sign,
        planned=rounded(case.planned) + sign,
        progress="" if case.progress is None else f"{exact(case.progress)}%",
        gap=_format_gap(case.gap),
        tag=tag(case.status),
        rule=case.reason.value,
        working=either(case.working_zh, case.working_en),
    )


def _format_value(actual: Decimal) -> str:
    """Format a value with at most two decimals."""
    return exact(actual.quantize(TWO_PLACES))


def _format_gap(value: Decimal | None) -> str:
    """Format a gap with its sign; empty for None."""
    if value is None:
        return ""
    return f"+{exact(value)}" if value > 0 else exact(value)
