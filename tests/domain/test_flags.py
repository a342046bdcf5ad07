from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.domain.enums import Accumulation, Comparator, Goal, TargetKind, TrajectoryKind
from commitments.domain.flags import Flag, flags
from commitments.domain.readings import Reading, Standing, standing
from commitments.domain.targets import TargetSpec

from .cases import DUE, day, reading, spec

ON_DUE_DATE = (DUE - day(0)).days


def flags_of(
    target: TargetSpec,
    *newest_first: Reading,
    actual: int = 1,
    evidenced: bool = True,
    added: Decimal | None = None,
) -> list[Flag]:
    known = Standing(actual=Decimal(actual), latest=newest_first, evidenced=evidenced, added_at_last=added)
    return list(flags(target, known))


def increments(**given: Any) -> TargetSpec:
    return spec(accumulation=Accumulation.INCREMENTS, **given)


def level(**given: Any) -> TargetSpec:
    return spec(kind=TargetKind.LEVEL, accumulation=Accumulation.LEVEL, **given)


def staged() -> TargetSpec:
    return spec(
        kind=TargetKind.STAGES,
        accumulation=Accumulation.STAGES,
        trajectory=TrajectoryKind.STEP,
        value=Decimal(100),
    )


def ratio(numerator: int, denominator: int) -> Reading:
    return Reading(day(50), Decimal(numerator), 1, Decimal(denominator))


def readings(*newest_first: int) -> list[Reading]:
    return [reading(50 - 10 * back, value) for back, value in enumerate(newest_first)]


def test_without_readings_there_is_nothing_to_flag() -> None:
    assert flags(spec(), Standing()) == ()


def test_ordinary_readings_have_no_flag() -> None:
    assert flags_of(spec(), *readings(90, 60, 30), evidenced=False) == []


def on_due_date(*values: int) -> list[Reading]:
    return [reading(ON_DUE_DATE, value, entry) for entry, value in enumerate(values, start=10)]


def jumps(target: TargetSpec, *readings: Reading) -> bool:
    """Out of the whole ledger, once all of it is known."""
    return Flag.LAST_DAY_JUMP in flags(target, standing(target, readings, day(ON_DUE_DATE + 30)))


@pytest.mark.parametrize(
    ("target", "before", "values", "expected"),
    [
        (spec(), [100], [167], True),
        (spec(), [100], [166], False),
        (spec(), [120, 10], [167], True),
        (spec(), [10, 120], [167], False),
        (spec(), [], [67], True),
        (spec(), [], [66], False),
        (spec(), [100], [125, 167], True),
        (spec(), [100], [167, 166], False),
        (spec(), [], [148, 149, 150], True),
        (spec(), [100], [166, 166, 166, 167], True),
        (spec(), [50, 100, 150], [200], False),
        (increments(), [90], [67], True),
        (increments(), [90], [66], False),
        (increments(), [90], [17, 17, 16, 17], True),
        (increments(), [90], [17, 17, 16, 16], False),
        (increments(), [], [6] * 12, True),
        (level(baseline=Decimal(50)), [100], [151], True),
        (level(baseline=Decimal(50)), [100], [150], False),
        (level(baseline=Decimal(50)), [], [101], True),
        (level(baseline=Decimal(50)), [], [100], False),
        (level(), [1], [68], True),
        (level(), [], [190], False),
        (level(baseline=Decimal(350), comparator=Comparator.AT_MOST), [300], [249], True),
        (level(baseline=Decimal(350), comparator=Comparator.AT_MOST), [300], [351], False),
        (level(baseline=Decimal(200)), [100], [150], False),
        (level(goal=Goal.FINAL), [100], [190], False),
        (level(goal=Goal.MAINTAIN), [100], [190], False),
        (staged(), [10], [50], False),
    ],
)
def test_more_than_a_third_of_the_way_on_the_due_date_is_a_jump(
    target: TargetSpec, before: list[int], values: list[int], expected: bool
) -> None:
    earlier = [reading(back, value, back) for back, value in enumerate(before, start=1)]
    assert jumps(target, *earlier, *on_due_date(*values)) is expected


@pytest.mark.parametrize("later", [1, 4])
def test_it_stays_one_however_much_is_read_after_the_due_date(later: int) -> None:
    after = [reading(ON_DUE_DATE + each, 170 + each, 20 + each) for each in range(1, later + 1)]
    assert jumps(spec(), reading(50, 100), *on_due_date(167), *after)
    assert jumps(increments(), reading(50, 100), *on_due_date(67), *after)


def test_what_is_read_after_the_due_date_was_not_read_on_it() -> None:
    later = reading(ON_DUE_DATE + 3, 190, 20)
    assert not jumps(spec(), reading(50, 100), *on_due_date(140), later)
    assert not jumps(increments(), reading(50, 100), *on_due_date(40), later)


@pytest.mark.parametrize("on", [ON_DUE_DATE - 1, ON_DUE_DATE + 1])
@pytest.mark.parametrize("target", [spec(), increments()])
def test_a_jump_on_any_other_day_is_none(target: TargetSpec, on: int) -> None:
    assert not jumps(target, reading(10, 10), reading(on, 150))


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


@pytest.mark.parametrize(
    ("denominators", "equal"), [((10, 10, 10), True), ((12, 11, 10), False), ((10, 10, 12), False)]
)
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
    assert flags(spec(), Standing(latest=tuple(readings(200)))) == ()


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
    found = flags_of(increments(), *readings(60, 60, 60), actual=190, added=Decimal(70))
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
