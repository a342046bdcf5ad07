"""Each cell of the table of combinations: explained as it was worked out by hand, or refused by a named rule."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint
from django.utils.translation import override

from commitments import clock, labels
from commitments.domain.enums import Reason, TargetKind
from commitments.domain.readings import share
from commitments.domain.targets import HUNDRED
from commitments.domain.worked_cases import WorkedCase
from commitments.management.combinations import cases, combinations, refusal
from commitments.models import Target
from tests.domain.cases import RULES_2
from tests.factories import make_commitment

from .worked import make_worked, noon

pytestmark = pytest.mark.django_db
CELLS = sorted((case.number, case) for shown in cases().values() for case in shown)
REFUSED = [each for each in combinations() if refusal(each)]
HEADS = {
    "zh-hans": {
        "状态": "status",
        "原因": "why",
        "实际完成": "actual",
        "序时目标": "planned",
        "目标": "target",
        "进度": "progress",
        "与序时进度差距": "gap",
    },
    "en": {
        "Status": "status",
        "Why": "why",
        "Actual": "actual",
        "Planned": "planned",
        "Target": "target",
        "Progress": "progress",
        "Gap": "gap",
    },
}
LINE = re.compile(r"^  (\w+)(?:：|: )(.*)$", re.MULTILINE)
DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]+ \d{4}")
NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")
LIMIT = ("less than 0.1", "不足0.1")
# Their sentences tell the worst reading, or none.
WITHOUT_ACTUAL = {Reason.DROPPED, Reason.KEPT_THROUGHOUT, Reason.NOT_KEPT}
REACHED = {Reason.REACHED_IN_TIME, Reason.REACHED_LATE}
Lines = dict[str, str]


@pytest.fixture(params=[case for _number, case in CELLS], ids=[f"{number}" for number, _case in CELLS])
def cell(request: pytest.FixtureRequest) -> WorkedCase:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def explained(cell: WorkedCase, monkeypatch: pytest.MonkeyPatch) -> dict[str, Lines]:
    """Explain the case on its day; return the lines of its target by their heads, for each language."""
    monkeypatch.setattr(clock, "now", lambda: noon(cell.on))
    target, out = make_worked(cell), StringIO()
    call_command("explain", target.code, stdout=out)
    blocks = zip(HEADS.items(), out.getvalue().split("== English =="), strict=True)
    return {
        language: {heads[head]: words for head, words in LINE.findall(block) if head in heads}
        for (language, heads), block in blocks
    }


def test_an_allowed_cell_is_explained_as_it_was_worked_out(
    cell: WorkedCase, explained: dict[str, Lines]
) -> None:
    for language, lines in explained.items():
        with override(language):
            assert lines["status"] == f"{labels.LOOK[cell.status].shape} {labels.STATUS[cell.status]}"
        _check_figures(cell, lines)
        _check_sentence(cell, numbers(lines["why"]))


def _check_figures(cell: WorkedCase, lines: Lines) -> None:
    """Compare the figure of each line with that of the case; a line without a figure is not there."""
    figures = {
        "actual": cell.actual,
        "planned": cell.planned,
        "progress": cell.progress,
        "gap": cell.gap,
    }
    for head, figure in figures.items():
        shown = numbers(lines.get(head, ""))
        if figure is not None and not any(limit in lines[head] for limit in LIMIT):
            assert [told for told in shown if not is_told(told, figure)] == [], (head, lines[head])
        assert len(shown) == (figure is not None), head
    ends = (cell.spec.stated, cell.value_high, cell.tolerance)
    assert numbers(lines["target"]) == [end for end in ends if end is not None]


def _check_sentence(cell: WorkedCase, said: list[Decimal]) -> None:
    """Find the actual value in the sentence, and no number that is none of the case."""
    known = list(known_numbers(cell))
    assert [told for told in said if not any(is_told(told, number) for number in known)] == []
    is_silent = cell.reason in WITHOUT_ACTUAL or (cell.kind == TargetKind.STAGES and cell.reason in REACHED)
    if cell.actual is not None and not is_silent:
        assert any(is_told(told, cell.actual) for told in said)


def known_numbers(cell: WorkedCase) -> Iterator[Decimal]:
    """Yield each number that a sentence about the case may hold."""
    spec, rules = cell.spec, RULES_2
    gap = None if cell.gap is None else abs(cell.gap)
    ends = (spec.stated, cell.value_high, cell.tolerance, cell.baseline)
    yield from filter(None, (cell.planned, gap, *ends))
    yield from (rules.on_track_ratio * HUNDRED, rules.at_risk_ratio * HUNDRED, rules.small_gap_points)
    yield from (Decimal(rules.stage_grace_days), rules.growth_floor, rules.near_units or rules.growth_floor)
    yield from (() if cell.actual is None else (cell.actual,))
    for reading in cell.readings:
        yield share(reading.value, reading.denominator) if reading.denominator else reading.value
        yield Decimal((reading.effective_on - spec.due_on).days)
    if cell.overdue_since:
        yield Decimal((cell.on - cell.overdue_since).days)
    yield from [Decimal("0.1")] if cell.planned < Decimal("0.05") else []


def numbers(words: str) -> list[Decimal]:
    """Return the numbers in the words, those of days aside."""
    found = NUMBER.findall(DAY.sub("", words))
    return [Decimal(number.replace(",", "").replace("−", "-")) for number in found]


def is_told(told: Decimal, number: Decimal) -> bool:
    """Tell whether a number, rounded to the places of the one that was told, is that one."""
    return number.quantize(Decimal(1).scaleb(int(told.as_tuple().exponent)), ROUND_HALF_UP) == told


@pytest.fixture(params=REFUSED, ids=["-".join(each) for each in REFUSED])
def refused(request: pytest.FixtureRequest) -> Target:
    """Return the target of a refused cell, not yet in the database."""
    kind, direction, goal, accumulation = request.param
    words: dict[str, Any] = {
        "kind": kind,
        "direction": direction,
        "goal": goal,
        "accumulation": accumulation,
    }
    return Target(
        commitment=make_commitment(),
        code="REFUSED",
        title="目标",
        comparator=">=" if direction == "at_least" else "<=",
        value=HUNDRED,
        unit="%",
        starts_on="2023-01-01",
        due_on="2023-12-31",
        **words,
    )


def test_a_refused_cell_is_refused_by_a_rule_that_the_form_puts_into_words(refused: Target) -> None:
    with pytest.raises(IntegrityError) as by_database, transaction.atomic():
        refused.save()
    rule = by_database.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    words = {each.name: each.violation_error_message for each in Target._meta.constraints}[rule]
    with pytest.raises(ValidationError) as by_form:
        refused.full_clean()
    assert words in by_form.value.messages
    assert words != BaseConstraint.default_violation_error_message
