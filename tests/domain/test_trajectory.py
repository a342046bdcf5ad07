from datetime import timedelta
from decimal import Decimal

import pytest

from commitments.domain.targets import Point, Revision, Stage, in_force
from commitments.domain.trajectory import expects_something, planned
from commitments.domain.words import Accumulation, Comparator, TrajectoryKind

from .cases import DUE, START, day, spec


@pytest.mark.parametrize(("on", "value"), [(-1, 0), (0, 0), (25, 50), (50, 100), (100, 200), (130, 200)])
def test_linear_runs_from_start_to_due_date(on: int, value: int) -> None:
    assert planned(spec(), day(on)) == value


def test_a_levels_line_starts_at_the_baseline() -> None:
    level = spec(accumulation=Accumulation.LEVEL, baseline=Decimal(100))
    assert planned(level, day(50)) == 150


def test_what_is_counted_up_starts_at_nothing_whatever_last_year_was() -> None:
    assert planned(spec(baseline=Decimal(100)), day(50)) == 100


def test_a_level_without_baseline_starts_at_nothing() -> None:
    assert planned(spec(accumulation=Accumulation.LEVEL), day(50)) == 100


def test_a_line_can_fall() -> None:
    falling = spec(accumulation=Accumulation.LEVEL, baseline=Decimal(300))
    assert planned(falling, day(50)) == 250


def test_hold_expects_the_target_on_every_day() -> None:
    assert planned(spec(trajectory=TrajectoryKind.HOLD), day(1)) == 200


@pytest.mark.parametrize(("on", "value"), [(9, 0), (10, 30), (59, 30), (60, 80), (99, 80), (100, 200)])
def test_steps_expect_something_only_at_their_dates(on: int, value: int) -> None:
    stepped = spec(
        trajectory=TrajectoryKind.STEP, checkpoints=(Point(day(60), Decimal(80)), Point(day(10), Decimal(30)))
    )
    assert planned(stepped, day(on)) == value


@pytest.mark.parametrize(("on", "value"), [(19, 0), (20, 40), (99, 40), (100, 100)])
def test_stages_expect_the_weights_that_are_due(on: int, value: int) -> None:
    staged = spec(
        accumulation=Accumulation.STAGES,
        trajectory=TrajectoryKind.STEP,
        value=Decimal(100),
        stages=(Stage(day(20), Decimal(40)), Stage(DUE, Decimal(60))),
    )
    assert planned(staged, day(on)) == value


@pytest.mark.parametrize(("on", "value"), [(0, 0), (30, 10), (60, 20), (80, 110), (100, 200)])
def test_checkpoints_are_joined_by_straight_lines(on: int, value: int) -> None:
    line = spec(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=(Point(day(60), Decimal(20)),))
    assert planned(line, day(on)) == value


def test_points_at_the_ends_give_way_to_start_and_target() -> None:
    points = (Point(START, Decimal(50)), Point(DUE, Decimal(999)))
    assert planned(spec(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=points), day(50)) == 100


def test_a_target_of_one_day_expects_all_on_it() -> None:
    assert planned(spec(due_on=START), START) == 200


@pytest.mark.parametrize(("on", "expected"), [(-1, False), (0, False), (1, True)])
def test_a_line_expects_something_from_the_first_day_after_its_start(on: int, expected: bool) -> None:
    assert expects_something(spec(), day(on)) is expected


def test_hold_expects_a_reading_from_the_start_even_at_its_baseline() -> None:
    floor = spec(trajectory=TrajectoryKind.HOLD, accumulation=Accumulation.LEVEL, baseline=Decimal(200))
    assert expects_something(floor, START)
    assert not expects_something(floor, START - timedelta(days=1))


def test_share_is_the_part_of_the_way_done() -> None:
    falling = spec(accumulation=Accumulation.LEVEL, comparator=Comparator.AT_MOST, baseline=Decimal(300))
    assert falling.share_of(Decimal(225)) == Decimal("0.75")


def test_without_a_way_to_go_there_is_no_share() -> None:
    still = spec(accumulation=Accumulation.LEVEL, baseline=Decimal(200))
    assert still.share_of(Decimal(100)) is None


def test_the_newest_revision_in_force_counts() -> None:
    original = Revision(START, Decimal(200), DUE)
    revisions = (Revision(day(50), Decimal(90), DUE), Revision(day(20), Decimal(150), DUE))
    values = [in_force(original, revisions, day(on)).value for on in (19, 20, 49, 50)]
    assert values == [200, 150, 150, 90]
