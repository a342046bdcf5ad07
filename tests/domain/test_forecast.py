import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.domain.enums import Accumulation, Comparator, Goal, TargetKind, TrajectoryKind
from commitments.domain.forecast import STUDENT, USUAL_STEPS, Forecast, forecast, required_pace
from commitments.domain.targets import Point, TargetSpec

from .cases import DUE, START, day, spec

EVEN = (10, 20), (20, 40), (30, 60), (40, 80)
UNEVEN = (10, 30), (20, 30), (30, 90), (40, 80)


def points(*pairs: tuple[int, int | str]) -> list[Point]:
    return [Point(day(on), Decimal(value)) for on, value in pairs]


def level(**given: Any) -> TargetSpec:
    return spec(
        **{"kind": TargetKind.LEVEL, "accumulation": Accumulation.LEVEL, "baseline": Decimal(100)} | given
    )


def found(target: TargetSpec, *pairs: tuple[int, int | str], on: int = 40) -> Forecast:
    result = forecast(target, points(*pairs), day(on))
    assert result
    return result


def test_an_even_pace_goes_on() -> None:
    result = found(spec(value=Decimal(300)), *EVEN)
    assert (result.value, result.pace) == (Decimal(200), Decimal(60))


def test_the_interval_is_as_reckoned_by_hand() -> None:
    """Steps of 30, 0, 60 and -10 in ten days each: m = 2, Σ(x - 20)²/10 = 300; u² = 30 (1.6 · 200 / 100)² = 307.2."""
    s = math.sqrt((300 + 4 * 307.2) / 7)
    half = 1.415 * s * math.sqrt(60 + 60**2 / 40)
    result = found(spec(), *UNEVEN)
    assert result.value == 200
    assert float(result.high) == pytest.approx(200 + half, abs=1e-4)
    assert float(result.low) == pytest.approx(max(80, 200 - half), abs=1e-4)


def test_a_levels_interval_knows_no_start() -> None:
    """Steps of 10, -20 and 40 from 110 on: m = 1, Σ(x - 10)²/10 = 180; u² = 30 (1.6 · 90 / 90)² = 76.8."""
    half = 1.440 * math.sqrt((180 + 4 * 76.8) / 6) * math.sqrt(60 + 60**2 / 30)
    result = found(level(), (10, 110), (20, 120), (30, 100), (40, 140))
    assert result.value == 200
    assert float(result.high - result.low) == pytest.approx(2 * half, abs=1e-3)


def test_steps_count_by_their_days() -> None:
    result = found(spec(value=Decimal(300)), (5, 10), (20, 40), (25, 50), (40, 80))
    assert (result.value, result.pace) == (Decimal(200), Decimal(60))


def test_all_numbers_have_four_places() -> None:
    assert {each.as_tuple().exponent for each in found(spec(), (7, 1), (20, 3), (30, 4), (40, "5.1234"))} == {
        -4
    }


def test_what_is_counted_up_is_known_to_start_with_nothing() -> None:
    late = found(spec(), (31, 70), (34, 74), (37, 77), (40, 80))
    assert late.pace == 60


def test_increments_go_on_as_running_totals_do() -> None:
    assert found(spec(accumulation=Accumulation.INCREMENTS), *UNEVEN) == found(spec(), *UNEVEN)


def test_a_level_can_fall_to_its_target() -> None:
    falling = level(comparator=Comparator.AT_MOST, baseline=Decimal(300))
    result = found(falling, (10, 290), (20, 280), (30, 270), (40, 260))
    assert (result.value, result.pace) == (Decimal(200), Decimal(-30))
    assert result.low < 200 < result.high


def test_a_count_never_falls() -> None:
    result = found(spec(), (10, 50), (20, 40), (30, 20), (40, 10))
    assert (result.low, result.value) == (Decimal(10), Decimal(25))


def test_a_total_corrected_below_nothing_is_not_drawn_out_downwards() -> None:
    result = found(spec(), (10, 5), (20, 0), (30, -5), (40, -10))
    assert (result.low, result.value, result.pace) == (Decimal(-10), Decimal(-10), Decimal("-7.5"))


def test_a_total_that_is_no_count_may_fall() -> None:
    result = found(spec(kind=TargetKind.LEVEL), (10, 5), (20, 0), (30, -5), (40, -10))
    assert result.value == -25


def test_a_target_without_movement_has_an_interval_all_the_same() -> None:
    nothing = found(spec(), (10, 0), (20, 0), (30, 0), (40, 0))
    assert (nothing.low, nothing.value, nothing.pace) == (Decimal(0), Decimal(0), Decimal(0))
    assert nothing.high > 0


def test_the_longer_the_silence_the_wider_the_interval() -> None:
    silent = found(spec(value=Decimal(300)), *EVEN, on=90)
    heard = found(spec(value=Decimal(300)), *EVEN, (90, 180), on=90)
    assert silent.value == heard.value
    assert silent.high - silent.low > heard.high - heard.low


@pytest.mark.parametrize(("steps", "quantile"), STUDENT.items())
def test_nine_tenths_of_students_t_lie_below_the_tables_values(steps: int, quantile: float) -> None:
    freedom = steps - 1 + USUAL_STEPS
    scale = math.gamma((freedom + 1) / 2) / math.gamma(freedom / 2) / math.sqrt(freedom * math.pi)
    strips = [(strip + 0.5) * quantile / 1000 for strip in range(1000)]
    area = sum((1 + x * x / freedom) ** (-(freedom + 1) / 2) for x in strips) * scale * quantile / 1000
    assert 0.5 + area == pytest.approx(0.9, abs=1e-4)


