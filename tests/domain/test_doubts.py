from decimal import Decimal
from typing import Any

import pytest

from commitments.domain.doubts import Bound, Doubt, bounds, doubts
from commitments.domain.enums import Accumulation, Comparator, Direction, Goal, TargetKind
from commitments.domain.readings import Reading, Standing, standing
from commitments.domain.targets import RATIOS, TargetSpec, Terms, band_of

from .cases import day, floor, growth, level, ratio, reading, spec, staged

LATER = day(95)


def increments(**given: Any) -> TargetSpec:
    return spec(accumulation=Accumulation.INCREMENTS, **given)


def falling(**given: Any) -> TargetSpec:
    return level(**{"comparator": Comparator.AT_MOST} | given)


def in_turn(*values: int) -> list[Reading]:
    """One reading a month, as months go in the plan of a hundred days."""
    return [reading(number * 15, value) for number, value in enumerate(values)]


def found(
    target: TargetSpec, earlier: list[Reading], typed: int, *, out_of: int | None = None, proof: bool = True
) -> set[Doubt]:
    among = bounds(target, standing(target, earlier, LATER))
    denominator = None if out_of is None else Decimal(out_of)
    return {bound.doubt for bound in doubts(among, Decimal(typed), denominator, evidenced=proof)}


@pytest.mark.parametrize("accumulation", RATIOS)
@pytest.mark.parametrize(("out_of", "doubtful"), [(59, True), (60, False), (61, False), (None, False)])
def test_more_than_there_are_is_doubtful(
    accumulation: Accumulation, out_of: int | None, doubtful: bool
) -> None:
    target = spec(accumulation=accumulation, goal=Goal.FINAL)
    assert (Doubt.ABOVE_WHOLE in found(target, [], 60, out_of=out_of)) is doubtful


@pytest.mark.parametrize(
    ("target", "typed", "doubtful"),
    [
        (spec(), 39, True),
        (spec(), 40, False),
        (level(), 39, True),
        (falling(value=Decimal(10), baseline=Decimal(60)), 41, True),
        (falling(value=Decimal(10), baseline=Decimal(60)), 40, False),
        (floor(), 39, True),
        (growth(), 39, False),
        (increments(), 39, False),
    ],
)
def test_a_step_back_is_doubtful(target: TargetSpec, typed: int, doubtful: bool) -> None:
    assert (Doubt.BELOW_PREVIOUS in found(target, in_turn(40), typed)) is doubtful


@pytest.mark.parametrize(
    ("accumulation", "typed", "out_of", "doubtful"),
    [
        (Accumulation.RUNNING_RATIO, 45, 100, True),
        (Accumulation.RUNNING_RATIO, 399, 800, True),
        (Accumulation.RUNNING_RATIO, 400, 799, True),
        (Accumulation.RUNNING_RATIO, 400, 800, False),
        (Accumulation.RATIO, 45, 100, False),
    ],
)
def test_a_ratio_to_date_with_a_part_below_the_previous_one_is_doubtful(
    accumulation: Accumulation, typed: int, out_of: int, doubtful: bool
) -> None:
    target = spec(accumulation=accumulation, goal=Goal.FINAL)
    assert (Doubt.BELOW_PREVIOUS in found(target, [ratio(40, 400, 800)], typed, out_of=out_of)) is doubtful


def test_a_first_ratio_to_date_is_compared_with_nothing() -> None:
    target = spec(accumulation=Accumulation.RUNNING_RATIO, goal=Goal.FINAL)
    assert Doubt.BELOW_PREVIOUS not in found(target, [], 45, out_of=100)


