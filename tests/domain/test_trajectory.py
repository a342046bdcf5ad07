from datetime import timedelta
from decimal import Decimal

import pytest

from commitments.domain.enums import Accumulation, Comparator, Goal, TrajectoryKind
from commitments.domain.targets import Point, Stage, TargetSpec
from commitments.domain.trajectory import expects_something, planned

from .cases import DUE, START, day, level, spec, staged


def checkpoints(*points: tuple[int, int], **given: object) -> TargetSpec:
    approved = tuple(Point(day(on), Decimal(value)) for on, value in points)
    return spec(**{"trajectory": TrajectoryKind.CHECKPOINTS, "checkpoints": approved} | given)


def steps(*points: tuple[int, int], **given: object) -> TargetSpec:
    return checkpoints(*points, **{"trajectory": TrajectoryKind.STEP} | given)


@pytest.mark.parametrize(("on", "value"), [(-1, 0), (0, 0), (25, 50), (50, 100), (100, 200), (130, 200)])
def test_linear_runs_from_start_to_due_date(on: int, value: int) -> None:
    assert planned(spec(), day(on)) == value


def test_a_levels_line_starts_at_the_baseline() -> None:
    assert planned(level(baseline=Decimal(100)), day(50)) == 150


def test_what_is_counted_up_starts_at_nothing_whatever_last_year_was() -> None:
    assert planned(spec(baseline=Decimal(100)), day(50)) == 100


def test_a_level_without_baseline_starts_at_nothing() -> None:
    assert planned(level(), day(50)) == 100


def test_a_line_can_fall() -> None:
    assert planned(level(baseline=Decimal(300)), day(50)) == 250


def test_a_third_of_the_time_expects_exactly_a_third() -> None:
    assert planned(spec(value=Decimal(3), due_on=day(99)), day(33)) == 1
    assert planned(spec(value=Decimal(3), due_on=day(99)), day(66)) == 2


def test_hold_expects_the_target_on_every_day() -> None:
    held = spec(trajectory=TrajectoryKind.HOLD)
    assert [planned(held, day(on)) for on in (-1, 1, 130)] == [200, 200, 200]


@pytest.mark.parametrize(
    ("on", "value"), [(9, 0), (10, 30), (59, 30), (60, 80), (99, 80), (100, 200), (130, 200)]
)
def test_steps_expect_something_only_at_their_dates(on: int, value: int) -> None:
    assert planned(steps((60, 80), (10, 30)), day(on)) == value


@pytest.mark.parametrize(("on", "value"), [(19, 0), (20, 40), (99, 40), (100, 100)])
def test_stages_expect_the_weights_that_are_due(on: int, value: int) -> None:
    target = staged(stages=(Stage(day(20), Decimal(40)), Stage(DUE, Decimal(60))))
    assert planned(target, day(on)) == value


@pytest.mark.parametrize(("on", "value"), [(0, 0), (30, 10), (60, 20), (80, 110), (100, 200)])
def test_checkpoints_are_joined_by_straight_lines(on: int, value: int) -> None:
    assert planned(checkpoints((60, 20)), day(on)) == value


def test_checkpoints_may_come_in_any_order() -> None:
    assert planned(checkpoints((60, 120), (20, 10)), day(40)) == 65


@pytest.mark.parametrize("line", [checkpoints, steps])
def test_without_checkpoints_a_plan_still_ends_at_the_target(line: type) -> None:
    assert planned(line(), DUE) == 200


def test_points_at_the_ends_give_way_to_start_and_target() -> None:
    assert planned(checkpoints((0, 50), (100, 120)), day(50)) == 100


@pytest.mark.parametrize("line", [checkpoints, steps])
def test_points_after_a_due_date_that_was_moved_forward_give_way_to_the_target(line: type) -> None:
    assert planned(line((90, 150), due_on=day(80)), day(95)) == 200


def test_a_stage_after_the_due_date_is_expected_by_it() -> None:
    assert planned(staged(stages=(Stage(day(120), Decimal(100)),)), DUE) == 100


@pytest.mark.parametrize("line", [checkpoints, steps])
def test_a_lowered_target_is_never_expected_to_be_exceeded(line: type) -> None:
    assert planned(line((50, 150), value=Decimal(120)), day(50)) == 120


@pytest.mark.parametrize("comparator", [Comparator.AT_MOST, Comparator.BELOW])
def test_nor_is_a_falling_target_that_was_raised(comparator: Comparator) -> None:
    eased = checkpoints(
        (50, 220),
        accumulation=Accumulation.LEVEL,
        comparator=comparator,
        baseline=Decimal(400),
        value=Decimal(250),
    )
    assert planned(eased, day(50)) == 250


@pytest.mark.parametrize("goal", [Goal.FINAL, Goal.MAINTAIN])
def test_what_the_end_decides_may_be_planned_to_fall_back(goal: Goal) -> None:
    assert planned(checkpoints((50, 250), goal=goal), day(50)) == 250


def test_a_target_of_one_day_expects_all_on_it() -> None:
    assert planned(spec(due_on=START), START) == 200


@pytest.mark.parametrize(("on", "expected"), [(-1, False), (0, False), (1, True)])
def test_a_line_expects_something_from_the_first_day_after_its_start(on: int, expected: bool) -> None:
    assert expects_something(spec(), day(on)) is expected


def test_hold_expects_a_reading_from_the_start_even_at_its_baseline() -> None:
    floor = spec(trajectory=TrajectoryKind.HOLD, accumulation=Accumulation.LEVEL, baseline=Decimal(200))
    assert expects_something(floor, START)
    assert not expects_something(floor, START - timedelta(days=1))


@pytest.mark.parametrize(("on", "expected"), [(9, False), (10, True)])
def test_steps_expect_nothing_before_the_first_of_them(on: int, expected: bool) -> None:
    assert expects_something(steps((10, 30)), day(on)) is expected


@pytest.mark.parametrize(("on", "expected"), [(20, False), (21, True)])
def test_checkpoints_that_stay_at_the_start_expect_nothing(on: int, expected: bool) -> None:
    assert expects_something(checkpoints((20, 0)), day(on)) is expected


def test_a_plan_that_comes_back_to_its_start_has_expected_something() -> None:
    assert expects_something(checkpoints((20, 30), (40, 0)), day(40))
    assert not expects_something(checkpoints((20, 0), (40, 30)), day(20))


@pytest.mark.parametrize(("on", "expected"), [(99, False), (100, True)])
def test_the_due_date_expects_a_report_even_of_a_target_that_stands_still(on: int, expected: bool) -> None:
    assert expects_something(level(baseline=Decimal(200)), day(on)) is expected
