"""The plan's page of a past day."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments import clock
from commitments.actions import commitments
from commitments.models import Target, TargetRevision
from tests.dashboard.plans import judged
from tests.dashboard.test_plan_page import html, words
from tests.factories import NOON, make_commitment, make_counted_entry, make_plan, make_target, make_user
from tests.sql import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan_url() -> str:
    """Return the address of a plan with 60 of 76 in June and all in September."""
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


def test_what_was_late_and_dropped_afterwards_was_late(client: Client) -> None:
    """The day is before the decision, and after the day from which it is dropped."""
    commitment = make_target().commitment
    why = {"authority": "常务会议纪要", "reason": "政策调整"}
    commitments.drop(commitment=commitment, on=date(2023, 9, 1), by=make_user(), at=NOON, seen=0, **why)
    judged(commitment.plan)
    page = html(client, f"/en/plans/{commitment.plan.code}/?as_of=2023-09-15")
    assert "1 commitment has an overdue report" in page
    assert '<span class="fresh late">Overdue</span>' in page


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


def test_show_all_keeps_the_day(client: Client, plan_url: str) -> None:
    page = html(client, f"{plan_url}?as_of=2023-06-30&status=off_track")
    assert 'href="?as_of=2023-06-30#commitments">Show all' in page


def test_the_rules_are_linked_to_as_of_the_day(client: Client, plan_url: str) -> None:
    page = html(client, f"{plan_url}?as_of=2023-06-30")
    assert re.findall(r'href="/en/method/([^"#]*)', page)
    assert all("as_of=2023-06-30" in query for query in re.findall(r'href="/en/method/([^"#]*)', page))


@pytest.mark.parametrize("day", ["2999-01-01", "2023-09-28"])
def test_neither_a_faulty_day_nor_today_is_carried_on(
    day: str, client: Client, plan_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    page = client.get(f"{plan_url}?as_of={day}&status=off_track").content.decode()
    assert f"as_of={day}" not in page
    assert "A past day" not in page
    assert "planned by today" in page


def test_the_legend_speaks_of_the_day(client: Client, plan_url: str) -> None:
    assert "planned by that day" in words(client, f"{plan_url}?as_of=2023-06-30")


def test_the_chosen_status_is_offered_though_nothing_has_it(client: Client, plan_url: str) -> None:
    assert '<option value="dropped" selected>' in html(client, f"{plan_url}?status=dropped")


def revise(target: Target, day: date, **given: Any) -> None:
    TargetRevision.objects.create(
        target=target,
        effective_from=day,
        new_value=36,
        authority="区政府常务会议纪要。",
        reason="追加任务",
        revised_by=make_user(),
        revised_at=NOON,
        **given,
    )


def test_a_change_of_a_target_is_told_from_its_day_on(client: Client) -> None:
    plan = make_plan()
    target = make_target(make_commitment(plan), value=36)
    early = {"old_due_on": date(2023, 11, 30), "new_due_on": date(2023, 11, 30)}
    revise(target, date(2023, 7, 1), old_value=30, **early | {"new_due_on": target.due_on})
    revise(target, date(2023, 2, 1), old_value=28, **early)
    revise(target, date(2023, 3, 1), old_value=36, **early | {"old_due_on": date(2023, 10, 31)})
    judged(plan)
    url = f"/en/plans/{plan.code}/"
    assert (
        "Target changed from 30 to 36 on 1 July 2023 (区政府常务会议纪要). "
        "Due date changed from 30 November 2023 to 31 December 2023 on 1 July 2023 (区政府常务会议纪要)."
    ) in words(client, url)
    assert "目标自2023年7月1日起由30个调整为36个（依据：区政府常务会议纪要）。" in words(
        client, f"/plans/{plan.code}/"
    )
    told = words(client, f"{url}?as_of=2023-06-30")
    assert "Target changed from 28 to 36 on 1 February 2023" in told
    assert "Due date changed from 31 October 2023 to 30 November 2023 on 1 March 2023" in told
    assert "1 July 2023" not in told
