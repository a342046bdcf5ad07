"""One test per answer of the rules, in their order; test_properties.py has the rules for all of them."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Goal,
    Reason,
    Status,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.methods import judge
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading, Standing
from commitments.domain.status import Case, by_pace, if_final
from commitments.domain.targets import Point, TargetSpec

from .cases import (
    CALENDAR,
    DUE,
    RULES,
    STATISTICS,
    assessed,
    day,
    floor,
    growth,
    level,
    ratio,
    reading,
    spec,
    staged,
)

GRACE, CLOSED = 129, 130  # 11 April is due, May's report on 10 May is its last day

Answer = tuple[Status, Reason]


def status_of(
    target: TargetSpec,
    *readings: Reading,
    on: int = 50,
    overdue_since: date | None = None,
    dropped: bool = False,
    calendar: ReportingCalendar = CALENDAR,
) -> Answer:
    found = assessed(
        target, *readings, on=on, overdue_since=overdue_since, dropped=dropped, calendar=calendar
    )
    return found.status, found.reason


def falling(**given: object) -> TargetSpec:
    return level(**{"comparator": Comparator.AT_MOST, "baseline": Decimal(400)} | given)


def case(target: TargetSpec, found: Standing) -> Case:
    return Case.of(target, found, on=day(50), rules=RULES, calendar=CALENDAR)


def test_dropped_comes_before_everything() -> None:
    assert status_of(spec(), reading(40, 200), dropped=True) == (Status.DROPPED, Reason.DROPPED)


@pytest.mark.parametrize(
    ("readings", "on", "expected"),
    [
        ([reading(40, 200)], 50, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        ([reading(100, 200)], CLOSED, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        ([reading(101, 200)], CLOSED, (Status.ACHIEVED_LATE, Reason.REACHED_LATE)),
        ([reading(101, 200)], 101, (Status.ACHIEVED_LATE, Reason.REACHED_LATE)),
        ([reading(40, 200), reading(45, 10)], 50, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
    ],
)
def test_reached_in_time_or_late_even_if_it_fell_again(
    readings: list[Reading], on: int, expected: Answer
) -> None:
    assert status_of(spec(), *readings, on=on) == expected


@pytest.mark.parametrize(
    ("target", "on", "expected"),
    [
        (spec(), 0, (Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)),
        (spec(), 1, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (spec(), CLOSED, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (floor(), -1, (Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)),
        (floor(), 0, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (growth(), CLOSED, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (staged(), 99, (Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)),
        (staged(), 100, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (level(baseline=Decimal(200)), CLOSED, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
    ],
)
def test_silence_is_no_data_once_something_was_planned(target: TargetSpec, on: int, expected: Answer) -> None:
    assert status_of(target, on=on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 4, 3), (Status.NOT_STARTED, Reason.NOTHING_PUBLISHED_YET)),
        (date(2023, 4, 4), (Status.NO_DATA, Reason.NOTHING_REPORTED)),
    ],
)
def test_silence_of_official_statistics_counts_from_their_first_publication_on(
    on: date, expected: Answer
) -> None:
    found = status_of(growth(due_on=date(2023, 12, 31)), on=(on - day(0)).days, calendar=STATISTICS)
    assert found == expected


@pytest.mark.parametrize(
    ("target", "readings", "expected"),
    [
        (floor(), [reading(50, 200)], (Status.ACHIEVED, Reason.KEPT_THROUGHOUT)),
        (floor(), [reading(50, 199), reading(60, 200)], (Status.NOT_ACHIEVED, Reason.NOT_KEPT)),
        (growth(), [reading(50, 4), reading(99, 5)], (Status.ACHIEVED, Reason.LAST_READING_MEETS)),
        (growth(), [reading(50, 6), reading(99, 4)], (Status.NOT_ACHIEVED, Reason.LAST_READING_MISSES)),
        (spec(), [reading(99, 199)], (Status.NOT_ACHIEVED, Reason.NOT_REACHED)),
    ],
)
def test_after_due_date_and_grace_the_end_decides(
    target: TargetSpec, readings: list[Reading], expected: Answer
) -> None:
    assert status_of(target, *readings, on=CLOSED) == expected


@pytest.mark.parametrize("on", [DUE, day(101), day(GRACE)])
def test_until_grace_ends_a_target_runs(on: date) -> None:
    assert status_of(spec(), reading(99, 199), on=(on - day(0)).days) == (Status.ON_TRACK, Reason.ON_PACE)


def test_what_was_kept_to_the_end_stays_kept() -> None:
    found = status_of(floor(), reading(50, 200), reading(120, 1), on=CLOSED)
    assert found == (Status.ACHIEVED, Reason.KEPT_THROUGHOUT)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([reading(40, 199)], (Status.OFF_TRACK, Reason.BREACHED_NOW)),
        ([reading(40, 199), reading(45, 200)], (Status.AT_RISK, Reason.BREACHED_BEFORE)),
        ([reading(40, 200)], (Status.ON_TRACK, Reason.KEPT_SO_FAR)),
    ],
)
def test_a_floor_is_kept_now_and_was_before(readings: list[Reading], expected: Answer) -> None:
    assert status_of(floor(), *readings) == expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([ratio(10, 96, 100), ratio(40, 98, 100)], (Status.ON_TRACK, Reason.KEPT_SO_FAR)),
        ([ratio(10, 99, 100), ratio(40, 9, 10)], (Status.AT_RISK, Reason.BREACHED_BEFORE)),
        ([ratio(10, 80, 100), ratio(40, 10, 10)], (Status.OFF_TRACK, Reason.BREACHED_NOW)),
    ],
)
def test_a_kept_ratio_holds_now_by_its_sums_and_held_before_by_each_reading(
    readings: list[Reading], expected: Answer
) -> None:
    assert status_of(floor(accumulation=Accumulation.RATIO, value=Decimal(95)), *readings) == expected


@pytest.mark.parametrize(
    ("target", "value", "expected"),
    [
        (growth(), "5", (Status.ON_TRACK, Reason.LAST_READING_MEETS)),
        (growth(), "0.1", (Status.AT_RISK, Reason.ABOVE_FLOOR)),
        (growth(), "0", (Status.OFF_TRACK, Reason.BELOW_FLOOR)),
        (growth(comparator=Comparator.ABOVE), "5", (Status.AT_RISK, Reason.ABOVE_FLOOR)),
        (growth(comparator=Comparator.AT_MOST), "60", (Status.OFF_TRACK, Reason.LAST_READING_MISSES)),
        (growth(comparator=Comparator.BELOW), "4", (Status.ON_TRACK, Reason.LAST_READING_MEETS)),
    ],
)
def test_of_a_rate_the_latest_reading_counts(target: TargetSpec, value: str, expected: Answer) -> None:
    assert status_of(target, reading(30, "99"), reading(40, value)) == expected


@pytest.mark.parametrize(
    ("overdue_since", "on", "expected"),
    [
        (None, 50, (Status.ON_TRACK, Reason.STAGES_IN_TIME)),
        (20, 21, (Status.AT_RISK, Reason.STAGE_OVERDUE)),
        (20, 50, (Status.AT_RISK, Reason.STAGE_OVERDUE)),
        (20, 51, (Status.OFF_TRACK, Reason.STAGE_LONG_OVERDUE)),
    ],
)
def test_an_overdue_stage_is_a_risk_for_thirty_days(
    overdue_since: int | None, on: int, expected: Answer
) -> None:
    since = None if overdue_since is None else day(overdue_since)
    assert status_of(staged(), reading(1, 40), on=on, overdue_since=since) == expected


@pytest.mark.parametrize(
    ("target", "readings", "on", "expected"),
    [
        # at day 50 a hundred of two hundred are due
        (spec(), [reading(50, 95)], 50, (Status.ON_TRACK, Reason.ON_PACE)),
        (spec(), [reading(50, 94)], 50, (Status.AT_RISK, Reason.SLIGHTLY_BEHIND)),
        (spec(), [reading(50, 80)], 50, (Status.AT_RISK, Reason.SLIGHTLY_BEHIND)),
        (spec(), [reading(50, 79)], 50, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        # two points a day: four points are small, five are not
        (level(), [reading(4, 0)], 4, (Status.AT_RISK, Reason.SMALL_GAP)),
        (level(), [reading(5, 0)], 5, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        # half a unit, a whole one; a level is not counted in units
        (spec(value=Decimal(1)), [reading(50, 0)], 50, (Status.AT_RISK, Reason.SMALL_GAP)),
        (spec(value=Decimal(2)), [reading(50, 0)], 50, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        (level(value=Decimal(1)), [reading(50, 0)], 50, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        # before anything is due, nothing is on pace
        (spec(), [reading(0, 0)], 0, (Status.ON_TRACK, Reason.ON_PACE)),
    ],
)
def test_pace_is_progress_against_planned_progress(
    target: TargetSpec, readings: list[Reading], on: int, expected: Answer
) -> None:
    assert status_of(target, *readings, on=on) == expected


@pytest.mark.parametrize(
    ("value", "days", "on", "done", "expected"),
    [
        # 700 × 1/7 × 0.95 = 95; 0.80 makes 80
        (700, 70, 10, 95, Reason.ON_PACE),
        (700, 70, 10, 80, Reason.SLIGHTLY_BEHIND),
        # 19.2 × 1/19 = 1.0105263157894736842105263157894…, and 0.95 of it 0.96; 8.8 × 1/11 × 0.8 = 0.64
        ("19.2", 19, 1, "0.96", Reason.ON_PACE),
        ("8.8", 11, 1, "0.64", Reason.SLIGHTLY_BEHIND),
        # 3 × 1/3 is one whole unit
        (3, 99, 33, 0, Reason.FAR_BEHIND),
        (11, 77, 7, 0, Reason.FAR_BEHIND),
    ],
)
def test_a_threshold_that_is_met_exactly_is_met(
    value: int | str, days: int, on: int, done: int | str, expected: Reason
) -> None:
    target = spec(value=Decimal(value), due_on=day(days))
    assert status_of(target, reading(on, done), on=on)[1] == expected


def test_a_ten_thousandth_short_of_a_threshold_is_short_of_it() -> None:
    target = spec(value=Decimal(700), due_on=day(70))
    assert status_of(target, reading(10, "94.9999"), on=10)[1] == Reason.SLIGHTLY_BEHIND


def test_a_falling_target_that_rises_is_behind() -> None:
    assert status_of(falling(), reading(50, 410)) == (Status.OFF_TRACK, Reason.FAR_BEHIND)
    assert status_of(falling(), reading(50, 300)) == (Status.ON_TRACK, Reason.ON_PACE)


@pytest.mark.parametrize(
    ("comparator", "baseline", "value"),
    [
        (Comparator.AT_LEAST, 250, 150),
        (Comparator.AT_MOST, None, 210),
        (Comparator.AT_MOST, 100, 210),
        (Comparator.ABOVE, 200, 200),
    ],
)
def test_going_the_wrong_way_from_a_start_that_meets_the_target_is_no_progress(
    comparator: Comparator, baseline: int | None, value: int
) -> None:
    target = level(comparator=comparator, baseline=None if baseline is None else Decimal(baseline))
    assert status_of(target, reading(50, value)) == (Status.AT_RISK, Reason.NO_WAY_TO_GO)


@pytest.mark.parametrize(("value", "expected"), [(-40, Reason.ON_PACE), (-41, Reason.SMALL_GAP)])
def test_a_plan_that_first_falls_is_to_be_met_in_full(value: int, expected: Reason) -> None:
    dip = level(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=(Point(day(50), Decimal(-40)),))
    assert status_of(dip, reading(50, value))[1] == expected


def test_a_rule_set_of_its_own_has_thresholds_of_its_own() -> None:
    strict = RULES._replace(
        on_track_ratio=Decimal(1),
        at_risk_ratio=Decimal("0.9"),
        small_gap_points=Decimal(0),
        stage_grace_days=0,
    )
    found = [assessed(level(), reading(50, value), rules=strict).reason for value in (100, 99, 90, 89)]
    assert found == [Reason.ON_PACE, Reason.SLIGHTLY_BEHIND, Reason.SLIGHTLY_BEHIND, Reason.FAR_BEHIND]
    late = assessed(staged(), reading(1, 40), on=21, overdue_since=day(20), rules=strict)
    assert late.reason == Reason.STAGE_LONG_OVERDUE


def test_a_floor_of_its_own_too() -> None:
    lenient = RULES._replace(growth_floor=Decimal(-2))
    found = [assessed(growth(), reading(40, value), rules=lenient).reason for value in (-1, -2)]
    assert found == [Reason.ABOVE_FLOOR, Reason.BELOW_FLOOR]


def test_without_a_reading_pace_says_that_there_is_no_way_to_tell() -> None:
    assert by_pace(case(spec(), Standing())).reason == Reason.NO_WAY_TO_GO


def test_the_rules_after_silence_refuse_a_target_without_readings() -> None:
    with pytest.raises(ValueError, match=r"^a target without readings has no actual$"):
        if_final(case(growth(), Standing()))


def test_a_case_may_not_be_dropped_by_accident() -> None:
    assert judge(case(spec(), Standing())).status != Status.DROPPED


def test_kinds_other_than_stages_know_no_overdue_stage() -> None:
    found = status_of(spec(kind=TargetKind.LEVEL, goal=Goal.REACH), reading(50, 100), overdue_since=day(1))
    assert found == (Status.ON_TRACK, Reason.ON_PACE)


def test_a_due_date_at_the_end_of_time_is_judged_like_any_other() -> None:
    assert status_of(spec(due_on=date.max), reading(50, 5)) == (Status.ON_TRACK, Reason.ON_PACE)
