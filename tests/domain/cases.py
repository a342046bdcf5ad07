"""Plain values for the rules: 200 of something over a year of 100 days, so that percentages can be read off."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commitments.domain.assessment import Assessment, assess
from commitments.domain.enums import Accumulation, Comparator, Freshness, Goal, TargetKind, TrajectoryKind
from commitments.domain.owed import report_duty
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading, Standing, standing
from commitments.domain.status import Rules
from commitments.domain.targets import TargetSpec
from commitments.domain.workdays import CHINA

START = date(2023, 1, 1)
DUE = START + timedelta(days=100)
RULES = Rules("1.0", Decimal("0.95"), Decimal("0.80"), Decimal(5), 30, Decimal(0))
RULES_2 = RULES._replace(version="2.0", method=2, near_units=Decimal(1))
CALENDAR = ReportingCalendar(due_day=5, grace_days=5, holidays=CHINA)
STATISTICS = ReportingCalendar(due_day=25, grace_days=5, holidays=CHINA, official=True, joins_january=True)


def day(number: int) -> date:
    return START + timedelta(days=number)


def spec(**given: Any) -> TargetSpec:
    defaults: dict[str, Any] = {
        "kind": TargetKind.COUNT,
        "accumulation": Accumulation.RUNNING_TOTAL,
        "goal": Goal.REACH,
        "comparator": Comparator.AT_LEAST,
        "value": Decimal(200),
        "starts_on": START,
        "due_on": DUE,
        "trajectory": TrajectoryKind.LINEAR,
    }
    return TargetSpec(**defaults | given)


def level(**given: Any) -> TargetSpec:
    return spec(kind=TargetKind.LEVEL, accumulation=Accumulation.LEVEL, **given)


def floor(**given: Any) -> TargetSpec:
    """To be kept at 200 or above."""
    defaults: dict[str, Any] = {
        "kind": TargetKind.FLOOR,
        "accumulation": Accumulation.LEVEL,
        "goal": Goal.MAINTAIN,
        "trajectory": TrajectoryKind.HOLD,
    }
    return spec(**defaults | given)


def growth(**given: Any) -> TargetSpec:
    """Return a target for a published rate of at last 5 %."""
    defaults: dict[str, Any] = {
        "kind": TargetKind.GROWTH_RATE,
        "accumulation": Accumulation.LEVEL,
        "goal": Goal.FINAL,
        "trajectory": TrajectoryKind.HOLD,
        "value": Decimal(5),
    }
    return spec(**defaults | given)


def staged(**given: Any) -> TargetSpec:
    return spec(
        kind=TargetKind.STAGES,
        accumulation=Accumulation.STAGES,
        trajectory=TrajectoryKind.STEP,
        value=Decimal(100),
        **given,
    )


def reading(on: int, value: int | str, entry: int = 0) -> Reading:
    return Reading(day(on), Decimal(value), entry or on)


def ratio(on: int, numerator: int, denominator: int) -> Reading:
    return Reading(day(on), Decimal(numerator), on, Decimal(denominator))


def assessed(
    target: TargetSpec,
    *readings: Reading,
    on: int = 50,
    overdue_since: date | None = None,
    dropped: bool = False,
    rules: Rules = RULES,
    calendar: ReportingCalendar = CALENDAR,
) -> Assessment:
    """Return the verdict at the end of a day."""
    found = standing(target, readings, day(on), overdue_since)
    return assess(target, found, on=day(on), rules=rules, calendar=calendar, dropped=dropped)


def total_freshness(
    calendar: ReportingCalendar, starts_on: date, latest_on: date | None, on: date
) -> Freshness:
    """Return the freshness of an endless running total with its newest reading on a day."""
    target = spec(accumulation=Accumulation.RUNNING_TOTAL, starts_on=starts_on, due_on=date.max)
    latest = (Reading(latest_on, Decimal(1), 1),) if latest_on else ()
    return report_duty(target, Standing(latest=latest), calendar, on).freshness
