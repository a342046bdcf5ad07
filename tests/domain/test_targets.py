from datetime import timedelta
from decimal import Decimal

import pytest

from commitments.domain.enums import Accumulation, Comparator, Direction, Goal
from commitments.domain.targets import Revision, TargetSpec, Terms, band_of, in_force

from .cases import DUE, START, day, level, spec


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


@pytest.mark.parametrize(
    ("target", "start"),
    [
        (level(baseline=Decimal(150)), 150),
        (level(), 0),
        (spec(baseline=Decimal(150)), 0),
        (spec(accumulation=Accumulation.INCREMENTS, baseline=Decimal(150)), 0),
    ],
)
def test_only_a_level_starts_from_its_baseline(target: TargetSpec, start: int) -> None:
    assert target.start_value == start


@pytest.mark.parametrize(
    ("target", "way"),
    [
        (spec(), 200),
        (level(baseline=Decimal(150)), 50),
        (level(baseline=Decimal(250), comparator=Comparator.AT_MOST), 50),
        (level(baseline=Decimal(200)), None),
        (level(baseline=Decimal(200), comparator=Comparator.ABOVE), None),
        (level(baseline=Decimal(250)), None),
        (level(comparator=Comparator.AT_MOST), None),
    ],
)
def test_there_is_a_way_to_go_only_from_a_start_that_misses_the_target(
    target: TargetSpec, way: int | None
) -> None:
    assert target.way == way


def test_distance_is_counted_towards_the_target() -> None:
    rising, falling = level(baseline=Decimal(150)), level(baseline=Decimal(300))
    assert [rising.distance(Decimal(value)) for value in (150, 160, 140)] == [0, 10, -10]
    assert [falling.distance(Decimal(value)) for value in (300, 290, 310)] == [0, 10, -10]


@pytest.mark.parametrize(
    ("comparator", "baseline", "value", "share"),
    [
        (Comparator.AT_LEAST, 100, 125, "0.25"),
        (Comparator.AT_LEAST, 100, 75, "-0.25"),
        (Comparator.AT_MOST, 300, 225, "0.75"),
        (Comparator.AT_MOST, 300, 375, "-0.75"),
    ],
)
def test_share_is_the_part_of_the_way_done(
    comparator: Comparator, baseline: int, value: int, share: str
) -> None:
    target = level(comparator=comparator, baseline=Decimal(baseline))
    assert target.share_of(Decimal(value)) == Decimal(share)


def test_without_a_way_to_go_there_is_no_share() -> None:
    assert level(baseline=Decimal(200)).share_of(Decimal(100)) is None


@pytest.mark.parametrize(
    ("goal", "on", "last"),
    [
        (Goal.REACH, 150, 150),
        (Goal.MAINTAIN, 150, 100),
        (Goal.FINAL, 150, 100),
        (Goal.MAINTAIN, 50, 50),
        (Goal.FINAL, 50, 50),
    ],
)
def test_only_a_goal_to_reach_is_read_after_its_due_date(goal: Goal, on: int, last: int) -> None:
    assert spec(goal=goal).last_day(day(on)) == day(last)


def test_the_newest_revision_in_force_counts() -> None:
    original = Revision(START, Decimal(200), DUE)
    revisions = (Revision(day(50), Decimal(90), DUE), Revision(day(20), Decimal(150), DUE))
    values = [in_force(original, revisions, day(on)).value for on in (19, 20, 49, 50)]
    assert values == [200, 150, 150, 90]


def test_a_revision_can_move_the_due_date() -> None:
    later = DUE + timedelta(days=30)
    revised = in_force(Revision(START, Decimal(200), DUE), (Revision(day(50), Decimal(200), later),), day(50))
    assert revised.due_on == later


ABOUT, RANGE, UP, DOWN = Comparator.ABOUT, Comparator.RANGE, Direction.AT_LEAST, Direction.AT_MOST
AROUND = Terms(Decimal("1.8"), tolerance=Decimal("0.05"))
SPAN = Terms(Decimal("5.5"), value_high=Decimal(6))


@pytest.mark.parametrize(
    ("comparator", "direction", "terms", "met", "missed"),
    [
        (ABOUT, UP, AROUND, ("1.75", "1.85", "9"), ("1.7499",)),
        (ABOUT, DOWN, AROUND, ("1.75", "1.85", "0"), ("1.8501",)),
        (ABOUT, UP, AROUND._replace(within=True), ("1.75", "1.85"), ("1.7499", "1.8501")),
        (RANGE, UP, SPAN, ("5.5", "6", "6.3"), ("5.4999",)),
        (RANGE, DOWN, SPAN, ("5.5", "6", "1"), ("6.0001",)),
        (RANGE, DOWN, SPAN._replace(within=True), ("5.5", "6"), ("5.4999", "6.0001")),
    ],
)
def test_an_about_or_a_range_is_met_between_its_ends_and_beyond_unless_within(
    comparator: Comparator, direction: Direction, terms: Terms, met: tuple[str, ...], missed: tuple[str, ...]
) -> None:
    band = band_of(comparator, direction, terms)
    assert band is not None
    target = spec(comparator=comparator, value=band.near, band=band)
    assert [target.is_met_by(Decimal(value)) for value in (*met, *missed)] == [True] * len(met) + [
        False
    ] * len(missed)


@pytest.mark.parametrize(
    ("direction", "terms", "near", "high"),
    [(UP, AROUND, "1.75", "1.85"), (DOWN, AROUND, "1.85", "1.85"), (UP, SPAN, "5.5", "6")],
)
def test_the_plan_leads_to_the_end_that_is_reached_first(
    direction: Direction, terms: Terms, near: str, high: str
) -> None:
    band = band_of(ABOUT if terms.tolerance else RANGE, direction, terms)
    assert band is not None
    target = spec(comparator=ABOUT, value=band.near, band=band)
    assert (target.value, target.high, target.stated) == (Decimal(near), Decimal(high), terms.value)


def test_one_value_has_no_ends() -> None:
    assert band_of(Comparator.AT_LEAST, UP, Terms(Decimal(5))) is None
    assert (spec().high, spec().stated, spec().within) == (None, Decimal(200), False)


def test_only_what_must_stay_within_its_ends_is_passed() -> None:
    hoped, strict = (band_of(RANGE, UP, SPAN._replace(within=within)) for within in (False, True))
    assert hoped is not None
    assert strict is not None
    nine = Decimal(9)
    assert not spec(comparator=RANGE, value=hoped.near, band=hoped).is_passed_by(nine)
    assert spec(comparator=RANGE, value=strict.near, band=strict).is_passed_by(nine)


def test_a_revision_carries_all_numbers_of_a_target() -> None:
    revision = Revision(START, Decimal("5.5"), DUE, Decimal(6), None, within=True)
    assert revision.terms == SPAN._replace(within=True)
