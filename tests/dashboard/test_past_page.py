"""The plan's page of a past day."""

from datetime import date

import pytest
from django.test import Client

from tests.dashboard.plans import judged
from tests.dashboard.test_plan_page import html, words
from tests.factories import make_commitment, make_counted_entry, make_plan, make_target
from tests.sql import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan_url() -> str:
    """60 of 76 in June, all in September."""
    plan = make_plan()
    target = make_target(make_commitment(plan))
    make_counted_entry(target, 10, date(2023, 6, 20))
    make_counted_entry(target, 76, date(2023, 9, 20))
    judged(plan)
    return f"/en/plans/{plan.code}/"


def test_the_day_has_its_own_statuses(client: Client, plan_url: str) -> None:
    assert "Off track" in words(client, f"{plan_url}?as_of=2023-06-30")
    assert "Off track 0" not in words(client, f"{plan_url}?as_of=2023-06-30")


def test_the_page_says_that_the_day_is_past(client: Client, plan_url: str) -> None:
    assert "This is the state at the end of 30 June 2023, as known now." in words(
        client, f"{plan_url}?as_of=2023-06-30"
    )


def test_today_is_shown_without_a_word_of_the_past(client: Client, plan_url: str) -> None:
    assert "A past day" not in words(client, plan_url)


@pytest.mark.parametrize("day", ["2022-12-31", "2999-01-01", "yesterday", "2023-02-30"])
def test_a_day_that_makes_no_sense_is_named(day: str, client: Client, plan_url: str) -> None:
    answer = client.get(f"{plan_url}?as_of={day}")
    assert answer.status_code == 400
    assert "No such day" in answer.content.decode()


def test_filters_keep_the_day(client: Client, plan_url: str) -> None:
    assert 'name="as_of" value="2023-06-30"' in html(client, f"{plan_url}?as_of=2023-06-30&status=off_track")


def test_a_past_day_takes_as_many_queries_however_large_the_plan(client: Client) -> None:
    counts = []
    for year, size in ((2021, 2), (2022, 12)):
        plan = make_plan(year=year)
        for _ in range(size):
            make_counted_entry(make_target(make_commitment(plan)), 1, date(year, 6, 15))
        judged(plan)
        with statements() as sent:
            client.get(f"/en/plans/{plan.code}/?as_of={year}-06-10")
        counts.append(len(sent))
    assert counts[0] == counts[1]
