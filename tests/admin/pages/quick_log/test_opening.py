"""The sheet opens on a period that owes something."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.actions import ledger, period_locks
from commitments.domain.enums import Accumulation
from commitments.models import Agency, Plan, Target
from commitments.rollups import refresh
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LOG = "/admin/log/"
MONTHS = [date(2023, month, 28) for month in range(1, 9)]
INCREMENTS = {"accumulation": Accumulation.INCREMENTS}


def amounts(plan: Plan, agency: Agency, *without: int, **given: Any) -> Target:
    """Make amounts of each month up to August, but for some."""
    target = make_target(make_commitment(plan, lead_agency=agency), **INCREMENTS | given)
    for day in MONTHS:
        if day.month not in without:
            make_counted_entry(target, 1, day)
    refresh.drain(clock=lambda: NOON)
    return target


def opens_on(browser: Client, query: str = "") -> str:
    return str(browser.get(LOG + query).context["sheet"].month)


def test_it_is_the_newest_month_that_is_over_where_that_owes(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    amounts(plan, agency, 5, 8)
    assert opens_on(browser) == "2023-08"


def test_an_earlier_month_that_lacks_a_report_comes_before_one_that_owes_nothing(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    amounts(plan, agency, 5)
    assert opens_on(browser) == "2023-05"
    assert opens_on(browser, "?period=2023-08") == "2023-08"


def test_a_returned_report_is_shown_first(browser: Client, plan: Plan, agency: Agency) -> None:
    amounts(plan, agency, 5)
    target = amounts(plan, agency, 3)
    ledger.return_(entry=make_entry(target, 2, MONTHS[2]), reason="有误", by=make_user(), at=NOON)
    refresh.drain(clock=lambda: NOON)
    assert opens_on(browser) == "2023-03"


def test_where_all_is_reported_it_is_the_newest_month_that_is_over(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    amounts(plan, agency)
    assert opens_on(browser) == "2023-08"


def test_a_locked_month_owes_nothing(browser: Client, plan: Plan, agency: Agency) -> None:
    amounts(plan, agency, 5)
    period_locks.lock(plan=plan, through=date(2023, 6, 30), reason="已发布", seen=0, by=make_user(), at=NOON)
    assert opens_on(browser) == "2023-08"


def test_a_sheet_without_rows_opens_on_the_newest_month(browser: Client, plan: Plan, agency: Agency) -> None:
    make_commitment(make_plan(year=2022), lead_agency=agency)
    make_target(make_commitment(plan, lead_agency=agency), starts_on=date(2023, 10, 1))
    assert opens_on(browser) == "2023-08"


def test_sending_stays_in_the_month_that_was_shown(browser: Client, plan: Plan, agency: Agency) -> None:
    amounts(plan, agency, 5)
    page = browser.get(LOG).content.decode()
    assert 'action="?plan=610302-2023&amp;agency=housing&amp;period=2023-05&amp;show=all"' in page


def test_looking_for_it_takes_as_many_queries_for_any_number_of_rows(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    counts = []
    for _ in range(2):
        amounts(plan, agency, 5)
        amounts(plan, agency)
        browser.get(LOG)
        with statements() as sent:
            browser.get(LOG)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 40
