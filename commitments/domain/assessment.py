"""The whole verdict on a target for one day: the numbers, the status and why."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .enums import Freshness, Reason, Status
from .flags import Flag, flags
from .forecast import Forecast, forecast, required_pace
from .owed import freshness
from .periods import ReportingCalendar
from .readings import Standing
from .status import Case, Rules, judge
from .targets import HUNDRED, TargetSpec

FOUR_PLACES = Decimal("0.0001")
TWO_PLACES = Decimal("0.01")
MOST = Decimal(1_000_000)
ENDED = (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.NOT_ACHIEVED, Status.DROPPED)


class Assessment(NamedTuple):
    """Values in the target's unit; `progress` is a fraction; `gap` = progress minus planned progress, in points.

    Both stop at what can be stored, a million times the target: a mistyped value must not stop the roll-up.
    `worst` is the reading of a goal to maintain that lies furthest on its wrong side; `required_pace` is what is
    left to do per 30 days; None, as `forecast`, where it makes no sense.
    """

    actual: Decimal | None
    planned: Decimal
    progress: Decimal | None
    gap: Decimal | None
    status: Status
    reason: Reason
    freshness: Freshness
    worst: Decimal | None
    forecast: Forecast | None
    required_pace: Decimal | None
    flags: tuple[Flag, ...]


def assess(
    spec: TargetSpec,
    standing: Standing,
    *,
    on: date,
    rules: Rules,
    calendar: ReportingCalendar,
    dropped: bool = False,
) -> Assessment:
    """Judges a target on a day of the plan's calendar. Stored numbers are rounded; the rules see exact ones."""
    case = Case.of(spec, standing, on=on, rules=rules, calendar=calendar, dropped=dropped)
    verdict = judge(case)
    running = verdict.status not in ENDED
    return Assessment(
        actual=_rounded(standing.actual),
        planned=_to(FOUR_PLACES, case.expected),
        progress=_progress(case),
        gap=_gap(case),
        status=verdict.status,
        reason=verdict.reason,
        freshness=freshness(spec, standing, calendar, on) if running else Freshness.CURRENT,
        worst=_rounded(standing.worst),
        forecast=forecast(spec, standing.points, on) if running else None,
        required_pace=required_pace(spec, standing.actual, on) if running else None,
        flags=flags(spec, standing),
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else _to(FOUR_PLACES, value)


def _progress(case: Case) -> Decimal | None:
    if case.way is None or case.done is None:
        return None
    return _to(FOUR_PLACES, _within(MOST, case.done / case.way))


def _gap(case: Case) -> Decimal | None:
    if case.way is None or case.done is None:
        return None
    return _to(TWO_PLACES, _within(MOST * HUNDRED, (case.done - case.due) * HUNDRED / case.way))


def _to(places: Decimal, value: Decimal) -> Decimal:
    """As people round (四舍五入)."""
    return value.quantize(places, ROUND_HALF_UP)


def _within(limit: Decimal, value: Decimal) -> Decimal:
    return max(-limit, min(limit, value))
