"""Revisions of targets, by each role."""

from datetime import date
from decimal import Decimal
from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from commitments.actions import targets
from commitments.domain.enums import Accumulation, Comparator, Direction, Goal, Lifecycle, TargetKind
from commitments.models import Baseline, Target, TargetRevision
from tests.factories import NOON, TODAY, make_commitment, make_staged_target, make_target, make_user

pytestmark = pytest.mark.django_db


def revise(target: Target, **given: Any) -> TargetRevision:
    change = {"effective_from": TODAY, "new_value": Decimal(90), "new_due_on": None}
    why = {"authority": "区政府", "reason": "加码", "seen": targets.newest(target), "at": NOON}
    return targets.revise(target=target, **{"by": make_user(), **change, **why, **given})


@pytest.mark.parametrize("field", ["authority", "reason"])
def test_a_change_says_by_what_authority_and_why(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        revise(make_target(), **{field: " "})
    assert list(refused.value.message_dict) == [field]


def test_the_target_of_a_dropped_commitment_stays_as_it_is() -> None:
    dropped = make_commitment(
        lifecycle=Lifecycle.DROPPED, dropped_on=TODAY, dropped_authority="区政府", dropped_reason="合并"
    )
    with pytest.raises(ValidationError, match="reinstate|恢复"):
        revise(make_target(dropped))


@pytest.mark.django_db(transaction=True)
def test_a_line_written_past_the_lock_at_the_same_moment_refuses_this_one() -> None:
    target, user = make_target(), make_user()
    written, moment = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                TargetRevision.objects.create(
                    target=target, effective_from=TODAY, old_value=76, new_value=80, old_due_on=target.due_on,
                    new_due_on=date(2023, 12, 30), authority="区政府", reason="导入", revised_by=user, revised_at=NOON,
                )  # fmt: skip
                written.set()
                moment.wait(0.5)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    written.wait(5)
    with pytest.raises(ValidationError):
        revise(target, seen=0)
    thread.join()
    assert TargetRevision.objects.get().reason == "导入"


RANGE: dict[str, Any] = {"comparator": Comparator.RANGE, "value": 70, "value_high": 90}
LEVEL: dict[str, Any] = {"kind": TargetKind.LEVEL, "accumulation": Accumulation.LEVEL}
FALLING: dict[str, Any] = {"direction": Direction.AT_MOST}
ABOUT: dict[str, Any] = {"comparator": Comparator.ABOUT, "value": 70, "tolerance": 5}


def test_the_ends_of_a_range_are_revised_too() -> None:
    revision = revise(make_target(**RANGE), new_value=None, new_value_high=Decimal(95))
    assert (revision.old_value_high, revision.new_value_high, revision.new_value) == (
        Decimal(90),
        Decimal(95),
        Decimal(70),
    )


def test_the_tolerance_of_an_about_is_revised_too() -> None:
    revision = revise(make_target(**ABOUT), new_value=None, new_tolerance=Decimal(3))
    assert (revision.old_tolerance, revision.new_tolerance) == (Decimal(5), Decimal(3))


def test_a_target_in_stages_stays_at_a_hundred() -> None:
    with pytest.raises(ValidationError, match="100") as refused:
        revise(make_staged_target(), new_value=Decimal(50))
    assert list(refused.value.message_dict) == ["new_value"]


def test_a_target_in_stages_may_get_another_due_date() -> None:
    assert revise(make_staged_target(), new_value=None, new_due_on=date(2023, 11, 30)).new_value == 100


def start_from(target: Target, value: Decimal) -> None:
    what = {"indicator": "小区", "unit": target.unit, "unit_en": target.unit_en, "comparability": "same"}
    on = date(2022, 12, 31)
    Baseline.objects.create(commitment=target.commitment, target=target, value=value, on=on, **what)


@pytest.mark.parametrize(
    ("of_target", "change"),
    [
        (ABOUT, {"new_value": Decimal(5)}),
        (ABOUT, {"new_value": None, "new_tolerance": Decimal(75)}),
        (RANGE, {"new_value": Decimal(0)}),
        (ABOUT | LEVEL, {"new_value": Decimal(55)}),
        (ABOUT | LEVEL | FALLING, {"new_value": Decimal(45)}),
    ],
)
def test_an_end_that_the_start_meets_already_is_refused(
    of_target: dict[str, Any], change: dict[str, Any]
) -> None:
    target = make_target(**of_target)
    start_from(target, Decimal(50))
    with pytest.raises(ValidationError) as refused:
        revise(target, **change)
    assert list(refused.value.message_dict) == ["new_value"]


@pytest.mark.parametrize(
    "of_target", [ABOUT, ABOUT | LEVEL, ABOUT | LEVEL | FALLING, ABOUT | {"goal": Goal.FINAL}]
)
def test_an_end_that_the_start_does_not_meet_is_taken(of_target: dict[str, Any]) -> None:
    target = make_target(**of_target)
    start_from(target, Decimal(50))
    value = Decimal(44) if "direction" in of_target else Decimal(56)
    assert revise(target, new_value=value).new_value == value


def test_a_level_without_a_baseline_starts_from_0() -> None:
    with pytest.raises(ValidationError):
        revise(make_target(**ABOUT | LEVEL), new_value=Decimal(5))


def test_a_second_revision_keeps_the_ends_of_the_first() -> None:
    target = make_target(**RANGE)
    revise(target, new_value=None, new_value_high=Decimal(95), effective_from=date(2023, 6, 1))
    second = revise(target, new_value=Decimal(75), seen=targets.newest(target))
    assert (second.old_value_high, second.new_value_high) == (Decimal(95), Decimal(95))


@pytest.mark.parametrize(
    ("of_target", "change"),
    [
        (RANGE, {"new_value": None, "new_value_high": Decimal(70)}),
        (ABOUT, {"new_value": None, "new_tolerance": Decimal(0)}),
        (ABOUT, {"new_value": None, "new_value_high": Decimal(80)}),
        (RANGE, {"new_value": None, "new_tolerance": Decimal(1)}),
        ({}, {"new_value": None, "new_within": True}),
        (RANGE, {"new_value": None, "new_within": True}),
    ],
)
def test_ends_that_make_no_sense_are_refused_by_their_name(
    of_target: dict[str, Any], change: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refused:
        revise(make_target(**of_target), **change)
    assert list(refused.value.message_dict) == [next(name for name in change if name != "new_value")]
