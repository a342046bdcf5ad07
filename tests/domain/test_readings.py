from decimal import Decimal

import pytest

from commitments.domain import readings as ledger
from commitments.domain.enums import Accumulation, Comparator, Goal
from commitments.domain.readings import Reading, Standing, share
from commitments.domain.targets import Point, TargetSpec

from .cases import day, floor, growth, ratio, reading, spec, staged


def standing(target: TargetSpec, readings: list[Reading], on: int = 99) -> Standing:
    return ledger.standing(target, readings, day(on))


def test_without_readings_there_is_no_actual() -> None:
    assert standing(spec(), []) == Standing()


def test_without_readings_a_stage_can_still_be_overdue() -> None:
    assert ledger.standing(staged(), [], day(50), day(20)) == Standing(overdue_since=day(20))


def test_with_readings_too() -> None:
    assert ledger.standing(staged(), [reading(10, 40)], day(50), day(20)).overdue_since == day(20)


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


def test_a_ratio_is_taken_of_the_sums() -> None:
    target = spec(accumulation=Accumulation.RATIO, goal=Goal.FINAL)
    assert standing(target, [ratio(10, 1, 2), ratio(20, 98, 98)]).actual == 99


def test_of_a_ratio_to_date_the_latest_counts() -> None:
    target = spec(accumulation=Accumulation.RUNNING_RATIO, goal=Goal.FINAL)
    assert standing(target, [ratio(10, 1, 2), ratio(20, 98, 98), ratio(30, 45, 60)]).actual == 75


def test_a_later_ratio_to_date_settles_the_periods_before_it() -> None:
    target = spec(accumulation=Accumulation.RUNNING_RATIO, goal=Goal.FINAL)
    assert standing(target, [ratio(10, 1, 2)]).reported_on == ()


def test_a_ratio_is_in_percent_to_ten_places() -> None:
    assert share(Decimal(2), Decimal(3)) == Decimal("66.6666666667")
    assert share(Decimal(1), Decimal(3)) == Decimal("33.3333333333")


def test_a_tenth_place_and_a_half_is_rounded_up() -> None:
    assert share(Decimal("0.0001"), Decimal(200_000_000)) == Decimal("0.0000000001")


def test_nothing_of_nothing_is_nothing() -> None:
    assert share(Decimal(0), Decimal(0)) == 0


def test_the_largest_ratio_that_can_be_recorded_is_a_number() -> None:
    assert share(Decimal(9999999999999999), Decimal("0.0001")) == Decimal("9999999999999999E+6")


def test_of_two_readings_of_a_day_the_later_entry_stands() -> None:
    assert standing(spec(), [reading(10, 50, entry=2), reading(10, 40, entry=1)]).actual == 50


def test_all_increments_of_a_day_count() -> None:
    found = standing(spec(accumulation=Accumulation.INCREMENTS), [reading(10, 1, 1), reading(10, 2, 2)])
    assert found.actual == 3


def test_the_latest_day_is_known() -> None:
    assert standing(spec(), [reading(20, 2), reading(10, 1)]).latest_on == day(20)
    assert Standing().latest_on is None


def test_the_three_newest_readings_are_kept_newest_first() -> None:
    found = standing(spec(), [reading(on, on) for on in (20, 10, 40, 30)])
    assert found.latest == (reading(40, 40), reading(30, 30), reading(20, 20))


@pytest.mark.parametrize(("entry", "expected"), [(10, False), (20, True), (40, True), (99, False)])
def test_evidence_counts_when_it_backs_one_of_them(entry: int, expected: bool) -> None:
    readings = [reading(on, on) for on in (10, 20, 30, 40)]
    assert ledger.standing(spec(), readings, day(50), evidenced={entry}).evidenced is expected


def test_the_first_day_that_met_the_target_stays_known() -> None:
    found = standing(spec(), [reading(10, 190), reading(20, 200), reading(30, 150), reading(40, 210)])
    assert found.first_met_on == day(20)


def test_increments_meet_the_target_together() -> None:
    found = standing(spec(accumulation=Accumulation.INCREMENTS), [reading(10, 150), reading(20, 50)])
    assert found.first_met_on == day(20)


def test_increments_meet_it_at_the_end_of_a_day_not_within_it() -> None:
    within = [reading(10, 210, entry=1), reading(10, -20, entry=2)]
    assert standing(spec(accumulation=Accumulation.INCREMENTS), within).first_met_on is None


@pytest.mark.parametrize("target", [floor(), growth(), spec(goal=Goal.MAINTAIN)])
def test_only_a_goal_to_reach_is_met_on_a_day_and_has_points(target: TargetSpec) -> None:
    found = standing(target, [reading(10, 300)])
    assert (found.first_met_on, found.month_ends) == (None, ())


def test_points_are_the_values_at_the_end_of_each_month() -> None:
    found = standing(
        spec(), [reading(5, 10), reading(30, 20), reading(31, 30), reading(58, 40), reading(59, 50)]
    )
    assert found.month_ends == (
        Point(day(30), Decimal(20)),
        Point(day(58), Decimal(40)),
        Point(day(59), Decimal(50)),
    )


def test_points_of_increments_are_sums() -> None:
    found = standing(
        spec(accumulation=Accumulation.INCREMENTS), [reading(5, 10), reading(30, 20), reading(31, 30)]
    )
    assert found.month_ends == (Point(day(30), Decimal(30)), Point(day(31), Decimal(60)))


@pytest.mark.parametrize(
    ("comparator", "worst"),
    [
        (Comparator.AT_LEAST, 198),
        (Comparator.ABOVE, 198),
        (Comparator.AT_MOST, 202),
        (Comparator.BELOW, 202),
    ],
)
def test_the_reading_furthest_on_the_wrong_side_stays_known(comparator: Comparator, worst: int) -> None:
    found = standing(floor(comparator=comparator), [reading(10, 200), reading(20, 198), reading(30, 202)])
    assert found.worst == worst


def test_a_sum_that_is_to_stay_low_is_worst_at_its_highest() -> None:
    ceiling = floor(accumulation=Accumulation.INCREMENTS, comparator=Comparator.AT_MOST)
    assert standing(ceiling, [reading(10, 3), reading(20, 4)]).worst == 7


def test_a_ratio_is_kept_by_each_reading_of_its_own() -> None:
    target = floor(accumulation=Accumulation.RATIO, value=Decimal(90))
    assert standing(target, [ratio(10, 100, 100), ratio(20, 8, 10), ratio(30, 100, 100)]).worst == 80


@pytest.mark.parametrize("goal", [Goal.REACH, Goal.FINAL])
def test_only_what_is_to_be_kept_has_a_worst_reading(goal: Goal) -> None:
    assert standing(spec(goal=goal), [reading(10, 1)]).worst is None


@pytest.mark.parametrize(("goal", "actual"), [(Goal.REACH, 1), (Goal.MAINTAIN, 2), (Goal.FINAL, 2)])
def test_after_the_due_date_only_what_is_to_be_reached_is_still_read(goal: Goal, actual: int) -> None:
    found = standing(spec(goal=goal), [reading(100, 2), reading(101, 1)], on=150)
    assert found.actual == actual


def test_readings_of_later_days_wait_for_them() -> None:
    assert standing(spec(), [reading(10, 1), reading(20, 2)], on=19).actual == 1
    assert standing(spec(), [reading(10, 1), reading(20, 2)], on=20).actual == 2