@pytest.mark.parametrize(
    ("target", "earlier", "typed", "doubtful"),
    [
        (spec(), [40], 90, False),
        (spec(), [40], 91, True),
        (spec(), [], 51, True),
        (spec(value=Decimal(3)), [2], 3, True),
        (spec(value=Decimal(3)), [1], 3, True),
        (increments(), [40], 50, False),
        (increments(), [40], 51, True),
        (level(baseline=Decimal(100)), [120], 145, False),
        (level(baseline=Decimal(100)), [120], 146, True),
        (level(), [], 190, False),
        (falling(baseline=Decimal(300)), [260], 235, False),
        (falling(baseline=Decimal(300)), [260], 234, True),
        (floor(), [210], 260, False),
        (floor(), [210], 261, True),
        (growth(), [5], 500, False),
        (spec(accumulation=Accumulation.RATIO), [], 150, False),
        (spec(goal=Goal.MAINTAIN, comparator=Comparator.AT_MOST, value=Decimal(0)), [], 5, False),
    ],
)
def test_over_a_quarter_of_the_way_at_once_is_a_jump(
    target: TargetSpec, earlier: list[int], typed: int, doubtful: bool
) -> None:
    assert (Doubt.BIG_JUMP in found(target, in_turn(*earlier), typed)) is doubtful


@pytest.mark.parametrize(
    ("target", "earlier", "typed", "doubtful"),
    [
        (spec(), [0, 0, 2, 4], 7, False),
        (spec(), [2, 4, 6, 8], 14, False),
        (spec(), [2, 4, 6, 8], 15, True),
        (spec(), [2, 4], 40, False),
        (spec(), [0, 0, 0], 40, False),
        (increments(), [2, 2, 2], 6, False),
        (increments(), [2, 2, 2], 7, True),
        (level(), [102, 104, 106], 113, False),
        (falling(value=Decimal(10)), [64, 62, 60], 53, False),
        (falling(value=Decimal(10), baseline=Decimal(66)), [64, 62, 60], 53, True),
    ],
)
def test_three_times_the_median_step_is_unusual(
    target: TargetSpec, earlier: list[int], typed: int, doubtful: bool
) -> None:
    dated = [reading(number * 31, value) for number, value in enumerate(earlier)]
    assert (Doubt.UNUSUAL_STEP in found(target, dated, typed)) is doubtful


@pytest.mark.parametrize(
    ("target", "earlier", "typed", "doubtful"),
    [
        (spec(), [190], 200, False),
        (spec(), [190], 201, True),
        (spec(), [], 201, True),
        (spec(), [201], 202, False),
        (increments(), [190], 10, False),
        (increments(), [190], 11, True),
        (falling(baseline=Decimal(300)), [210], 199, True),
        (falling(baseline=Decimal(150)), [140], 130, False),
        (spec(comparator=Comparator.ABOVE), [190], 201, False),
        (floor(), [210], 220, False),
        (spec(accumulation=Accumulation.RATIO), [], 300, False),
    ],
)
def test_passing_the_target_is_doubtful_once(
    target: TargetSpec, earlier: list[int], typed: int, doubtful: bool
) -> None:
    assert (Doubt.ABOVE_TARGET in found(target, in_turn(*earlier), typed)) is doubtful


@pytest.mark.parametrize(
    ("target", "earlier", "typed", "doubtful"),
    [
        (spec(), [40, 40], 40, True),
        (spec(), [40, 40], 41, False),
        (spec(), [40], 40, False),
        (spec(), [30, 40], 40, False),
        (spec(), [0, 0], 0, False),
        (spec(), [200, 200], 200, False),
        (growth(), [4, 4], 4, True),
        (increments(), [40, 40], 40, True),
        (increments(), [70, 70], 70, False),
    ],
)
def test_a_value_for_the_third_time_is_doubtful(
    target: TargetSpec, earlier: list[int], typed: int, doubtful: bool
) -> None:
    assert (Doubt.EQUAL_THREE_TIMES in found(target, in_turn(*earlier), typed)) is doubtful


@pytest.mark.parametrize(("out_of", "doubtful"), [(50, True), (51, False)])
def test_a_ratio_repeats_both_its_parts(out_of: int, doubtful: bool) -> None:
    target = spec(accumulation=Accumulation.RATIO, kind=TargetKind.LEVEL)
    earlier = [ratio(10, 40, 50), ratio(30, 40, 50)]
    assert (Doubt.EQUAL_THREE_TIMES in found(target, earlier, 40, out_of=out_of)) is doubtful


