"""Facts about readings worth a second look; they judge no person."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from .enums import Accumulation, Goal
from .readings import Reading, Standing
from .targets import ZERO, TargetSpec

# Share of the way from start to target.
LAST_DAY_JUMP = Decimal(1) / 3


class Flag(StrEnum):
    LAST_DAY_JUMP = "last_day_jump"
    EQUAL_THREE_TIMES = "equal_three_times"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    BELOW_PREVIOUS = "below_previous"
    LEFT_AGAIN = "left_again"
    ABOVE_WHOLE = "above_whole"


def flags(spec: TargetSpec, standing: Standing) -> tuple[Flag, ...]:
    """Return the flags that hold, in the order of `Flag`."""
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


def flags_of_2(spec: TargetSpec, standing: Standing) -> tuple[Flag, ...]:
    """Return the flags of method 2, which knows more of them than method 1."""
    more = (
        (Flag.BELOW_PREVIOUS, _has_a_part_fallen(spec, standing.latest)),
        (Flag.LEFT_AGAIN, _has_left(spec, standing)),
        (Flag.ABOVE_WHOLE, _is_above_whole(standing)),
    )
    return (*flags(spec, standing), *(flag for flag, holds in more if holds))


def equal_three_times(spec: TargetSpec, latest: Sequence[Reading]) -> bool:
    """Tell whether the three newest readings are equal and not zero."""
    # Stages may have equal weights by plan.
    if len(latest) < 3 or spec.accumulation == Accumulation.STAGES:
        return False
    one, two, three = latest[:3]
    return (
        # A zero says that no work was done, however often it is reported.
        bool(one.value)
        and one.value == two.value == three.value
        and one.denominator == two.denominator == three.denominator
    )


def wrong_way(spec: TargetSpec) -> Literal["<", ">"] | None:
    """Return the side of the previous reading on which a new one goes back.

    A total goes back below it, a level away from its target. The result is None if readings add up.
    """
    if spec.accumulation == Accumulation.RUNNING_TOTAL:
        return "<"
    # A published growth rate may fall as well as rise.
    if spec.accumulation != Accumulation.LEVEL or spec.goal == Goal.FINAL:
        return None
    return "<" if spec.rises else ">"


def is_part_below(
    value: Decimal, denominator: Decimal | None, before: Decimal, denominator_before: Decimal | None
) -> bool:
    """Tell whether the numerator or the denominator of a ratio is below the one before."""
    return value < before or (denominator or ZERO) < (denominator_before or ZERO)


def _has_a_part_fallen(spec: TargetSpec, latest: Sequence[Reading]) -> bool:
    """Tell whether a ratio to date has a part below that of the report before; those of a period may fall."""
    if spec.accumulation != Accumulation.RUNNING_RATIO or len(latest) < 2:
        return False
    newest, before = latest[:2]
    return is_part_below(newest.value, newest.denominator, before.value, before.denominator)


def _has_left(spec: TargetSpec, standing: Standing) -> bool:
    """Tell whether a level stays reached though its newest reading is off the target again."""
    if spec.accumulation != Accumulation.LEVEL or standing.first_met_on is None:
        return False
    return standing.actual is not None and not spec.is_met_by(standing.actual)


def _is_above_whole(standing: Standing) -> bool:
    """Tell whether one of the newest readings of a ratio has a numerator above its denominator."""
    return any(each.denominator is not None and each.value > each.denominator for each in standing.latest)


def _jumps_on_the_last_day(spec: TargetSpec, added: Decimal) -> bool:
    """Tell whether the readings of the due date added more than a third of the way."""
    # The limit is above a quarter, so that even reports of four quarters stay below it.
    share = spec.share_of(spec.start_value + added)
    return share is not None and share > LAST_DAY_JUMP


def _falls_back(spec: TargetSpec, latest: Sequence[Reading]) -> bool:
    """Tell whether the newest reading is a negative amount or goes the wrong way."""
    newest = latest[0].value
    if spec.accumulation == Accumulation.INCREMENTS:
        return newest < ZERO
    side = wrong_way(spec) if len(latest) > 1 else None
    if side is None:
        return False
    return newest < latest[1].value if side == "<" else newest > latest[1].value
