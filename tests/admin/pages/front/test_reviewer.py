"""The reviewer's front page: the reports that wait, each one click from its place in the queue."""

from datetime import timedelta

import pytest

from commitments.admin.pages.front.page import front_of
from commitments.admin.pages.front.parts import Front
from commitments.domain.enums import Role
from commitments.models import Target, User
from tests.admin.conftest import SignIn
from tests.factories import NOON, make_entry, make_target, make_user
from tests.sql import statements

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def target() -> Target:
    return make_target()


@pytest.fixture
def reviewer(target: Target) -> User:
    return make_user(Role.REVIEWER, agency=target.commitment.lead_agency, username="reviewer")


@pytest.fixture
def clerk(target: Target) -> User:
    return make_user(Role.CLERK, agency=target.commitment.lead_agency, username="clerk")


def front(user: User) -> Front:
    return front_of(user, LATER)


def test_the_oldest_comes_first_with_its_place_in_the_queue(
    target: Target, reviewer: User, clerk: User
) -> None:
    newer = make_entry(target, 41, at=LATER - timedelta(hours=1), by=clerk)
    older = make_entry(target, 40, by=clerk)
    [group] = front(reviewer).groups
    assert [item.address for item in group.items] == [
        f"/admin/review/#entry-{entry.pk}" for entry in (older, newer)
    ]
    assert group.count == 2


def test_the_first_line_is_that_of_the_queue(target: Target, reviewer: User, clerk: User) -> None:
    make_entry(target, 40, by=clerk)
    assert front(reviewer).headline == "1条填报待您审核，最久的已等3天。"


def test_days_of_waiting_are_those_of_the_calendar(target: Target, reviewer: User, clerk: User) -> None:
    """From seven in the evening to noon of the next day, at the plan's place."""
    make_entry(target, 40, by=clerk, at=LATER - timedelta(hours=17))
    assert front(reviewer).groups[0].items[0].note.endswith("已等1天")


@pytest.mark.parametrize(("day", "slow"), [(11, False), (12, True)])
def test_a_report_that_waits_for_over_five_working_days_stands_out(
    day: int, slow: bool, target: Target, reviewer: User, clerk: User
) -> None:
    make_entry(target, 40, by=clerk)
    [group] = front_of(reviewer, NOON.replace(month=10, day=day)).groups
    assert group.items[0].warning == ("已超过5个工作日" if slow else "")


def test_ones_own_entry_is_somebody_elses_to_review(target: Target) -> None:
    office = make_user()
    make_entry(target, 40, by=office)
    assert front(office).beside == []
    assert front(make_user()).beside[0].count == 1


def test_another_agencys_work_is_not_ones_own(target: Target) -> None:
    make_entry(target, 40)
    assert front(make_user(Role.REVIEWER)) == Front("没有待审核的填报。", [])


def test_more_work_takes_no_more_queries(
    target: Target, reviewer: User, clerk: User, sign_in: SignIn
) -> None:
    browser = sign_in(reviewer)

    def taken() -> int:
        browser.get("/admin/")
        with statements() as sent:
            browser.get("/admin/")
        return len(sent)

    make_entry(target, 40, by=clerk)
    before = taken()
    for value in (41, 42, 43):
        make_entry(target, value, by=clerk)
    assert taken() == before
