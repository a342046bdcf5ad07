"""A plan of three agencies that owe August: amounts, totals, a ratio, a stage and words each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from commitments.domain.enums import Accumulation, Goal, NarrativeFrequency, Role, TargetKind, TrajectoryKind
from commitments.models import Agency, Commitment, NarrativeDuty, Plan, Target, User
from tests.factories import (
    make_agency,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
JULY_REPORTED = datetime(2023, 8, 3, 2, tzinfo=UTC)
# Every target begins in the month before, so that August alone is owed.
BEGUN = {"starts_on": date(2023, 7, 1)}
AMOUNT: dict[str, Any] = {"accumulation": Accumulation.INCREMENTS, "value": Decimal(100), **BEGUN}
TOTAL: dict[str, Any] = {"accumulation": Accumulation.RUNNING_TOTAL, "value": Decimal(100), **BEGUN}
RATIO: dict[str, Any] = {
    "kind": TargetKind.LEVEL,
    "accumulation": Accumulation.RATIO,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
    "value": Decimal(90),
    **BEGUN,
}


@dataclass(frozen=True)
class Office:
    """An agency with its people and what they owe."""

    agency: Agency
    clerk: User
    reviewer: User
    amounts: list[Target]
    totals: list[Target]
    ratio: Target
    staged: Target
    direction: Commitment


def make_month_plan() -> Plan:
    """Make a plan that wants a word each month where there are no figures."""
    plan = make_plan()
    NarrativeDuty.objects.create(
        plan=plan,
        frequency=NarrativeFrequency.MONTHLY,
        effective_from=AUGUST.replace(day=1),
        set_at=JULY_REPORTED,
    )
    return plan


def make_office(plan: Plan, language: str, *, amounts: int = 1, totals: int = 1) -> Office:
    agency = make_agency()
    own: dict[str, Any] = {"plan": plan, "lead_agency": agency}
    office = Office(
        agency,
        make_user(Role.CLERK, agency=agency, language=language),
        make_user(Role.REVIEWER, agency=agency, language=language),
        [make_target(make_commitment(**own), **AMOUNT) for _each in range(amounts)],
        [make_target(make_commitment(**own), **TOTAL) for _each in range(totals)],
        make_target(make_commitment(**own), **RATIO),
        make_staged_target(make_commitment(**own), AUGUST, date(2023, 12, 20), **BEGUN),
        make_commitment(**own),
    )
    _report_july(office)
    return office


def _report_july(office: Office) -> None:
    given: dict[str, Any] = {"by": office.clerk, "at": JULY_REPORTED}
    for amount in office.amounts:
        make_counted_entry(amount, 10, JULY, **given)
    for total in office.totals:
        make_counted_entry(total, 30, JULY, **given)
    make_counted_entry(office.ratio, 188, JULY, denominator=Decimal(200), **given)
    make_counted_narrative(office.direction, JULY, **given)
