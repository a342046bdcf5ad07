from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.domain.flags import Flag, flags
from commitments.domain.ledger import Reading
from commitments.domain.targets import TargetSpec
from commitments.domain.words import Accumulation, Comparator, Goal, Kind, TrajectoryKind

from .cases import DUE, day, reading, spec

ON_DUE_DATE = (DUE - day(0)).days


def flags_of(
    target: TargetSpec, *newest_first: Reading, actual: int = 1, evidenced: bool = True
) -> list[Flag]:
    return list(flags(target, newest_first, actual=Decimal(actual), evidenced=evidenced))


def increments(**given: Any) -> TargetSpec:
    return spec(accumulation=Accumulation.INCREMENTS, **given)


def level(**given: Any) -> TargetSpec:
    return spec(kind=Kind.LEVEL, accumulation=Accumulation.LEVEL, **given)


def staged() -> TargetSpec:
    return spec(
        kind=Kind.STAGES, accumulation=Accumulation.STAGES, trajectory=TrajectoryKind.STEP, value=Decimal(100)
    )


def ratio(numerator: int, denominator: int) -> Reading:
    return Reading(day(50), Decimal(numerator), 1, Decimal(denominator))


def readings(*newest_first: int) -> list[Reading]:
    return [reading(50 - 10 * back, value) for back, value in enumerate(newest_first)]


def test_without_readings_there_is_nothing_to_flag() -> None:
    assert flags(spec(), [], actual=None, evidenced=False) == ()


def test_ordinary_readings_have_no_flag() -> None:
    assert flags_of(spec(), *readings(90, 60, 30), evidenced=False) == []


@pytest.mark.parametrize(
    ("target", "values", "jumps"),
    [
        (spec(), (150, 100), True),
        (spec(), (149, 100), False),
        (spec(), (50,), True),
        (spec(), (49,), False),
        (increments(), (50, 1), True),
        (increments(), (49, 1), False),
        (level(baseline=Decimal(100)), (150, 125), True),
        (level(baseline=Decimal(100)), (149, 125), False),
        (level(baseline=Decimal(100)), (125,), True),
        (level(baseline=Decimal(300), comparator=Comparator.AT_MOST), (225, 250), True),
        (level(baseline=Decimal(200)), (150, 100), False),
        (level(goal=Goal.FINAL), (150, 100), False),
        (staged(), (50, 10), False),
        (spec(accumulation=Accumulation.RATIO), (150, 10), False),
    ],
)
def test_a_quarter_of_the_way_on_the_due_date_is_a_jump(
    target: TargetSpec, values: tuple[int, ...], jumps: bool
) -> None:
    newest, *before = values
    found = flags_of(target, reading(ON_DUE_DATE, newest), *readings(*before))
    assert (Flag.LAST_DAY_JUMP in found) is jumps


@pytest.mark.parametrize(
    ("target", "values", "before", "jumps"),
    [
        (increments(), (25, 25), (1,), True),
        (increments(), (25, 24), (1,), False),
        (increments(), (17, 17, 16), (), True),
        (spec(), (150, 125), (100,), True),
        (spec(), (149, 125), (100,), False),
        (spec(), (50, 25), (), True),
        (spec(), (150, 125, 100), (), True),
        (spec(), (149, 125, 100), (), False),
    ],
)
def test_a_jump_cut_in_pieces_is_a_jump(
    target: TargetSpec, values: tuple[int, ...], before: tuple[int, ...], jumps: bool
) -> None:
    pieces = [reading(ON_DUE_DATE, value) for value in values]
    found = flags_of(target, *pieces, *readings(*before))
    assert (Flag.LAST_DAY_JUMP in found) is jumps


@pytest.mark.parametrize("jump", [spec(), increments()])
def test_a_jump_stays_one_when_more_is_read_after_the_due_date(jump: TargetSpec) -> None:
    after = reading(ON_DUE_DATE + 3, 151)
    assert Flag.LAST_DAY_JUMP in flags_of(jump, after, reading(ON_DUE_DATE, 150), reading(50, 100))


@pytest.mark.parametrize("on", [ON_DUE_DATE - 1, ON_DUE_DATE + 1])
def test_a_jump_on_any_other_day_is_none(on: int) -> None:
    assert flags_of(spec(), reading(on, 150), reading(10, 10)) == []


