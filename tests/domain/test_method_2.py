"""The rules of method 2 where they differ from those of method 1, one test for each answer."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.assessment import Assessment, assess
from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Direction,
    Freshness,
    Goal,
    Reason,
    Status,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.flags import Flag
from commitments.domain.readings import Reading, standing
from commitments.domain.targets import Point, TargetSpec, Terms, band_of

from .cases import CALENDAR, RULES, RULES_2, assessed, day, level, ratio, reading, spec

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


@pytest.mark.parametrize(("numerator", "flagged"), [(61, True), (60, False)])
def test_a_ratio_above_its_whole_is_flagged(numerator: int, flagged: bool) -> None:
    target = spec(accumulation=Accumulation.RUNNING_RATIO, goal=Goal.FINAL, trajectory=TrajectoryKind.HOLD)
    found = assessed(target, ratio(40, numerator, 60), ratio(45, 50, 60), rules=RULES_2)
    assert (Flag.ABOVE_WHOLE in found.flags) is flagged


@pytest.mark.parametrize(
    ("accumulation", "numerator", "denominator", "flagged"),
    [
        (Accumulation.RUNNING_RATIO, 45, 100, True),
        (Accumulation.RUNNING_RATIO, 400, 799, True),
        (Accumulation.RUNNING_RATIO, 400, 800, False),
        (Accumulation.RATIO, 45, 100, False),
    ],
)
def test_a_ratio_to_date_that_falls_back_is_flagged(
    accumulation: Accumulation, numerator: int, denominator: int, flagged: bool
) -> None:
    target = spec(accumulation=accumulation, goal=Goal.FINAL, trajectory=TrajectoryKind.HOLD)
    found = assessed(target, ratio(40, 400, 800), ratio(45, numerator, denominator), rules=RULES_2)
    assert (Flag.BELOW_PREVIOUS in found.flags) is flagged


def test_a_single_ratio_to_date_has_not_fallen_back() -> None:
    target = spec(accumulation=Accumulation.RUNNING_RATIO, goal=Goal.FINAL, trajectory=TrajectoryKind.HOLD)
    assert assessed(target, ratio(40, 45, 100), rules=RULES_2).flags == ()


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


def ceiling(**given: object) -> TargetSpec:
    """Return a ceiling of 200 that is added up over the year of 100 days."""
    fixed = {
        "accumulation": Accumulation.INCREMENTS,
        "goal": Goal.MAINTAIN,
        "comparator": Comparator.AT_MOST,
        "trajectory": TrajectoryKind.HOLD,
    }
    return spec(**fixed | given)


@pytest.mark.parametrize(
    ("used", "on", "expected"),
    [
        ("100", 50, (Status.ON_TRACK, Reason.USED_IN_PACE)),
        ("105.2631", 50, (Status.ON_TRACK, Reason.USED_IN_PACE)),
        ("105.2632", 50, (Status.AT_RISK, Reason.USED_SLIGHTLY_FAST)),
        ("125", 50, (Status.AT_RISK, Reason.USED_SLIGHTLY_FAST)),
        ("125.0001", 50, (Status.OFF_TRACK, Reason.USED_TOO_FAST)),
        ("19.9999", 5, (Status.AT_RISK, Reason.USED_SMALL_GAP)),
        ("20", 5, (Status.OFF_TRACK, Reason.USED_TOO_FAST)),
        ("200", 100, (Status.ON_TRACK, Reason.USED_IN_PACE)),
        ("200.0001", 50, (Status.OFF_TRACK, Reason.OVER_CEILING)),
        ("200.0001", CLOSED, (Status.NOT_ACHIEVED, Reason.OVER_CEILING)),
        ("200", CLOSED, (Status.ACHIEVED, Reason.CEILING_KEPT)),
    ],
)
@pytest.mark.parametrize("goal", [Goal.MAINTAIN, Goal.FINAL])
@pytest.mark.parametrize("accumulation", [Accumulation.INCREMENTS, Accumulation.RUNNING_TOTAL])
def test_a_ceiling_is_used_up_over_time(
    goal: Goal, accumulation: Accumulation, used: str, on: int, expected: Answer
) -> None:
    assert status_of(ceiling(goal=goal, accumulation=accumulation), reading(5, used), on=on) == expected


@pytest.mark.parametrize(
    ("used", "expected"), [("2", Status.ON_TRACK), ("10", Status.AT_RISK), ("12", Status.OFF_TRACK)]
)
def test_the_first_day_of_a_ceiling_may_use_a_days_share(used: str, expected: Status) -> None:
    found = assessed(ceiling(), reading(0, used), on=0, rules=RULES_2)
    assert (found.status, found.planned) == (expected, Decimal(2))


@pytest.mark.parametrize(("used", "expected"), [("1.4999", Status.AT_RISK), ("1.5", Status.OFF_TRACK)])
def test_less_than_one_unit_above_the_line_is_no_worse_than_at_risk(used: str, expected: Status) -> None:
    few = ceiling(value=Decimal(5))
    assert status_of(few, reading(10, used), on=10)[0] == expected


def test_a_ceiling_with_a_line_of_its_own_keeps_it() -> None:
    found = assessed(ceiling(), reading(10, 20), on=50, rules=RULES_2)
    of_its_own = ceiling(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=(Point(day(50), Decimal(150)),))
    assert found.planned == 100
    assert assessed(of_its_own, reading(10, 20), on=50, rules=RULES_2).planned == 150


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (ceiling(value=Decimal(0)), Reason.BREACHED_NOW),
        (ceiling(accumulation=Accumulation.LEVEL, kind=TargetKind.LEVEL), Reason.KEPT_SO_FAR),
    ],
)
def test_zero_and_levels_to_stay_under_are_no_ceilings(target: TargetSpec, expected: Reason) -> None:
    assert status_of(target, reading(10, 20))[1] == expected


def test_a_ceiling_below_its_value_is_over_at_the_value() -> None:
    below = ceiling(comparator=Comparator.BELOW)
    assert status_of(below, reading(50, 200)) == (Status.OFF_TRACK, Reason.OVER_CEILING)


def test_method_1_holds_a_ceiling_to_its_value_on_every_day() -> None:
    found = assessed(ceiling(), reading(10, 190), rules=RULES)
    assert (found.status, found.reason, found.planned) == (
        Status.ON_TRACK,
        Reason.KEPT_SO_FAR,
        Decimal(200),
    )


def final(**given: object) -> TargetSpec:
    """Return a level of at least 50 that its last reading decides."""
    fixed = {
        "kind": TargetKind.LEVEL,
        "accumulation": Accumulation.LEVEL,
        "goal": Goal.FINAL,
        "trajectory": TrajectoryKind.HOLD,
        "value": Decimal(50),
    }
    return spec(**fixed | given)


UP, DOWN = Comparator.AT_LEAST, Comparator.AT_MOST
MEETS = (Status.ON_TRACK, Reason.LAST_READING_MEETS)
NEAR = (Status.AT_RISK, Reason.NEAR_TARGET)
AWAY = (Status.AT_RISK, Reason.UNITS_AWAY)
MISSES = (Status.OFF_TRACK, Reason.LAST_READING_MISSES)
ABOVE = (Status.AT_RISK, Reason.ABOVE_FLOOR)
BELOW = (Status.OFF_TRACK, Reason.BELOW_FLOOR)


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "actual", "expected"),
    [
        (TargetKind.LEVEL, UP, "50", "50", MEETS),
        (TargetKind.LEVEL, UP, "50", "40", NEAR),
        (TargetKind.LEVEL, UP, "50", "39.9999", MISSES),
        (TargetKind.LEVEL, UP, "50", "1", MISSES),
        (TargetKind.LEVEL, UP, "-8", "-10", NEAR),
        (TargetKind.LEVEL, UP, "-8", "-10.0001", MISSES),
        (TargetKind.LEVEL, UP, "0", "-0.0001", MISSES),
        (TargetKind.LEVEL, Comparator.ABOVE, "0", "0", MISSES),
        (TargetKind.COUNT, Comparator.ABOVE, "0", "0", AWAY),
        (TargetKind.LEVEL, DOWN, "4", "5", NEAR),
        (TargetKind.LEVEL, DOWN, "4", "5.0001", MISSES),
        (TargetKind.LEVEL, DOWN, "-10", "-8", NEAR),
        (TargetKind.LEVEL, DOWN, "-10", "-7.9999", MISSES),
        (TargetKind.COUNT, DOWN, "3", "4", AWAY),
        (TargetKind.COUNT, DOWN, "3", "4.0001", MISSES),
        (TargetKind.COUNT, UP, "3", "2", AWAY),
        (TargetKind.LEVEL, DOWN, "3", "4", MISSES),
        (TargetKind.GROWTH_RATE, UP, "5", "0.1", ABOVE),
        (TargetKind.GROWTH_RATE, UP, "5", "0", BELOW),
        (TargetKind.GROWTH_RATE, DOWN, "-3", "-0.1", ABOVE),
        (TargetKind.GROWTH_RATE, DOWN, "-3", "0", BELOW),
        (TargetKind.GROWTH_RATE, DOWN, "0", "1", MISSES),
        (TargetKind.GROWTH_RATE, UP, "0", "-0.1", MISSES),
        (TargetKind.GROWTH_RATE, UP, "-5", "-5.1", NEAR),
        (TargetKind.GROWTH_RATE, UP, "-5", "-6.26", MISSES),
        (TargetKind.GROWTH_RATE, DOWN, "3", "3.75", NEAR),
        (TargetKind.GROWTH_RATE, DOWN, "3", "3.76", MISSES),
    ],
)
def test_a_value_decided_at_the_end_is_judged_by_its_kind(
    kind: TargetKind, comparator: Comparator, value: str, actual: str, expected: Answer
) -> None:
    target = final(kind=kind, comparator=comparator, value=Decimal(value))
    assert status_of(target, reading(40, actual)) == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("25", Reason.ON_PACE), ("21", Reason.SLIGHTLY_BEHIND), ("10", Reason.FAR_BEHIND)],
)
def test_with_checkpoints_it_is_judged_by_them(actual: str, expected: Reason) -> None:
    points = (Point(day(50), Decimal(25)),)
    with_path = final(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=points)
    assert status_of(with_path, reading(40, actual))[1] == expected


@pytest.mark.parametrize(
    "given",
    [
        {"accumulation": Accumulation.RATIO},
        {"accumulation": Accumulation.RUNNING_RATIO},
        {"accumulation": Accumulation.LEVEL},
        {"accumulation": Accumulation.LEVEL, "trajectory": TrajectoryKind.STEP},
    ],
)
def test_a_start_that_is_not_known_gives_no_path(given: dict[str, object]) -> None:
    share = final(**{"trajectory": TrajectoryKind.LINEAR, "value": Decimal(95)} | given)
    found = assessed(share, ratio(49, 50, 100), rules=RULES_2)
    assert (found.status, found.reason, found.planned) == (*MISSES, Decimal(95))


@pytest.mark.parametrize(
    "given",
    [
        {"accumulation": Accumulation.INCREMENTS},
        {"baseline": Decimal(0)},
        {"checkpoints": (Point(day(50), Decimal(25)),), "trajectory": TrajectoryKind.STEP},
    ],
)
def test_a_known_start_or_checkpoints_give_a_path(given: dict[str, object]) -> None:
    found = assessed(final(**{"trajectory": TrajectoryKind.LINEAR} | given), reading(40, 25), rules=RULES_2)
    assert (found.reason, found.planned) == (Reason.ON_PACE, Decimal(25))


@pytest.mark.parametrize(
    ("on", "planned"), [(20, "0"), (39, "0"), (40, "60"), (50, "65"), (60, "70"), (80, "80"), (100, "90")]
)
@pytest.mark.parametrize("accumulation", [Accumulation.RATIO, Accumulation.RUNNING_RATIO, Accumulation.LEVEL])
def test_a_line_with_an_unknown_start_begins_at_its_first_checkpoint(
    accumulation: Accumulation, on: int, planned: str
) -> None:
    points = (Point(day(40), Decimal(60)), Point(day(60), Decimal(70)))
    given: dict[str, object] = {"trajectory": TrajectoryKind.CHECKPOINTS, "checkpoints": points}
    target = final(**given | {"accumulation": accumulation, "value": Decimal(90)})
    assert assessed(target, ratio(10, 50, 100), on=on, rules=RULES_2).planned == Decimal(planned)


@pytest.mark.parametrize(("on", "expected"), [(39, Reason.ON_PACE), (40, Reason.SLIGHTLY_BEHIND)])
def test_before_its_first_checkpoint_nothing_is_expected(on: int, expected: Reason) -> None:
    points = (Point(day(40), Decimal(60)),)
    share = final(
        accumulation=Accumulation.RATIO,
        trajectory=TrajectoryKind.CHECKPOINTS,
        checkpoints=points,
        value=Decimal(90),
    )
    assert status_of(share, ratio(10, 50, 100), on=on)[1] == expected


@pytest.mark.parametrize("trajectory", [TrajectoryKind.CHECKPOINTS, TrajectoryKind.STEP])
def test_a_checkpoint_on_the_due_date_alone_gives_no_path(trajectory: TrajectoryKind) -> None:
    points = (Point(day(100), Decimal(50)),)
    assert status_of(final(trajectory=trajectory, checkpoints=points), reading(40, 45)) == NEAR


def test_a_growth_rate_has_a_floor_even_with_checkpoints() -> None:
    points = (Point(day(50), Decimal(4)),)
    rate = final(kind=TargetKind.GROWTH_RATE, trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=points)
    assert status_of(rate, reading(40, "1")) == ABOVE


@pytest.mark.parametrize(
    ("direction", "ends", "actual", "expected"),
    [
        (Direction.AT_LEAST, ("3", "5"), "2", ABOVE),
        (Direction.AT_LEAST, ("3", "5"), "6.25", NEAR),
        (Direction.AT_LEAST, ("3", "5"), "50", MISSES),
        (Direction.AT_MOST, ("-6", "-4"), "-1", ABOVE),
        (Direction.AT_MOST, ("-6", "-4"), "-7.5", NEAR),
        (Direction.AT_MOST, ("-6", "-4"), "-60", MISSES),
    ],
)
def test_a_growth_rate_beyond_its_far_end_has_no_floor(
    direction: Direction, ends: tuple[str, str], actual: str, expected: Answer
) -> None:
    terms = Terms(Decimal(ends[0]), value_high=Decimal(ends[1]), within=True)
    band = band_of(Comparator.RANGE, direction, terms)
    assert band is not None
    rate = final(kind=TargetKind.GROWTH_RATE, comparator=Comparator.RANGE, value=band.near, band=band)
    assert status_of(rate, reading(40, actual)) == expected


def test_what_meets_the_target_is_on_track_though_its_path_asks_for_more() -> None:
    points = (Point(day(50), Decimal(100)),)
    lowered = final(trajectory=TrajectoryKind.CHECKPOINTS, checkpoints=points, value=Decimal(80))
    assert status_of(lowered, reading(40, "82")) == MEETS


def test_without_a_way_to_go_the_last_reading_decides_despite_a_path() -> None:
    kept = final(trajectory=TrajectoryKind.LINEAR, baseline=Decimal(60))
    assert status_of(kept, reading(40, "55")) == MEETS


@pytest.mark.parametrize(
    ("direction", "actual", "expected"),
    [
        (Direction.AT_LEAST, "6", MEETS),
        (Direction.AT_LEAST, "7.5", NEAR),
        (Direction.AT_LEAST, "7.5001", MISSES),
        (Direction.AT_MOST, "5.5", MEETS),
        (Direction.AT_MOST, "4.4", NEAR),
        (Direction.AT_MOST, "4.3999", MISSES),
    ],
)
@pytest.mark.parametrize("trajectory", [TrajectoryKind.HOLD, TrajectoryKind.LINEAR])
def test_beyond_the_far_end_of_what_must_stay_within_it_is_missed(
    trajectory: TrajectoryKind, direction: Direction, actual: str, expected: Answer
) -> None:
    terms = Terms(Decimal("5.5"), value_high=Decimal(6), within=True)
    band = band_of(Comparator.RANGE, direction, terms)
    assert band is not None
    target = final(
        comparator=Comparator.RANGE, value=band.near, band=band, trajectory=trajectory, baseline=Decimal(5)
    )
    assert status_of(target, reading(50, actual), on=100) == expected
