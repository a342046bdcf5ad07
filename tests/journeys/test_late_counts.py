"""One number of late commitments: on every page, in the API and in mails, and by the ledger's instants."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from commitments import clock
from commitments.actions import ledger
from commitments.admin.pages.front.late_agencies import list_late_agencies
from commitments.digests.late_reports import late_reports
from commitments.domain.enums import DutyState, Role
from commitments.models import Plan, ProgressEntry, User
from commitments.reporting.overdue import overdue
from commitments.rollups import read, refresh
from commitments.rollups.snapshots import end_of
from tests.factories import NOON, make_user
from tests.oracles.lateness import Evening, late_commitments, read_ledger

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures"
TODAY = date(2023, 9, 28)


@pytest.fixture
def demo(settings: Settings) -> Plan:
    """Load the demonstration, on its own day."""
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))
    call_command("seed_plan", str(FIXTURES / "610302-2023"), "--publish", verbosity=0)
    call_command("load_demo", str(FIXTURES / "610302-2023-demo"), verbosity=0)
    plan = Plan.objects.get()
    refresh.rebuild_plan(plan, at=clock.now())
    return plan


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def codes(plan: Plan, moment: read.AsOf) -> set[str]:
    late = [pk for pk, each in moment.verdicts.commitments.items() if each.report_state == DutyState.LATE]
    return set(plan.commitments.filter(pk__in=late).values_list("code", flat=True))


def test_on_every_day_it_is_that_of_the_ledger(demo: Plan) -> None:
    read_then = read_ledger(demo)
    for day in days(demo.starts_on, TODAY):
        evening = Evening(demo, day, end_of(day, demo.time_zone))
        then = read.AsOf(demo, day, evening.at)
        assert codes(demo, then) == late_commitments(read_then, evening, then.verdicts.targets), day


def test_a_day_as_known_now_has_the_reports_of_its_end(demo: Plan) -> None:
    for day in list(days(demo.starts_on, TODAY))[::15]:
        then = read.AsOf(demo, day, end_of(day, demo.time_zone))
        assert codes(demo, read.AsOf(demo, day)) == codes(demo, then), day


def test_page_api_mails_and_staff_pages_say_the_same(demo: Plan, client: Client) -> None:
    for day in (date(2023, 2, 20), date(2023, 5, 12), date(2023, 8, 14), TODAY):
        asked = {"as_of": day.isoformat()}
        page = client.get(f"/en/plans/{demo.code}/", asked).content.decode()
        found = re.search(r"(\d+) commitments? ha(?:s an|ve) overdue report", page)
        query = {"plan": demo.code, "report_state": "late", **asked}
        api = client.get("/api/v1/commitments/", query).json()["count"]
        assert api == len(codes(demo, read.AsOf(demo, day))) == (int(found[1]) if found else 0)
    office: User = make_user(Role.SUPERVISION)
    states = read.state(read.of_plan(demo))
    counts = [
        list_late_agencies(office).count,
        overdue().count(),
        len(late_reports(states)),
        len(codes(demo, read.AsOf(demo, TODAY))),
    ]
    assert len(set(counts)) == 1


def test_on_every_day_it_is_that_of_the_ledger_when_returns_were_given_up(demo: Plan) -> None:
    returns = list(ProgressEntry.objects.returned().select_related("review", "recorded_by"))
    for entry in returns:
        at = entry.review.reviewed_at + timedelta(days=1)
        ledger.withdraw(entry=entry, reason="误报", by=entry.recorded_by, at=at)
    assert returns
    read_then = read_ledger(demo)
    for day in days(date(2023, 6, 1), TODAY):
        evening = Evening(demo, day, end_of(day, demo.time_zone))
        then = read.AsOf(demo, day, evening.at)
        assert codes(demo, then) == late_commitments(read_then, evening, then.verdicts.targets), day