@pytest.mark.parametrize(
    ("target", "values", "equal"),
    [
        (spec(), (30, 30, 30), True),
        (spec(), (30, 30), False),
        (spec(), (30, 30, 29), False),
        (spec(), (30, 29, 30), False),
        (spec(), (30, 29, 29), False),
        (increments(), (5, 5, 5), True),
        (increments(), (0, 0, 0), False),
        (spec(), (0, 0, 0), False),
        (level(), (30, 30, 30), True),
        (level(goal=Goal.MAINTAIN), (200, 200, 200), True),
        (staged(), (25, 25, 25), False),
    ],
)
def test_a_value_that_comes_three_times_is_flagged_unless_it_is_nothing(
    target: TargetSpec, values: tuple[int, ...], equal: bool
) -> None:
    assert (Flag.EQUAL_THREE_TIMES in flags_of(target, *readings(*values))) is equal


def test_what_is_reached_may_stay_as_it_is() -> None:
    assert flags_of(spec(), *readings(200, 200, 200), actual=200) == []


@pytest.mark.parametrize(("denominators", "equal"), [((10, 10, 10), True), ((12, 11, 10), False)])
def test_a_ratio_is_equal_in_both_its_parts(denominators: tuple[int, ...], equal: bool) -> None:
    found = flags_of(spec(accumulation=Accumulation.RATIO), *(ratio(9, each) for each in denominators))
    assert (Flag.EQUAL_THREE_TIMES in found) is equal


@pytest.mark.parametrize(
    ("target", "actual", "evidenced", "flagged"),
    [
        (spec(), 200, False, True),
        (spec(), 200, True, False),
        (spec(), 199, False, False),
        (spec(goal=Goal.MAINTAIN), 200, False, False),
        (spec(goal=Goal.FINAL), 200, False, False),
        (staged(), 100, False, True),
    ],
)
def test_what_is_reached_wants_evidence(
    target: TargetSpec, actual: int, evidenced: bool, flagged: bool
) -> None:
    found = flags_of(target, *readings(90), actual=actual, evidenced=evidenced)
    assert (Flag.DONE_WITHOUT_EVIDENCE in found) is flagged


def test_without_an_actual_nothing_is_reached() -> None:
    assert flags(spec(), readings(200), actual=None, evidenced=False) == ()


@pytest.mark.parametrize(
    ("target", "values", "below"),
    [
        (spec(), (29, 30), True),
        (spec(), (30, 30), False),
        (spec(), (-1,), False),
        (increments(), (-1,), True),
        (increments(), (0,), False),
        (increments(), (1, 5), False),
        (level(), (29, 30), True),
        (level(), (30, 30), False),
        (level(goal=Goal.MAINTAIN), (29, 30), True),
        (level(goal=Goal.FINAL), (29, 30), False),
        (level(comparator=Comparator.AT_MOST), (31, 30), True),
        (level(comparator=Comparator.BELOW), (30, 30), False),
        (staged(), (20, 30), False),
        (spec(accumulation=Accumulation.RATIO), (29, 30), False),
    ],
)
def test_going_back_is_flagged(target: TargetSpec, values: tuple[int, ...], below: bool) -> None:
    assert (Flag.BELOW_PREVIOUS in flags_of(target, *readings(*values))) is below


def test_several_flags_come_in_a_fixed_order() -> None:
    found = flags_of(increments(), reading(ON_DUE_DATE, 60), *readings(60, 60), actual=190)
    assert found == [Flag.LAST_DAY_JUMP, Flag.EQUAL_THREE_TIMES]


values = st.lists(st.integers(-5, 250), min_size=1, max_size=3)


@settings(max_examples=100)
@given(values, st.integers(-5, 250), st.sampled_from(Accumulation), st.sampled_from(Goal), st.booleans())
def test_flags_are_never_repeated_and_always_in_order(
    newest_first: list[int], actual: int, accumulation: Accumulation, goal: Goal, evidenced: bool
) -> None:
    target = spec(accumulation=accumulation, goal=goal, due_on=day(50))
    found = flags_of(target, *readings(*newest_first), actual=actual, evidenced=evidenced)
    assert found == [flag for flag in Flag if flag in found]
