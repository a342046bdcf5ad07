"""Doubts about a value while it is being entered, as plain data to compare it with.

A doubt refuses no value: it asks for a word of explanation.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from .enums import Accumulation, Comparator, Goal, TargetKind
from .flags import equal_three_times, is_part_below, wrong_way
from .readings import ADDED_TO, Standing
from .targets import HUNDRED, RATIOS, ZERO, TargetSpec

When = Literal["<", "<=", "=", ">=", ">", "%"]  # “%”: is no whole number
# Share of the way from start to target.
BIG_JUMP = Decimal("0.25")
HOLDS: Mapping[When, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
    "%": lambda typed, _unit: typed != typed.to_integral_value(),  # “%” itself fails above 28 digits
}
STRICT: Mapping[Comparator, When] = {Comparator.ABOVE: ">", Comparator.BELOW: "<"}
UNUSUAL = 3  # times the median step
FEWEST_STEPS = 3
A_STAGE = ONE_UNIT = Decimal(1)


class Doubt(StrEnum):
    BELOW_PREVIOUS = "below_previous"
    BIG_JUMP = "big_jump"
    UNUSUAL_STEP = "unusual_step"
    ABOVE_TARGET = "above_target"
    EQUAL_THREE_TIMES = "equal_three_times"
    NOT_WHOLE = "not_whole"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    ABOVE_WHOLE = "above_whole"


class Bound(NamedTuple):
    """A limit for a typed value: the value is doubtful if it stands in the relation `when` to `value`.

    Both are in the target's unit. If `denominator` is given, the typed ratio must have the same one too; of
    `BELOW_PREVIOUS`, either part may be the one below.
    `DONE_WITHOUT_EVIDENCE` concerns only entries without evidence, `ABOVE_WHOLE` the share of a ratio in percent.
    """

    doubt: Doubt
    when: When
    value: Decimal
    denominator: Decimal | None = None


def bounds(spec: TargetSpec, standing: Standing) -> tuple[Bound, ...]:
    """Return the limits for the next value of a target, in the order of `Doubt`."""
    # A stage is done or not.
    if spec.accumulation == Accumulation.STAGES:
        return (Bound(Doubt.DONE_WITHOUT_EVIDENCE, ">=", A_STAGE),)
    # A ratio is entered by its two parts. So only its repetition, a share above 100 % and parts to date that fall
    # back can be recognised.
    found = (
        _below_previous(spec, standing),
        _big_jump(spec, standing),
        _unusual_step(spec, standing),
        _above_target(spec, standing),
        _equal_three_times(spec, standing),
        _not_whole(spec, standing),
        _done_without_evidence(spec, standing),
        _above_whole(spec),
    )
    return tuple(bound for bound in found if bound)


def doubts(
    among: Sequence[Bound], value: Decimal, denominator: Decimal | None = None, *, evidenced: bool
) -> tuple[Bound, ...]:
    """Return the bounds that a typed value oversteps; `evidenced` says whether its entry brings evidence."""
    return tuple(bound for bound in among if _oversteps(bound, value, denominator, evidenced=evidenced))


def _oversteps(bound: Bound, value: Decimal, denominator: Decimal | None, *, evidenced: bool) -> bool:
    if bound.doubt == Doubt.DONE_WITHOUT_EVIDENCE and evidenced:
        return False
    if bound.doubt == Doubt.ABOVE_WHOLE:
        return denominator is not None and value > denominator
    if bound.doubt == Doubt.BELOW_PREVIOUS and bound.denominator is not None:
        return is_part_below(value, denominator, bound.value, bound.denominator)
    return HOLDS[bound.when](value, bound.value) and bound.denominator in (None, denominator)


def _below_previous(spec: TargetSpec, standing: Standing) -> Bound | None:
    side, previous = wrong_way(spec), standing.previous()
    if previous and spec.accumulation == Accumulation.RUNNING_RATIO:
        return Bound(Doubt.BELOW_PREVIOUS, "<", previous.value, previous.denominator)
    if side is None or previous is None:
        return None
    return Bound(Doubt.BELOW_PREVIOUS, side, previous.value)


def _big_jump(spec: TargetSpec, standing: Standing) -> Bound | None:
    """Doubt a step of a quarter of the way to the target; without a way, of the target itself."""
    # A published growth rate moves as it will.
    if spec.accumulation == Accumulation.LEVEL and spec.goal == Goal.FINAL:
        return None
    return _step(Doubt.BIG_JUMP, spec, standing, BIG_JUMP * (spec.way or abs(spec.value)))


def _unusual_step(spec: TargetSpec, standing: Standing) -> Bound | None:
    steps = _steps(spec, standing)
    usual = median(steps) if len(steps) >= FEWEST_STEPS else ZERO
    return _step(Doubt.UNUSUAL_STEP, spec, standing, UNUSUAL * usual)


def _above_target(spec: TargetSpec, standing: Standing) -> Bound | None:
    """Doubt the first value beyond the target."""
    # A comparator such as “above” is met only beyond the target, so it raises no doubt.
    if spec.comparator in STRICT or spec.way is None or not _is_reached_by_value(spec):
        return None
    when: When = ">" if spec.rises else "<"
    far = _far_end(spec)
    # The question is asked once: a target that was passed may go on growing.
    if standing.actual is not None and HOLDS[when](standing.actual, far):
        return None
    return Bound(Doubt.ABOVE_TARGET, when, far - _added(spec, standing))


def _far_end(spec: TargetSpec) -> Decimal:
    """Return the value beyond which a target is passed; of an “about” or a range, the end reached last."""
    if spec.band is None:
        return spec.value
    return spec.band.high if spec.rises else spec.band.low


def _equal_three_times(spec: TargetSpec, standing: Standing) -> Bound | None:
    """Doubt a repeated value if repeating the newest reading would raise a flag."""
    if len(standing.latest) < FEWEST_STEPS - 1:
        return None
    again = standing.latest[0]
    done = _is_reached_by_value(spec) and spec.is_met_by(again.value + _added(spec, standing))
    if done or not equal_three_times(spec, (again, *standing.latest[:2])):
        return None
    return Bound(Doubt.EQUAL_THREE_TIMES, "=", again.value, again.denominator)


def _not_whole(spec: TargetSpec, standing: Standing) -> Bound | None:
    """Doubt a fraction if only whole units were counted so far: communities are, kilometres may not be."""
    if spec.kind != TargetKind.COUNT or spec.accumulation in RATIOS:
        return None
    known = [spec.value, spec.baseline or ZERO]
    known += [value for _, value in standing.month_ends]
    known += [reading.value for reading in standing.latest]
    whole = not any(HOLDS["%"](value, ONE_UNIT) for value in known)
    return Bound(Doubt.NOT_WHOLE, "%", ONE_UNIT) if whole else None


def _done_without_evidence(spec: TargetSpec, standing: Standing) -> Bound | None:
    if standing.evidenced or not _is_reached_by_value(spec):
        return None
    when = STRICT.get(spec.comparator, ">=" if spec.rises else "<=")
    return Bound(Doubt.DONE_WITHOUT_EVIDENCE, when, spec.value - _added(spec, standing))


def _above_whole(spec: TargetSpec) -> Bound | None:
    return Bound(Doubt.ABOVE_WHOLE, ">", HUNDRED) if spec.accumulation in RATIOS else None


def _step(doubt: Doubt, spec: TargetSpec, standing: Standing, size: Decimal) -> Bound | None:
    """Doubt more than `size` from the value before: upwards, or downwards for a level that should fall."""
    before = _before(spec, standing)
    if before is None or not size:
        return None
    falling = spec.accumulation == Accumulation.LEVEL and not spec.rises
    return Bound(doubt, "<", before - size) if falling else Bound(doubt, ">", before + size)


def _before(spec: TargetSpec, standing: Standing) -> Decimal | None:
    """Return the value that a step starts from; None for a ratio or an unknown start of a level."""
    previous = standing.previous() if spec.accumulation in ADDED_TO else None
    return previous.value if previous else spec.known_start


def _steps(spec: TargetSpec, standing: Standing) -> list[Decimal]:
    """Return the size of each month's step, up or down."""
    start = spec.known_start
    if spec.accumulation in RATIOS:
        return []
    course = [value for _, value in standing.month_ends]
    return [abs(after - before) for before, after in pairwise(course if start is None else [start, *course])]


def _is_reached_by_value(spec: TargetSpec) -> bool:
    return spec.goal == Goal.REACH and spec.accumulation not in RATIOS


def _added(spec: TargetSpec, standing: Standing) -> Decimal:
    """Return the sum that a new amount is added to."""
    if spec.accumulation != Accumulation.INCREMENTS or standing.actual is None:
        return ZERO
    return standing.actual
