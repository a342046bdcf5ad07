from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from commitments.domain.enums import Accumulation, Comparator, Goal, TargetKind, TrajectoryKind
from commitments.domain.targets import Point, TargetSpec
from commitments.models import TargetMonth
from commitments.presenters.course_chart import course, points_of

START, DUE, TODAY = date(2023, 1, 1), date(2023, 4, 11), date(2023, 2, 20)
SPEC = TargetSpec(
    TargetKind.COUNT,
    Accumulation.RUNNING_TOTAL,
    Goal.REACH,
    Comparator.AT_LEAST,
    Decimal(100),
    START,
    DUE,
    TrajectoryKind.LINEAR,
)


def points(*values: tuple[date, int]) -> list[Point]:
    return [Point(day, Decimal(value)) for day, value in values]


def test_lines_run_from_start_to_due_date() -> None:
    drawn = course(SPEC, points((date(2023, 1, 11), 20), (TODAY, 50)), TODAY)
    assert drawn is not None
    assert drawn.actual == "10.00,80.00 50.00,50.00"
    assert drawn.planned.split()[0] == "0.00,100.00"
    assert drawn.planned.split()[-1] == "100.00,0.00"
    assert (drawn.target, drawn.today) == ("0.00", "50.00")


def test_what_came_after_the_due_date_still_has_room() -> None:
    drawn = course(SPEC, points((TODAY, 50), (date(2023, 7, 20), 125)), date(2023, 8, 1))
    assert drawn is not None
    assert drawn.actual == "25.00,60.00 100.00,0.00"
    assert (drawn.target, drawn.today) == ("20.00", "100.00")


def test_the_ends_of_the_lines_say_their_figures() -> None:
    drawn = course(SPEC, points((date(2023, 1, 11), 20), (TODAY, 50)), TODAY)
    assert drawn is not None
    assert [(mark.words, mark.x, mark.anchor) for mark in (drawn.start, drawn.goal, drawn.latest)] == [
        ("0", "0.00", "start"),
        ("100", "100.00", "end"),
        ("50", "50.00", "end"),
    ]


def test_one_point_makes_no_line() -> None:
    assert course(SPEC, points((TODAY, 50)), TODAY) is None


def test_a_level_that_never_moves_is_drawn() -> None:
    held = SPEC._replace(goal=Goal.MAINTAIN, trajectory=TrajectoryKind.HOLD, due_on=START)
    drawn = course(held, points((START, 100), (START, 100)), START)
    assert drawn is not None
    assert drawn.actual == "0.00,0.00 0.00,0.00"


def month(number: int, **given: Any) -> TargetMonth:
    return TargetMonth(month=date(2023, number, 1), last_on=date(2023, number, 20), **given)


@pytest.mark.parametrize(
    ("accumulation", "values"),
    [
        (Accumulation.INCREMENTS, [3, 8]),
        (Accumulation.RUNNING_TOTAL, [2, 4]),
        (Accumulation.RATIO, [30, 40]),
        (Accumulation.RUNNING_RATIO, [2, 4]),
    ],
)
def test_months_are_read_as_the_target_counts(accumulation: Accumulation, values: list[int]) -> None:
    months = [
        month(1, added=Decimal(3), closing=Decimal(2), out_of=Decimal(10)),
        TargetMonth(month=date(2023, 2, 1), entries=0),
        month(3, added=Decimal(5), closing=Decimal(4), out_of=Decimal(10)),
    ]
    assert [point.value for point in points_of(accumulation, months)] == values
