from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.assessment import assess
from commitments.domain.enums import Accumulation, Comparator, Freshness, Goal, TrajectoryKind
from commitments.domain.flags import Flag
from commitments.domain.readings import standing

from .cases import CALENDAR, RULES, assessed, day, floor, level, ratio, reading, spec, staged


def test_the_gap_is_in_percentage_points() -> None:
    verdict = assessed(spec(), reading(50, 80))
    assert (verdict.progress, verdict.gap) == (Decimal("0.4"), Decimal("-10.00"))


def test_being_ahead_is_a_gap_above_zero() -> None:
    assert assessed(spec(), reading(50, 120)).gap == Decimal("10.00")


def test_a_falling_target_has_its_gap_the_right_way_round() -> None:
    falling = level(comparator=Comparator.AT_MOST, baseline=Decimal(400))
    assert assessed(falling, reading(50, 320)).gap == Decimal("-10.00")


def test_without_readings_there_is_no_gap() -> None:
    verdict = assessed(spec())
    assert (verdict.actual, verdict.progress, verdict.gap) == (None, None, None)


@pytest.mark.parametrize("baseline", [200, 250])
def test_without_a_way_to_go_progress_is_not_defined(baseline: int) -> None:
    verdict = assessed(level(baseline=Decimal(baseline)), reading(50, 150))
    assert (verdict.progress, verdict.gap) == (None, None)


def test_numbers_are_stored_as_people_round_them() -> None:
    """42.5 % of the time; 1/8 and 13/80 of the target."""
    verdict = assessed(level(value=Decimal("0.008")), reading(50, "0.0013"), on=50)
    assert (verdict.progress, verdict.planned) == (Decimal("0.1625"), Decimal("0.0040"))
    ties = assessed(level(value=Decimal("0.001")), reading(45, "0.0001"), on=45)
    assert (ties.planned, ties.gap) == (Decimal("0.0005"), Decimal("-35.00"))
    points = assessed(level(value=Decimal(20_000)), reading(50, 10_001))
    assert (points.gap, points.progress) == (Decimal("0.01"), Decimal("0.5001"))


def test_a_ratio_is_shown_to_four_places() -> None:
    kept = floor(accumulation=Accumulation.RATIO, value=Decimal(60))
    verdict = assessed(kept, ratio(20, 2, 3), ratio(40, 2, 3))
    assert (verdict.actual, verdict.worst) == (Decimal("66.6667"), Decimal("66.6667"))


@pytest.mark.parametrize(
    ("value", "progress", "gap"),
    [("1E+15", "1000000", "100000000"), ("-1E+15", "-1000000", "-100000000")],
)
def test_a_mistyped_value_is_stored_as_the_most_there_is(value: str, progress: str, gap: str) -> None:
    verdict = assessed(spec(value=Decimal(200), comparator=Comparator.ABOVE), reading(50, value))
    assert (verdict.progress, verdict.gap) == (Decimal(progress), Decimal(gap))


def test_what_is_achieved_needs_no_further_report() -> None:
    assert assessed(spec(), reading(1, 200), on=99).freshness == Freshness.CURRENT


def test_what_runs_is_as_fresh_as_its_newest_reading() -> None:
    assert assessed(spec(), reading(1, 2), on=101).freshness == Freshness.LATE


@pytest.mark.parametrize(
    ("overdue_since", "on", "expected"),
    [
        (None, 90, Freshness.CURRENT),
        (day(65), 90, Freshness.DUE),
        (day(65), 100, Freshness.DUE),
        (day(65), 101, Freshness.LATE),
        (day(20), 90, Freshness.LATE),
    ],
)
def test_a_staged_target_owes_a_report_only_for_a_stage_that_is_due(
    overdue_since: date | None, on: int, expected: Freshness
) -> None:
    assert assessed(staged(), reading(1, 10), on=on, overdue_since=overdue_since).freshness == expected


def test_what_runs_has_an_outlook() -> None:
    verdict = assessed(spec(), *(reading(on, on) for on in (20, 40, 80, 95)), on=95)
    assert verdict.forecast
    assert verdict.forecast.value == 100
    assert verdict.required_pace == 630


@pytest.mark.parametrize(("values", "dropped"), [((20, 200, 80, 95), False), ((20, 40, 80, 95), True)])
def test_what_has_ended_has_none(values: tuple[int, ...], dropped: bool) -> None:
    """Reached once though it fell back since; or dropped."""
    readings = [reading(on, value) for on, value in zip((20, 40, 80, 95), values, strict=True)]
    verdict = assessed(spec(), *readings, on=95, dropped=dropped)
    assert (verdict.forecast, verdict.required_pace) == (None, None)


@pytest.mark.parametrize(("evidenced", "expected"), [((), (Flag.DONE_WITHOUT_EVIDENCE,)), ((40,), ())])
def test_facts_to_look_at_twice_come_along(evidenced: tuple[int, ...], expected: tuple[Flag, ...]) -> None:
    found = standing(spec(), [reading(40, 200)], day(50), evidenced=evidenced)
    assert assess(spec(), found, on=day(50), rules=RULES, calendar=CALENDAR).flags == expected


def test_the_worst_reading_comes_along() -> None:
    assert assessed(floor(), reading(20, "199.5"), reading(40, 201)).worst == Decimal("199.5000")


@pytest.mark.parametrize(
    ("comparator", "numerator", "stored"),
    [
        (Comparator.AT_LEAST, 1_999_999, "79.9999"),
        (Comparator.AT_LEAST, 2_000_001, "80"),
        (Comparator.AT_MOST, 2_000_001, "80.0001"),
    ],
)
def test_a_ratio_is_not_stored_as_a_target_that_it_misses(
    comparator: Comparator, numerator: int, stored: str
) -> None:
    target = spec(
        accumulation=Accumulation.RATIO,
        goal=Goal.MAINTAIN,
        trajectory=TrajectoryKind.HOLD,
        comparator=comparator,
        value=Decimal(80),
    )
    found = assessed(target, ratio(40, numerator, 2_500_000))
    assert (found.actual, found.worst) == (Decimal(stored), Decimal(stored))
