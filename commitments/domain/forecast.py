"""The value expected at a target's due date if its pace lasts, and the pace needed to reach the target."""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .enums import Accumulation, Goal, TargetKind
from .targets import COUNTED_UP, ZERO, MonthEnd, TargetSpec

FEWEST_POINTS = 4
MONTH = 30  # days
WITH_PACE = (*COUNTED_UP, Accumulation.LEVEL)
# The usual spread is assumed as if seen in four steps, of 1.6 times an even month's amount.
USUAL_STEPS, USUAL_SPREAD = 4, 1.6
# The 90 % point of Student's t by number of steps; the degrees of freedom include those of the usual steps.
STUDENT = {
    3: 1.440, 4: 1.415, 5: 1.397, 6: 1.383, 7: 1.372, 8: 1.363, 9: 1.356, 10: 1.350, 11: 1.345, 12: 1.341
}  # fmt: skip
MOST_STEPS = max(STUDENT)


class Forecast(NamedTuple):
    """The value at the due date with an 80 % interval, in the target's unit, and the `pace` per 30 days.

    All are rounded to four places.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    pace: Decimal


def forecast(spec: TargetSpec, month_ends: Sequence[MonthEnd], on: date) -> Forecast | None:
    """Return the pace so far, drawn out to the due date; None if that says too little.

    `month_ends` come oldest first and none is after `on`. Each holds the last reading day of a month and the
    value at the end of that day. A target that counts up is known at its start too.
    """
    if len(month_ends) < FEWEST_POINTS or spec.goal != Goal.REACH or spec.accumulation not in WITH_PACE:
        return None
    last_on, last = month_ends[-1]
    left = (spec.due_on - last_on).days
    if left <= 0 or on > spec.due_on or spec.is_met_by(last):
        return None
    return _drawn_out(spec, month_ends, left)


def required_pace(spec: TargetSpec, actual: Decimal | None, on: date) -> Decimal | None:
    """Return the amount left to do until the due date, per 30 days; below 0 if the value must fall.

    The result is None if the target cannot be reached by value, is met, or has no day left.
    """
    if spec.goal != Goal.REACH or spec.accumulation == Accumulation.STAGES:
        return None
    reached = spec.start_value if actual is None else actual
    left = (spec.due_on - max(on, spec.starts_on)).days
    if left <= 0 or spec.is_met_by(reached):
        return None
    return _four_places(float(spec.value - reached) / left * MONTH)


def _drawn_out(spec: TargetSpec, month_ends: Sequence[MonthEnd], left: int) -> Forecast:
    """Draw the pace out to the due date by a random walk with drift.

    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2 and 5.5,
    https://otexts.com/fpp3/. The n steps may have any length: changes x over d days, D = Σd, L days left.

        pace m = Σx / D        value = last + m L        s² = Σ (x - m d)² / d / (n - 1)
        half of the interval = t s √(L + L² / D), t with n - 1 degrees of freedom

    A few steps say little about the spread s, and works do not go on evenly. So s² is averaged with a usual
    spread that weighs as much as four steps, and t has four degrees of freedom more. This is a moderation of
    variances (Smyth 2004, https://doi.org/10.2202/1544-6115.1027). w is the way from the first point to the
    target, T its days.

        s² = (Σ (x - m d)² / d + 4 u²) / (n - 1 + 4)        u² = 30 (1.6 w / T)²

    docs/forecast.md says how often the interval holds the truth.
    """
    counted_up = spec.accumulation in COUNTED_UP
    first, later = ((spec.starts_on, ZERO), month_ends) if counted_up else (month_ends[0], month_ends[1:])
    (_, start), (_, last), n = first, month_ends[-1], len(later)
    days, squares = _steps(first, later)
    pace = float(last - start) / days
    usual = USUAL_SPREAD * float(spec.value - start) / (days + left)
    variance = (squares - pace * pace * days + USUAL_STEPS * usual * usual * MONTH) / (n - 1 + USUAL_STEPS)
    # The sum of squares is computed as Σ x² / d - m² D, which rounding can leave a little below 0.
    half = STUDENT[min(n, MOST_STEPS)] * math.sqrt(max(0.0, variance) * left * (1 + left / days))
    growth, least = pace * left, 0.0 if counted_up and spec.kind == TargetKind.COUNT else -math.inf
    return Forecast(
        value=last + _four_places(max(least, growth)),
        low=last + _four_places(max(least, growth - half)),
        high=last + _four_places(max(least, growth + half)),
        pace=_four_places(pace * MONTH),
    )


def _steps(first: MonthEnd, later: Sequence[MonthEnd]) -> tuple[int, float]:
    """Return D and Σ x² / d of the formula above."""
    days, squares, (before, value) = 0, 0.0, first
    for on, then in later:
        # A reading on the same day as the point before gets a day of its own.
        gap, change = (on - before).days, float(then - value)
        if gap < 1:
            gap = 1
        days += gap
        squares += change * change / gap
        before, value = on, then
    return days, squares


def _four_places(value: float) -> Decimal:
    return Decimal(f"{value:z.4f}")