def test_more_months_than_the_table_has_are_no_obstacle() -> None:
    assert found(spec(value=Decimal(300)), *((on, 2 * on) for on in range(1, 41))).value == 200


@pytest.mark.parametrize("target", [spec(), level()])
def test_fewer_than_four_months_tell_nothing(target: TargetSpec) -> None:
    assert forecast(target, points(*UNEVEN[:3]), day(40)) is None


@pytest.mark.parametrize(
    "target",
    [
        spec(goal=Goal.MAINTAIN),
        spec(goal=Goal.FINAL),
        spec(accumulation=Accumulation.RATIO),
        spec(kind=TargetKind.STAGES, accumulation=Accumulation.STAGES, trajectory=TrajectoryKind.STEP),
    ],
)
def test_what_has_no_pace_has_no_forecast(target: TargetSpec) -> None:
    assert forecast(target, points(*UNEVEN), day(40)) is None


def test_what_is_met_needs_no_forecast() -> None:
    assert forecast(spec(value=Decimal(80)), points(*UNEVEN), day(40)) is None


def test_a_reading_of_the_due_date_leaves_nothing_to_forecast() -> None:
    assert forecast(spec(), points(*UNEVEN, (100, 90)), day(100)) is None


@pytest.mark.parametrize(("on", "there"), [(100, True), (101, False)])
def test_after_the_due_date_there_is_no_forecast(on: int, there: bool) -> None:
    assert (forecast(spec(), points(*UNEVEN), day(on)) is not None) is there


def test_points_of_one_day_do_no_harm() -> None:
    assert found(spec(), (0, 1), (0, 2), (0, 3), (0, 4), on=0).pace == 30


def test_readings_before_the_start_do_no_harm() -> None:
    one_day = spec(starts_on=DUE, due_on=DUE)
    assert found(one_day, *UNEVEN).high > 80


def test_a_target_equal_to_the_first_reading_does_no_harm() -> None:
    still = level(comparator=Comparator.ABOVE, value=Decimal(100))
    assert found(still, (10, 100), (20, 100), (30, 100), (40, 100)).high == 100


TARGETS = [spec(), level(), level(value=Decimal(-(10**16)))]
amounts = st.decimals(-(10**16), 10**16, places=4)
days = st.lists(st.integers(0, 99), min_size=4, max_size=12).map(sorted)
totals = st.lists(st.integers(0, 10**6), min_size=12, max_size=12).map(sorted)


@settings(max_examples=100)
@given(days, st.lists(amounts, min_size=12, max_size=12), st.sampled_from(TARGETS))
def test_every_forecast_is_finite_and_in_order(
    on: Sequence[int], values: list[Decimal], target: TargetSpec
) -> None:
    known = [Point(day(number), value) for number, value in zip(on, values, strict=False)]
    result = forecast(target, known, day(99))
    if result is None:
        assert target.is_met_by(known[-1].value)
    else:
        assert -(Decimal(10) ** 25) < result.low <= result.value <= result.high < Decimal(10) ** 25


@settings(max_examples=50)
@given(days, totals, st.integers(1, 1000))
def test_the_unit_makes_no_difference(on: Sequence[int], values: list[int], unit: int) -> None:
    target = spec(value=Decimal(2 * 10**6))
    known = [Point(day(number), Decimal(value)) for number, value in zip(on, values, strict=False)]
    larger = [Point(point.on, point.value * unit) for point in known]
    one = forecast(target, known, day(99))
    other = forecast(target._replace(value=target.value * unit), larger, day(99))
    assert one
    assert other
    assert [float(each) for each in other] == pytest.approx(
        [float(each * unit) for each in one], abs=unit / 1000
    )


@pytest.mark.parametrize(
    ("target", "actual", "on", "expected"),
    [
        (spec(), 80, 40, "60"),
        (spec(), None, 40, "100"),
        (spec(), 0, -50, "60"),
        (spec(), 199, 99, "30"),
        (spec(value=Decimal(7)), 0, 0, "2.1"),
        (level(comparator=Comparator.AT_MOST, baseline=Decimal(300)), 260, 40, "-30"),
        (level(), None, 40, "50"),
        (spec(accumulation=Accumulation.RATIO, value=Decimal(90)), 30, 40, "30"),
    ],
)
def test_the_required_pace_is_what_is_left_in_the_days_left(
    target: TargetSpec, actual: int | None, on: int, expected: str
) -> None:
    assert required_pace(target, None if actual is None else Decimal(actual), day(on)) == Decimal(expected)


@pytest.mark.parametrize(
    ("target", "actual", "on"),
    [
        (spec(goal=Goal.MAINTAIN), 80, 40),
        (spec(goal=Goal.FINAL), 80, 40),
        (spec(kind=TargetKind.STAGES, accumulation=Accumulation.STAGES), 40, 40),
        (spec(), 200, 40),
        (spec(), 80, 100),
        (spec(), 80, 101),
        (spec(due_on=START), 0, -1),
    ],
)
def test_where_nothing_is_left_there_is_no_required_pace(target: TargetSpec, actual: int, on: int) -> None:
    assert required_pace(target, Decimal(actual), day(on)) is None


@settings(max_examples=50)
@given(st.integers(0, 199), st.integers(0, 99))
def test_who_keeps_the_required_pace_arrives(actual: int, on: int) -> None:
    pace = required_pace(spec(), Decimal(actual), day(on))
    assert pace is not None
    arrives = actual + float(pace) * (DUE - day(on)).days / 30
    assert arrives == pytest.approx(200, abs=1e-3)
