"""What a reader of the numbers may want to look at twice: plain facts about readings, no judgement of anyone."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from .enums import Accumulation, Goal
from .readings import Reading, Standing
from .targets import RISING, ZERO, TargetSpec

# Of the way from start to target.
BIG_JUMP = Decimal("0.25")
LAST_DAY_JUMP = Decimal(1) / 3


class Flag(StrEnum):
    LAST_DAY_JUMP = "last_day_jump"
    EQUAL_THREE_TIMES = "equal_three_times"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    BELOW_PREVIOUS = "below_previous"


def flags(spec: TargetSpec, standing: Standing) -> tuple[Flag, ...]:
    """The facts that hold, in the order of `Flag`."""
    actual, latest = standing.actual, standing.latest
    if not latest:
        return ()
    done = spec.goal == Goal.REACH and actual is not None and spec.is_met_by(actual)
    found = []
    if standing.added_at_last is not None and _jumps_on_the_last_day(spec, standing.added_at_last):
        found.append(Flag.LAST_DAY_JUMP)
    if not done and equal_three_times(spec, latest):
        found.append(Flag.EQUAL_THREE_TIMES)
    if done and not standing.evidenced:
        found.append(Flag.DONE_WITHOUT_EVIDENCE)
    if _falls_back(spec, latest):
        found.append(Flag.BELOW_PREVIOUS)
    return tuple(found)


def equal_three_times(spec: TargetSpec, latest: Sequence[Reading]) -> bool:
    """A zero says that nothing was done, however often; stages may have equal weights by plan.

    Nor is it asked of what is reached: that may well stay as it is.
    """
    if len(latest) < 3 or spec.accumulation == Accumulation.STAGES:
        return False
    one, two, three = latest[:3]
    return (
        bool(one.value)
        and one.value == two.value == three.value
        and one.denominator == two.denominator == three.denominator
    )


def wrong_way(spec: TargetSpec) -> Literal["<", ">"] | None:
    """On which side of the one before a reading goes back: a total below it, a level away from its target.

    None of what is added up, and of a published growth rate, which may fall as well as rise.
    """
    if spec.accumulation == Accumulation.RUNNING_TOTAL:
        return "<"
    if spec.accumulation != Accumulation.LEVEL or spec.goal == Goal.FINAL:
        return None
    return "<" if spec.comparator in RISING else ">"


def _jumps_on_the_last_day(spec: TargetSpec, added: Decimal) -> bool:
    """In one piece or in several; even reports of four quarters stay below the limit."""
    share = spec.share_of(spec.start_value + added)
    return share is not None and share > LAST_DAY_JUMP


def _falls_back(spec: TargetSpec, latest: Sequence[Reading]) -> bool:
    """Less than nothing done, or the wrong way from the reading before."""
    newest, side = latest[0].value, wrong_way(spec)
    if spec.accumulation == Accumulation.INCREMENTS:
        return newest < ZERO
    if side is None or len(latest) < 2:
        return False
    return newest < latest[1].value if side == "<" else newest > latest[1].value
