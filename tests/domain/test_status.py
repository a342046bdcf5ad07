"""One test per answer of the rules, in their order, then what holds of all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.domain.ledger import Reading, Standing, standing
from commitments.domain.status import Case, by_pace, judge
from commitments.domain.targets import Point, Stage, TargetSpec
from commitments.domain.words import Accumulation, Comparator, Goal, Kind, Reason, Status, TrajectoryKind

from .cases import CALENDAR, DUE, RULES, day, reading, spec

CLOSED = 130
STAGES = (Stage(day(20), Decimal(40)), Stage(DUE, Decimal(60)))


def status_of(
    target: TargetSpec, *readings: Reading, on: int = 50, dropped: bool = False
) -> tuple[Status, Reason]:
    overdue = next((s.due_on for s in target.stages if s.due_on < day(on) and not readings), None)
    case = Case(
        target, standing(target, readings, day(on), overdue), day(on), CALENDAR.closes_on(DUE), RULES, dropped
    )
    verdict = judge(case)
    return verdict.status, verdict.reason


def maintain(**more: object) -> TargetSpec:
    return spec(goal=Goal.MAINTAIN, accumulation=Accumulation.LEVEL, trajectory=TrajectoryKind.HOLD, **more)


def final(**more: object) -> TargetSpec:
    return spec(
        kind=Kind.GROWTH_RATE, goal=Goal.FINAL, accumulation=Accumulation.LEVEL, trajectory=TrajectoryKind.HOLD,
        value=Decimal(5), **more,
    )  # fmt: skip


def staged() -> TargetSpec:
    return spec(
        kind=Kind.STAGES, accumulation=Accumulation.STAGES, trajectory=TrajectoryKind.STEP, value=Decimal(100),
        stages=STAGES,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("target", "readings", "on", "expected"),
    [
        # 3: reached, in time or late, even if it fell again
        (spec(), [reading(40, 200)], 50, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        (spec(), [reading(100, 200)], CLOSED, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        (spec(), [reading(101, 200)], CLOSED, (Status.ACHIEVED_LATE, Reason.REACHED_LATE)),
        (spec(), [reading(40, 200), reading(45, 10)], 50, (Status.ACHIEVED, Reason.REACHED_IN_TIME)),
        # 4: silence
        (spec(), [], 0, (Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)),
        (spec(), [], 50, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (spec(), [], CLOSED, (Status.NO_DATA, Reason.NOTHING_REPORTED)),
        (staged(), [], 19, (Status.NOT_STARTED, Reason.NOTHING_PLANNED_YET)),
        # 5: closed
        (maintain(), [reading(50, 200)], CLOSED, (Status.ACHIEVED, Reason.KEPT_THROUGHOUT)),
        (maintain(), [reading(50, 199), reading(60, 200)], CLOSED, (Status.NOT_ACHIEVED, Reason.NOT_KEPT)),
        (final(), [reading(50, 4), reading(99, 5)], CLOSED, (Status.ACHIEVED, Reason.LAST_READING_MEETS)),
        (final(), [reading(50, 6), reading(99, 4)], CLOSED, (Status.NOT_ACHIEVED, Reason.LAST_READING_MISSES)),
        (spec(), [reading(99, 199)], CLOSED, (Status.NOT_ACHIEVED, Reason.NOT_REACHED)),
        (spec(), [reading(99, 199)], CLOSED - 1, (Status.ON_TRACK, Reason.ON_PACE)),
        # 6: maintain, running
        (maintain(), [reading(40, 199)], 50, (Status.OFF_TRACK, Reason.BREACHED_NOW)),
        (maintain(), [reading(40, 199), reading(45, 200)], 50, (Status.AT_RISK, Reason.BREACHED_BEFORE)),
        (maintain(), [reading(40, 200)], 50, (Status.ON_TRACK, Reason.KEPT_SO_FAR)),
        # 7: final, running
        (final(), [reading(40, 5)], 50, (Status.ON_TRACK, Reason.LAST_READING_MEETS)),
        (final(), [reading(40, "0.1")], 50, (Status.AT_RISK, Reason.ABOVE_FLOOR)),
        (final(), [reading(40, 0)], 50, (Status.OFF_TRACK, Reason.BELOW_FLOOR)),
        # 8: stages, running
        (staged(), [reading(10, 40)], 50, (Status.ON_TRACK, Reason.STAGES_IN_TIME)),
        # 9: pace; at day 50 a hundred are due
        (spec(), [reading(50, 95)], 50, (Status.ON_TRACK, Reason.ON_PACE)),
        (spec(), [reading(50, 94)], 50, (Status.AT_RISK, Reason.SLIGHTLY_BEHIND)),
        (spec(), [reading(50, 80)], 50, (Status.AT_RISK, Reason.SLIGHTLY_BEHIND)),
        (spec(), [reading(50, 79)], 50, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        (spec(), [reading(4, 0)], 4, (Status.AT_RISK, Reason.SMALL_GAP)),
        (spec(), [reading(5, 0)], 5, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        (spec(value=Decimal(1)), [reading(50, 0)], 50, (Status.AT_RISK, Reason.SMALL_GAP)),
        (spec(value=Decimal(2)), [reading(50, 0)], 50, (Status.OFF_TRACK, Reason.FAR_BEHIND)),
        (
            spec(value=Decimal(1), kind=Kind.LEVEL, accumulation=Accumulation.LEVEL),
            [reading(50, 0)],
            50,
            (Status.OFF_TRACK, Reason.FAR_BEHIND),
        ),
        (
            spec(accumulation=Accumulation.LEVEL, baseline=Decimal(200), comparator=Comparator.ABOVE),
            [reading(50, 200)],
            50,
            (Status.AT_RISK, Reason.NO_WAY_TO_GO),
        ),
    ],
)  # fmt: skip
def test_the_first_rule_that_matches_decides(
    target: TargetSpec, readings: list[Reading], on: int, expected: tuple[Status, Reason]
) -> None:
    assert status_of(target, *readings, on=on) == expected


def test_dropped_comes_before_everything() -> None:
    assert status_of(spec(), reading(40, 200), dropped=True) == (Status.DROPPED, Reason.DROPPED)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(30, (Status.AT_RISK, Reason.STAGE_OVERDUE)), (31, (Status.OFF_TRACK, Reason.STAGE_LONG_OVERDUE))],
)
def test_an_overdue_stage_is_a_risk_for_thirty_days(days: int, expected: tuple[Status, Reason]) -> None:
    found = Standing(actual=Decimal(0), latest_on=day(1), overdue_since=day(20))
    verdict = judge(Case(staged(), found, day(20 + days), CALENDAR.closes_on(DUE), RULES))
    assert (verdict.status, verdict.reason) == expected


def test_a_falling_target_that_rises_is_behind() -> None:
    falling = spec(
        kind=Kind.LEVEL, accumulation=Accumulation.LEVEL, comparator=Comparator.AT_MOST, baseline=Decimal(400)
    )
    assert status_of(falling, reading(50, 410)) == (Status.OFF_TRACK, Reason.FAR_BEHIND)
    assert status_of(falling, reading(50, 300)) == (Status.ON_TRACK, Reason.ON_PACE)


@pytest.mark.parametrize(
    ("comparator", "baseline", "value"),
    [(Comparator.AT_LEAST, 250, 150), (Comparator.AT_MOST, None, 210), (Comparator.AT_MOST, 100, 210)],
)
def test_going_the_wrong_way_from_a_start_that_meets_the_target_is_no_progress(
    comparator: Comparator, baseline: int | None, value: int
) -> None:
    target = spec(
        kind=Kind.LEVEL,
        accumulation=Accumulation.LEVEL,
        comparator=comparator,
        baseline=None if baseline is None else Decimal(baseline),
    )
    assert status_of(target, reading(50, value)) == (Status.AT_RISK, Reason.NO_WAY_TO_GO)


def test_exactly_on_a_plan_that_first_falls_is_on_track() -> None:
    dip = spec(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=(Point(day(50), Decimal(-40)),))
    assert status_of(dip, reading(50, -40)) == (Status.ON_TRACK, Reason.ON_PACE)


def test_a_final_reading_above_a_ceiling_is_off_track() -> None:
    ceiling = final(comparator=Comparator.AT_MOST)
    assert status_of(ceiling, reading(40, 60)) == (Status.OFF_TRACK, Reason.LAST_READING_MISSES)


def test_what_was_kept_to_the_end_stays_kept() -> None:
    assert status_of(maintain(), reading(50, 200), reading(120, 1), on=CLOSED)[0] == Status.ACHIEVED


def test_pace_cannot_be_judged_without_a_reading() -> None:
    with pytest.raises(ValueError, match="without readings"):
        by_pace(Case(spec(), Standing(), day(50), DUE, RULES))


RANKED = (
    Status.ACHIEVED,
    Status.ACHIEVED_LATE,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.NOT_ACHIEVED,
)
SPECS = st.sampled_from(
    [
        spec(),
        spec(accumulation=Accumulation.INCREMENTS),
        spec(accumulation=Accumulation.LEVEL, baseline=Decimal(50)),
        maintain(),
        final(),
        spec(
            kind=Kind.LEVEL,
            accumulation=Accumulation.LEVEL,
            comparator=Comparator.AT_MOST,
            baseline=Decimal(400),
        ),
    ]
)
READINGS = st.lists(
    st.builds(reading, st.integers(0, 150), st.integers(-50, 450), st.integers(1, 99)), max_size=6
)


@given(SPECS, READINGS, st.integers(-5, 200), st.booleans())
def test_every_case_has_exactly_one_status(
    target: TargetSpec, readings: list[Reading], on: int, dropped: bool
) -> None:
    known = [reading for reading in readings if reading.effective_on <= day(on)]
    assert status_of(target, *known, on=on, dropped=dropped)[0] in Status


@given(st.integers(0, 450), st.integers(0, 450), st.integers(1, 200))
def test_more_delivered_never_worsens_a_status(less: int, more: int, on: int) -> None:
    less, more = sorted((less, more))
    worse = status_of(spec(), reading(min(on, 150), less), on=on)[0]
    better = status_of(spec(), reading(min(on, 150), more), on=on)[0]
    assert RANKED.index(better) <= RANKED.index(worse)


@given(READINGS, st.randoms())
def test_the_order_of_entries_does_not_matter(readings: list[Reading], random: object) -> None:
    numbered = [Reading(r.effective_on, r.value, entry) for entry, r in enumerate(readings)]
    shuffled = list(numbered)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(spec(), shuffled, day(150)) == standing(spec(), numbered, day(150))
