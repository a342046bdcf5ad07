"""The work that waits for a user after sign-in: theirs alone, oldest first."""

from datetime import date, timedelta

import pytest

from commitments.actions import ledger
from commitments.admin.pages import my_tasks
from commitments.admin.pages.my_tasks import Task
from commitments.domain.enums import Accumulation, Freshness, Role
from commitments.labels import FRESHNESS
from commitments.models import Target, User
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def target() -> Target:
    return make_target()


@pytest.fixture
def clerk(target: Target) -> User:
    return make_user(Role.CLERK, agency=target.commitment.lead_agency, language="en")


def tasks(user: User) -> list[Task]:
    return my_tasks.list_tasks(user, at=LATER)


def assessed(*targets: Target) -> None:
    for plan in {target.commitment.plan for target in targets}:
        refresh.rebuild_plan(plan, at=LATER)


def test_a_clerk_sees_what_is_due(target: Target, clerk: User) -> None:
    assessed(target)
    due = tasks(clerk)[0]
    assert due.count == 1
    assert target.code in due.lines[0].title
    sheet = f"/admin/log/?plan=610302-2023&agency={target.commitment.lead_agency.code}&period=2023-09&row={target.code}"
    assert due.lines[0].address == sheet


def test_an_amount_leads_to_the_oldest_month_that_lacks_one(target: Target, clerk: User) -> None:
    amounts = make_target(
        target.commitment, code="amounts", accumulation=Accumulation.INCREMENTS, starts_on=date(2023, 7, 1)
    )
    make_counted_entry(amounts, 5, date(2023, 8, 31))
    make_entry(target, 40, by=clerk)
    assessed(target)
    (line,) = tasks(clerk)[0].lines
    assert line.address.endswith("period=2023-07&row=amounts")
    assert line.note.startswith(str(FRESHNESS[Freshness.LATE]))


def test_what_has_been_reported_is_no_longer_due(target: Target, clerk: User) -> None:
    ledger.approve(entry=make_entry(target, 40, by=clerk), by=make_user(), at=NOON)
    assessed(target)
    assert tasks(clerk)[0].count == 0


def test_a_clerk_sees_what_was_returned_until_it_is_reported_again(target: Target, clerk: User) -> None:
    entry = make_entry(target, 40, by=clerk)
    ledger.return_(entry=entry, reason="数字有误", by=make_user(), at=NOON)
    returned = tasks(clerk)[1]
    assert [line.note for line in returned.lines] == [f"{clerk.username} · 数字有误"]
    assert returned.lines[0].address.endswith(f"period=2023-09&row={target.code}")
    make_entry(target, 41, by=clerk)
    assert tasks(clerk)[1].count == 0


def test_what_waits_for_review_is_submitted_and_not_owed(target: Target, clerk: User) -> None:
    make_entry(target, 40, by=clerk)
    assessed(target)
    assert [task.count for task in tasks(clerk)] == [0, 0, 1]
    assert tasks(make_user())[1].count == 0


def test_what_another_agency_reported_is_not_returned_to_one(target: Target, clerk: User) -> None:
    ledger.return_(entry=make_entry(target, 40), reason="数字有误", by=make_user(), at=NOON)
    assert tasks(clerk)[1].count == 0


def test_days_of_waiting_are_those_of_the_calendar(target: Target, clerk: User) -> None:
    """From seven in the evening to noon of the next day, at the plan's place."""
    make_entry(target, 40, by=clerk, at=LATER - timedelta(hours=17))
    assert "1" in tasks(make_user(username="office"))[0].lines[0].note.split(" · ")[1]


def test_a_reviewer_sees_what_waits_oldest_first_and_how_long(target: Target, clerk: User) -> None:
    newer = make_entry(target, 41, at=LATER - timedelta(hours=1), by=clerk)
    older = make_entry(target, 40, by=clerk)
    reviewer = make_user(Role.REVIEWER, agency=clerk.agency)
    (waiting,) = tasks(reviewer)
    assert [line.title for line in waiting.lines] == [str(older), str(newer)]
    assert "3" in waiting.lines[0].note
    assert waiting.count == 2


def test_ones_own_entry_is_somebody_elses_to_review(target: Target) -> None:
    office = make_user()
    make_entry(target, 40, by=office)
    assert tasks(office)[0].count == 0
    assert tasks(make_user())[0].count == 1


def test_the_supervision_office_sees_who_is_late(target: Target) -> None:
    other = make_target(make_commitment(target.commitment.plan))
    theirs = other.commitment.lead_agency
    make_target(make_commitment(target.commitment.plan, lead_agency=theirs))
    assessed(target)
    late = tasks(make_user())[1]
    assert [line.title for line in late.lines] == [
        str(other.commitment.lead_agency), str(target.commitment.lead_agency)
    ]  # fmt: skip


def test_another_agencys_work_is_not_ones_own(target: Target) -> None:
    make_entry(target, 40)
    assessed(target)
    for role in (Role.CLERK, Role.REVIEWER):
        assert [task.count for task in tasks(make_user(role))] == [0] * len(tasks(make_user(role)))


def test_who_only_looks_has_no_tasks() -> None:
    assert tasks(make_user(Role.LEADER)) == []


def test_the_front_page_says_so(target: Target, clerk: User, sign_in: SignIn) -> None:
    assessed(target)
    page = sign_in(clerk).get("/admin/").content.decode()
    assert "Reports due" in page
    assert "None at present." in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.SUPERVISION])
def test_more_work_takes_no_more_queries(role: Role, sign_in: SignIn) -> None:
    plan = make_plan()
    first = make_target(make_commitment(plan))
    agency = first.commitment.lead_agency
    browser = sign_in(role, agency=agency)

    def taken() -> int:
        browser.get("/admin/")
        with statements() as sent:
            browser.get("/admin/")
        return len(sent)

    def work(target: Target) -> None:
        ledger.return_(entry=make_entry(target, 1), reason="重填", by=make_user(), at=NOON)
        make_entry(make_target(target.commitment, code=f"{target.code}-2"), 2)
        assessed(target)

    work(first)
    before = taken()
    for _number in range(3):
        work(make_target(make_commitment(plan, lead_agency=agency)))
    assert taken() == before


def test_tables_stand_in_the_order_of_the_work(sign_in: SignIn) -> None:
    page = sign_in(Role.ADMIN, is_superuser=True).get("/admin/").content.decode()
    places = [
        page.index(f">{name}</a>") for name in ("Progress and reviews", "Status", "Weekly digest", "System")
    ]
    assert places == sorted(places)


def test_a_plan_still_to_come_owes_nothing(target: Target, clerk: User) -> None:
    assessed(target)
    before = tasks(clerk)
    make_plan(year=2024)
    assert tasks(clerk) == before
