"""Verdicts that offices complained about, on a plan from files and a ledger of their own (`field/`)."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from commitments.actions import ledger
from commitments.actions.plans import publish_loaded
from commitments.actions.proposals import ProposedEntry
from commitments.domain.enums import Role
from commitments.models import Plan, Target, TargetRollup
from commitments.plan_import.apply import apply
from commitments.plan_import.files.read import read_plan
from commitments.rollups import audit, refresh
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FIELD = Path(__file__).parent / "field"
CODE = "990301-2023"


def rows() -> list[dict[str, str]]:
    with (FIELD / "readings.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def plan() -> Plan:
    """Load the plan, publish it and record what was reported, each on the day after its own."""
    apply(read_plan(FIELD / "plan_min"))
    publish_loaded(CODE, at=datetime(2023, 1, 1, tzinfo=UTC))
    office = make_user(role=Role.SUPERVISION)
    for row in rows():
        day = date.fromisoformat(row["day"])
        entry = ProposedEntry(Target.objects.get(code=row["target"]), day, Decimal(row["value"]))
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC) + timedelta(days=1)
        ledger.record(entry, by=office, at=at)
    while refresh.drain(clock=lambda: at):
        pass
    return Plan.objects.get(code=CODE)


def test_each_gets_the_verdict_that_is_right(plan: Plan) -> None:
    for row in rows():
        if row["status"]:
            day = date.fromisoformat(row["day"])
            refresh.assess_day(
                plan, at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC) + timedelta(days=1)
            )
            found = TargetRollup.objects.get(target__code=row["target"])
            assert (found.status, found.reason) == (row["status"], row["reason"]), row["target"]
    assert audit.audit(plan, at=datetime(2023, 9, 27, 4, tzinfo=UTC)).differences == []


def test_the_day_that_counted_is_kept_for_past_days(plan: Plan) -> None:
    for month, day in ((9, 25), (9, 27)):
        refresh.assess_day(plan, at=datetime(2023, month, day, 4, tzinfo=UTC))
    reached = Target.objects.get(code="M09").snapshots.get(on=date(2023, 9, 24))
    assert (reached.status, reached.standing_since) == ("achieved", date(2023, 8, 31))
    now = TargetRollup.objects.get(target__code="M09")
    assert (now.standing_since, now.first_met_on) == (None, date(2023, 8, 31))
