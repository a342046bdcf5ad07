"""Plain values for the rules: 76 of something over a year of 100 days, so that percentages can be read off."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commitments.domain.ledger import Reading
from commitments.domain.periods import ReportingCalendar
from commitments.domain.status import Rules
from commitments.domain.targets import TargetSpec
from commitments.domain.words import Accumulation, Comparator, Goal, Kind, TrajectoryKind

START = date(2023, 1, 1)
DUE = START + timedelta(days=100)
RULES = Rules("1.0", Decimal("0.95"), Decimal("0.80"), Decimal(5), 30, Decimal(0))
CALENDAR = ReportingCalendar(due_day=5, grace_days=5)


def day(number: int) -> date:
    return START + timedelta(days=number)


def spec(**given: Any) -> TargetSpec:
    defaults: dict[str, Any] = {
        "kind": Kind.COUNT,
        "accumulation": Accumulation.RUNNING_TOTAL,
        "goal": Goal.REACH,
        "comparator": Comparator.AT_LEAST,
        "value": Decimal(200),
        "starts_on": START,
        "due_on": DUE,
        "trajectory": TrajectoryKind.LINEAR,
    }
    return TargetSpec(**defaults | given)


def reading(on: int, value: int | str, entry: int = 0) -> Reading:
    return Reading(day(on), Decimal(value), entry or on)
