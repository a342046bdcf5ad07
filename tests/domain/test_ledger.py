from decimal import Decimal

import pytest

from commitments.domain import ledger
from commitments.domain.ledger import Reading, Standing
from commitments.domain.targets import TargetSpec
from commitments.domain.words import Accumulation, Comparator, Goal

from .cases import day, reading, spec


def standing(target: TargetSpec, readings: list[Reading], on: int = 99) -> Standing:
    return ledger.standing(target, readings, day(on))


def test_without_readings_there_is_no_actual() -> None:
    assert standing(spec(), []) == Standing()


def test_a_real_zero_is_a_value() -> None:
    assert standing(spec(), [reading(10, 0)]).actual == 0


@pytest.mark.parametrize(
    ("accumulation", "actual"),
    [
        (Accumulation.INCREMENTS, 70),
        (Accumulation.RUNNING_TOTAL, 40),
        (Accumulation.LEVEL, 40),
        (Accumulation.STAGES, 70),
    ],
)
def test_accumulation_decides_the_actual(accumulation: Accumulation, actual: int) -> None:
    assert standing(spec(accumulation=accumulation), [reading(10, 30), reading(20, 40)]).actual == actual


def test_of_two_readings_of_a_day_the_later_entry_stands() -> None:
    assert standing(spec(), [reading(10, 50, entry=2), reading(10, 40, entry=1)]).actual == 50


def test_all_increments_of_a_day_count() -> None:
    found = standing(spec(accumulation=Accumulation.INCREMENTS), [reading(10, 1, 1), reading(10, 2, 2)])
    assert found.actual == 3


def test_the_latest_day_is_known() -> None:
    assert standing(spec(), [reading(20, 2), reading(10, 1)]).latest_on == day(20)


def test_the_first_day_that_met_the_target_stays_known() -> None:
    found = standing(spec(), [reading(10, 190), reading(20, 200), reading(30, 150), reading(40, 210)])
    assert found.first_met_on == day(20)


def test_increments_meet_the_target_together() -> None:
    found = standing(spec(accumulation=Accumulation.INCREMENTS), [reading(10, 150), reading(20, 50)])
    assert found.first_met_on == day(20)


def test_one_failing_reading_is_a_breach() -> None:
    assert standing(spec(), [reading(10, 200), reading(20, 199)]).breached


def test_readings_that_all_hold_are_no_breach() -> None:
    assert not standing(spec(), [reading(10, 200), reading(20, 201)]).breached


@pytest.mark.parametrize(
    ("comparator", "below", "equal", "above"),
    [
        (Comparator.AT_LEAST, False, True, True),
        (Comparator.ABOVE, False, False, True),
        (Comparator.AT_MOST, True, True, False),
        (Comparator.BELOW, True, False, False),
    ],
)
def test_comparators_mean_what_they_say(
    comparator: Comparator, below: bool, equal: bool, above: bool
) -> None:
    target = spec(comparator=comparator)
    assert [target.is_met_by(Decimal(value)) for value in (199, 200, 201)] == [below, equal, above]


@pytest.mark.parametrize(("goal", "actual"), [(Goal.REACH, 1), (Goal.MAINTAIN, 2), (Goal.FINAL, 2)])
def test_after_the_due_date_only_what_is_to_be_reached_is_still_read(goal: Goal, actual: int) -> None:
    found = standing(spec(goal=goal), [reading(100, 2), reading(101, 1)], on=150)
    assert found.actual == actual


def test_readings_of_later_days_wait_for_them() -> None:
    assert standing(spec(), [reading(10, 1), reading(20, 2)], on=19).actual == 1