@pytest.mark.parametrize(
    ("target", "earlier", "typed", "doubtful"),
    [
        (spec(), [190], 200, True),
        (spec(), [190], 199, False),
        (spec(comparator=Comparator.ABOVE), [190], 200, False),
        (increments(), [190], 10, True),
        (increments(), [], 200, True),
        (falling(baseline=Decimal(300)), [210], 200, True),
        (falling(baseline=Decimal(300), comparator=Comparator.BELOW), [210], 200, False),
        (floor(), [210], 220, False),
        (staged(), [], 1, True),
    ],
)
def test_done_without_evidence_is_doubtful(
    target: TargetSpec, earlier: list[int], typed: int, doubtful: bool
) -> None:
    without = found(target, in_turn(*earlier), typed, proof=False)
    assert (Doubt.DONE_WITHOUT_EVIDENCE in without) is doubtful
    assert Doubt.DONE_WITHOUT_EVIDENCE not in found(target, in_turn(*earlier), typed)


def test_evidence_of_the_newest_readings_is_enough() -> None:
    known = standing(spec(), in_turn(190), LATER, evidenced=[in_turn(190)[0].entry])
    assert doubts(bounds(spec(), known), Decimal(200), evidenced=False) == ()


@pytest.mark.parametrize(
    ("target", "earlier", "typed", "doubtful"),
    [
        (spec(), [40], "52.5", True),
        (spec(), [40], "52.0", False),
        (spec(), [40], "9" * 40, False),
        (spec(), [40], "9" * 40 + ".5", True),
        (spec(), [], "2.5", True),
        (increments(), [40], "2.5", True),
        (spec(value=Decimal("8.5")), [4], "4.5", False),
        (spec(baseline=Decimal("8.5")), [4], "4.5", False),
        (level(), [40], "52.5", False),
        (spec(accumulation=Accumulation.RATIO), [], "52.5", False),
    ],
)
def test_a_part_of_what_is_counted_whole_is_doubtful(
    target: TargetSpec, earlier: list[int], typed: str, doubtful: bool
) -> None:
    among = bounds(target, standing(target, in_turn(*earlier), LATER))
    said = doubts(among, Decimal(typed), evidenced=True)
    assert (Doubt.NOT_WHOLE in {bound.doubt for bound in said}) is doubtful


def test_what_has_had_parts_before_may_have_them_again() -> None:
    known = Standing(latest=(Reading(day(1), Decimal("40.5"), 1),))
    assert Doubt.NOT_WHOLE not in {bound.doubt for bound in bounds(spec(), known)}


def test_bounds_are_plain_data_in_fixed_order() -> None:
    assert bounds(spec(), standing(spec(), in_turn(40), LATER)) == (
        Bound(Doubt.BELOW_PREVIOUS, "<", Decimal(40)),
        Bound(Doubt.BIG_JUMP, ">", Decimal(90)),
        Bound(Doubt.ABOVE_TARGET, ">", Decimal(200)),
        Bound(Doubt.NOT_WHOLE, "%", Decimal(1)),
        Bound(Doubt.DONE_WITHOUT_EVIDENCE, ">=", Decimal(200)),
    )


@pytest.mark.parametrize(
    ("direction", "value", "typed", "doubtful"),
    [
        (Direction.AT_LEAST, 200, 220, False),
        (Direction.AT_LEAST, 200, 221, True),
        (Direction.AT_MOST, 200, 200, False),
        (Direction.AT_MOST, 200, 199, True),
    ],
)
def test_a_range_is_passed_at_its_far_end(
    direction: Direction, value: int, typed: int, doubtful: bool
) -> None:
    band = band_of(Comparator.RANGE, direction, Terms(Decimal(value), value_high=Decimal(220)))
    assert band is not None
    start = Decimal(180 if direction == Direction.AT_LEAST else 240)
    target = level(comparator=Comparator.RANGE, value=band.near, band=band, baseline=start)
    assert (Doubt.ABOVE_TARGET in found(target, [], typed)) is doubtful
