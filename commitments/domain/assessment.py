"""The whole verdict on a target for one day: the numbers, the status and the reason."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .enums import Freshness, Reason, Status
from .flags import Flag
from .forecast import Forecast, forecast, required_pace
from .methods import METHODS, judge
from .owed import ReportDuty, report_duty
from .periods import ReportingCalendar
from .readings import Standing
from .status import Case, Rules
from .submissions import NO_FACTS, ReportFacts
from .targets import HUNDRED, TargetSpec

FOUR_PLACES = Decimal("0.0001")
TWO_PLACES = Decimal("0.01")
# Numbers are stored up to a million times the target: a mistyped value must not stop the roll-up.
MOST = Decimal(1_000_000)
ENDED = (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.NOT_ACHIEVED, Status.DROPPED)


class Assessment(NamedTuple):
    """Everything judged about one target on one day, with values in the target's unit.

    `progress` is a fraction. `gap` is progress minus planned progress, in percentage points. `worst` is the
    reading of a goal to maintain that lies furthest on its wrong side. `required_pace` is the amount left
    to do per 30 days. `standing_since` is the day that counts for a target that is achieved. Numbers are None
    if they make no sense for the target.
    """

    actual: Decimal | None
    planned: Decimal
    progress: Decimal | None
    gap: Decimal | None
    status: Status
    reason: Reason
    duty: ReportDuty
    worst: Decimal | None
    forecast: Forecast | None
    required_pace: Decimal | None
    flags: tuple[Flag, ...]
    standing_since: date | None = None

    @property
    def freshness(self) -> Freshness:
        return self.duty.freshness


def assess(
    spec: TargetSpec,
    standing: Standing,
    *,
    on: date,
    rules: Rules,
    calendar: ReportingCalendar,
    dropped: bool = False,
    facts: ReportFacts = NO_FACTS,
    owes_reports: bool = True,
) -> Assessment:
    """Judge a target on a day of the plan's calendar; stored numbers are rounded, the rules see exact ones.

    `facts` are those of its reports beside the figures that count.
    """
    method = METHODS[rules.method]
    case = Case.of(spec, standing, on=on, rules=rules, calendar=calendar, dropped=dropped, line=method.line)
    verdict = judge(case)
    running = verdict.status not in ENDED
    # In the order of the fields: keywords would triple the time of making one.
    return Assessment(
        _beside(spec, standing.actual),
        _to(FOUR_PLACES, case.expected),
        _progress(case),
        _gap(case),
        verdict.status,
        verdict.reason,
        report_duty(spec, standing, calendar, on, facts, running=running and owes_reports),
        _beside(spec, standing.worst),
        forecast(spec, standing.month_ends, on) if running else None,
        required_pace(spec, standing.actual, on) if running else None,
        method.flags(spec, standing),
        verdict.since,
    )


def _beside(spec: TargetSpec, value: Decimal | None) -> Decimal | None:
    """Round a reading, but never to a target that it misses, nor off one that it meets."""
    if value is None:
        return None
    rounded = _to(FOUR_PLACES, value)
    if rounded == value or spec.is_met_by(rounded) == spec.is_met_by(value):
        return rounded
    return value.quantize(FOUR_PLACES, ROUND_FLOOR if rounded > value else ROUND_CEILING)


def _progress(case: Case) -> Decimal | None:
    if case.way is None or case.done is None:
        return None
    return _to(FOUR_PLACES, _within(MOST, case.done / case.way))


def _gap(case: Case) -> Decimal | None:
    if case.way is None or case.done is None:
        return None
    return _to(TWO_PLACES, _within(MOST * HUNDRED, (case.done - case.due) * HUNDRED / case.way))


def _to(places: Decimal, value: Decimal) -> Decimal:
    """Round half up, as people do (四舍五入)."""
    return value.quantize(places, ROUND_HALF_UP)


def _within(limit: Decimal, value: Decimal) -> Decimal:
    return value if abs(value) <= limit else limit.copy_sign(value)
