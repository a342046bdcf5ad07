"""Doubts as a clerk meets them: the numbers from the ledger, the sentence in the reader's language."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from commitments.domain.doubts import Bound, Doubt
from commitments.domain.enums import Accumulation, Direction, TargetKind, TrajectoryKind
from commitments.models import Target
from commitments.reporting.doubts import asking, bounds_of, describe
from commitments.rollups import refresh

from ..factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_jurisdiction,
    make_plan,
    make_target,
)
from ..sql import statements

INCREMENTS = {"accumulation": Accumulation.INCREMENTS}
FALLING = {"accumulation": Accumulation.LEVEL, "direction": Direction.AT_MOST, "comparator": "<="}
STAGES = {"kind": TargetKind.STAGES, "accumulation": Accumulation.STAGES, "trajectory": TrajectoryKind.STEP}


@pytest.mark.django_db
def test_bounds_come_from_what_is_there_by_the_day() -> None:
    target = make_target(make_commitment(make_plan(review_required=True)))
    make_counted_entry(target, 45, date(2023, 8, 31))
    make_counted_entry(target, 50, date(2023, 9, 10))
    make_entry(target, 52, date(2023, 9, 11))
    refresh.drain(clock=lambda: NOON)
    assert bounds_of([target], date(2023, 8, 31))[target.pk][0] == Bound(
        Doubt.BELOW_PREVIOUS, "<", Decimal(45)
    )


@pytest.mark.django_db
def test_bounds_go_on_from_what_waits_for_review() -> None:
    target = make_target(make_commitment(make_plan(review_required=True)))
    make_counted_entry(target, 45, date(2023, 8, 1))
    make_entry(target, 48, date(2023, 8, 31))
    refresh.drain(clock=lambda: NOON)
    assert bounds_of([target], TODAY)[target.pk][0] == Bound(Doubt.BELOW_PREVIOUS, "<", Decimal(48))


@pytest.mark.django_db
def test_passing_the_target_is_asked_once_while_it_waits_for_review() -> None:
    target = make_target(make_commitment(make_plan(review_required=True)))
    make_entry(target, 80, date(2023, 8, 31))
    refresh.drain(clock=lambda: NOON)
    assert Doubt.ABOVE_TARGET not in {bound.doubt for bound in bounds_of([target], TODAY)[target.pk]}


@pytest.mark.django_db
def test_only_the_targets_asked_for_are_answered() -> None:
    asked = make_target()
    make_target(asked.commitment, code="another")
    assert list(bounds_of([asked], TODAY)) == [asked.pk]


@pytest.mark.django_db
def test_statements_grow_with_plans_and_not_with_targets() -> None:
    sent = []
    for number in (1, 9):
        plans = [
            make_plan(jurisdiction=make_jurisdiction(code=f"61030{number}"), year=year)
            for year in (2022, 2023)
        ]
        targets = [make_target(make_commitment(plan)) for plan in plans for _ in range(number)]
        with statements() as of_these:
            bounds_of(targets, TODAY)
        sent.append(len(of_these))
    assert sent == [5, 5]


@pytest.mark.parametrize(
    ("doubt", "given", "english"),
    [
        (Doubt.BELOW_PREVIOUS, {}, "Lower than the previous value, 45 km."),
        (Doubt.BELOW_PREVIOUS, FALLING, "Higher than the previous value, 45 km, though it should fall."),
        (Doubt.BIG_JUMP, {}, "A value above 45 km is a jump of more than a quarter of the target."),
        (Doubt.BIG_JUMP, FALLING, "A value below 45 km is a drop of more than a quarter of the target."),
        (Doubt.BIG_JUMP, INCREMENTS, "An increase of more than 45 km is over a quarter of the target."),
        (Doubt.UNUSUAL_STEP, {}, "A value above 45 km is a jump of over three times the usual step."),
        (Doubt.UNUSUAL_STEP, FALLING, "A value below 45 km is a drop of over three times the usual step."),
        (
            Doubt.UNUSUAL_STEP,
            INCREMENTS,
            "An increase of more than 45 km is over three times the usual amount.",
        ),
        (Doubt.ABOVE_TARGET, {}, "Above the target, 45 km."),
        (Doubt.ABOVE_TARGET, FALLING, "Below the target, 45 km."),
        (Doubt.ABOVE_TARGET, INCREMENTS, "More than the 45 km still needed to reach the target."),
        (Doubt.EQUAL_THREE_TIMES, {}, "45 km for the third time in a row."),
        (Doubt.NOT_WHOLE, {}, "Not a whole number, unlike the target and all values so far."),
        (Doubt.DONE_WITHOUT_EVIDENCE, {}, "The target is met, but with no evidence."),
        (Doubt.DONE_WITHOUT_EVIDENCE, STAGES, "Marked as done with no evidence."),
        (Doubt.ABOVE_WHOLE, {}, "The numerator is greater than the denominator: 45 km."),
    ],
)
def test_words_name_the_number(doubt: Doubt, given: dict[str, Any], english: str) -> None:
    target = Target(**{"accumulation": Accumulation.RUNNING_TOTAL, "unit": "公里", "unit_en": "km"} | given)
    with translation.override("en"):
        assert describe(Bound(doubt, "<", Decimal("45.0000")), target) == english


@pytest.mark.parametrize(
    ("doubt", "language", "said"),
    [
        (Doubt.BELOW_PREVIOUS, "zh-hans", "分子或分母低于上次填报的累计数400/800。"),
        (
            Doubt.BELOW_PREVIOUS,
            "en",
            "The numerator or denominator to date is lower than in the previous report, 400/800.",
        ),
        (Doubt.EQUAL_THREE_TIMES, "en", "400/800 for the third time in a row."),
    ],
)
def test_a_ratio_is_named_by_its_parts(doubt: Doubt, language: str, said: str) -> None:
    target = Target(accumulation=Accumulation.RUNNING_RATIO, unit="%", unit_en="%")
    with translation.override(language):
        assert describe(Bound(doubt, "<", Decimal("400.0000"), Decimal("800.0000")), target) == said


def test_words_are_chinese_for_a_chinese_reader() -> None:
    target = Target(accumulation=Accumulation.RUNNING_TOTAL, unit="个", unit_en="communities")
    with translation.override("zh-hans"):
        said = describe(Bound(Doubt.BELOW_PREVIOUS, "<", Decimal(45)), target)
    assert said == "低于此前数值45个。"


@pytest.mark.parametrize(
    ("doubt", "asked"),
    [
        (Doubt.NOT_WHOLE, "不是整数，而目标值及此前数值均为整数。请在说明中写明原因。"),
        (
            Doubt.DONE_WITHOUT_EVIDENCE,
            "已达到目标值，但未附佐证材料。请补充，或在说明中写明材料存放处。",
        ),
    ],
)
def test_whoever_enters_a_doubtful_value_is_asked_for_something(doubt: Doubt, asked: str) -> None:
    with translation.override("zh-hans"):
        assert (
            asking(Bound(doubt, "<", Decimal(45)), Target(accumulation=Accumulation.RUNNING_TOTAL)) == asked
        )
