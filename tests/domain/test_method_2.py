"""The rules of method 2 where they differ from those of method 1, one test for each answer."""

from datetime import date

import pytest

from commitments.domain.assessment import Assessment, assess
from commitments.domain.enums import Freshness, Reason, Status
from commitments.domain.flags import Flag
from commitments.domain.readings import Reading, standing
from commitments.domain.targets import TargetSpec

from .cases import CALENDAR, RULES, RULES_2, assessed, day, level, reading, spec

CLOSED = 130
Answer = tuple[Status, Reason]


def status_of(target: TargetSpec, *readings: Reading, on: int = 50) -> Answer:
    found = assessed(target, *readings, on=on, rules=RULES_2)
    return found.status, found.reason


@pytest.mark.parametrize(
    ("readings", "on", "expected"),
    [
        ([(40, 200)], 50, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        ([(40, 200), (45, 95)], 50, (Status.ON_TRACK, Reason.LOWERED_AGAIN)),
        ([(40, 200), (45, 85)], 50, (Status.AT_RISK, Reason.LOWERED_AGAIN)),
        ([(40, 200), (45, 10)], 50, (Status.OFF_TRACK, Reason.LOWERED_AGAIN)),
        ([(40, 200), (45, 10), (60, 201)], 70, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        ([(40, 200), (45, 10), (101, 201)], CLOSED, (Status.ACHIEVED_LATE, Reason.REACHED_LATE)),
        ([(40, 200), (45, 199)], CLOSED, (Status.NOT_ACHIEVED, Reason.LOWERED_AGAIN)),
        ([(40, 199)], CLOSED, (Status.NOT_ACHIEVED, Reason.NOT_REACHED)),
    ],
)
def test_what_is_counted_up_is_achieved_only_while_it_stands_there(
    readings: list[tuple[int, int]], on: int, expected: Answer
) -> None:
    assert status_of(spec(), *(reading(*each) for each in readings), on=on) == expected


def test_the_day_that_counts_begins_the_last_unbroken_stretch() -> None:
    readings = [reading(10, 200), reading(20, 150), reading(30, 200), reading(40, 210)]
    found = assessed(spec(), *readings, rules=RULES_2)
    assert found.standing_since == day(30)
    assert standing(spec(), readings, day(50)).first_met_on == day(10)


def test_the_last_reading_of_a_day_is_the_days_value() -> None:
    of_one_day = reading(40, 200, entry=1), reading(40, 90, entry=2)
    assert status_of(spec(), *of_one_day) == (Status.AT_RISK, Reason.LOWERED_AGAIN)


def test_a_level_that_was_reached_stays_reached_with_a_flag() -> None:
    found = assessed(level(), reading(40, 200), reading(45, 150), rules=RULES_2)
    assert (found.status, found.standing_since) == (Status.ACHIEVED, day(40))
    assert Flag.LEFT_AGAIN in found.flags


@pytest.mark.parametrize("target", [level(), spec()])
def test_what_stands_at_its_target_has_not_left_it(target: TargetSpec) -> None:
    assert Flag.LEFT_AGAIN not in assessed(target, reading(40, 200), rules=RULES_2).flags


def test_method_1_knows_neither_the_day_nor_the_flag() -> None:
    found = assessed(level(), reading(40, 200), reading(45, 150), rules=RULES)
    assert (found.status, found.standing_since) == (Status.ACHIEVED, None)
    assert Flag.LEFT_AGAIN not in found.flags


def lowered(on: date) -> Assessment:
    """Reached on 10 January, lowered as of 20 January by a total that was approved on 6 March."""
    readings = [reading(9, 200, entry=1), reading(19, 90, entry=2)]
    approved = {1: day(9), 2: date(2023, 3, 6)}
    found = standing(spec(due_on=date(2023, 12, 31)), readings, on, counted_on=approved)
    return assess(spec(due_on=date(2023, 12, 31)), found, on=on, rules=RULES_2, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 4, 20), Freshness.CURRENT),
        (date(2023, 5, 2), Freshness.DUE),
        (date(2023, 5, 31), Freshness.LATE),
    ],
)
def test_reports_are_due_again_from_the_period_after_the_lowering_was_approved(
    on: date, expected: Freshness
) -> None:
    assert lowered(on).freshness == expected
