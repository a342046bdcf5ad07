"""The smaller resources."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.domain.words import Lifecycle
from commitments.rollups import refresh
from tests.api.conftest import Get
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_priority,
    make_staged_target,
    make_target,
)

pytestmark = pytest.mark.django_db


def test_plans_are_listed_newest_first(get: Get) -> None:
    make_plan(year=2022)
    make_plan(year=2023)
    assert [plan["code"] for plan in get("plans/")["results"]] == ["610302-2023", "610302-2022"]


def test_a_plan_is_found_by_its_code(get: Get) -> None:
    make_plan()
    assert get("plans/610302-2023/")["jurisdiction_name_en"] == "Weibin District"


def test_priorities_come_in_the_plans_order(get: Get) -> None:
    plan = make_plan()
    make_priority(plan, code="LIV", position=2)
    make_priority(plan, code="DEV", position=1)
    assert [row["code"] for row in get("priorities/", plan=plan.code)["results"]] == ["DEV", "LIV"]


def test_agencies_are_listed(get: Get) -> None:
    make_agency(code="housing")
    assert [row["code"] for row in get("agencies/", jurisdiction="610302")["results"]] == ["housing"]


def test_targets_name_their_plan_and_commitment(get: Get) -> None:
    target = make_target()
    [row] = get("targets/", commitment=target.commitment.code)["results"]
    assert (row["plan"], row["commitment"], row["code"]) == (
        "610302-2023",
        target.commitment.code,
        target.code,
    )


def test_targets_without_a_gap_come_last_in_both_directions(get: Get) -> None:
    plan = make_plan()
    behind, ahead, silent = (make_target(make_commitment(plan)) for _ in range(3))
    make_counted_entry(behind, 10)
    make_counted_entry(ahead, 75)
    refresh.refresh_plan(plan, at=NOON)
    codes = {
        way: [row["code"] for row in get("targets/", ordering=way)["results"]] for way in ("gap", "-gap")
    }
    assert codes == {
        "gap": [behind.code, ahead.code, silent.code],
        "-gap": [ahead.code, behind.code, silent.code],
    }


def test_targets_are_found_by_the_due_date_in_force(get: Get) -> None:
    make_target(due_on=date(2023, 6, 30))
    assert get("targets/", due_after="2023-06-30", due_before="2023-06-30")["count"] == 1
    assert get("targets/", due_before="2023-06-29")["count"] == 0


def test_progress_that_counts_is_published_without_its_author(get: Get) -> None:
    target = make_target()
    make_counted_entry(target, 40, progress="完成40个")
    [row] = get("progress/", target=target.code)["results"]
    assert row == {
        "plan": "610302-2023",
        "commitment": target.commitment.code,
        "target": target.code,
        "effective_on": "2023-09-28",
        "value": 40,
        "unit": "个",
        "unit_en": "communities",
        "milestone": None,
        "progress": "完成40个",
        "problems": "",
        "next_steps": "",
        "counted_from": "2023-09-28T12:00:00+08:00",
        "sample": False,
    }


def test_progress_that_waits_for_review_is_not_published(get: Get) -> None:
    make_entry(make_target(), 40)
    assert get("progress/")["count"] == 0


def test_progress_names_the_milestone_it_reached(get: Get) -> None:
    target = make_staged_target(None, date(2023, 6, 30))
    make_counted_entry(target, 1, milestone=target.milestones.get())
    assert get("progress/")["results"][0]["milestone"]["title_en"] == "Stage 1"


def test_the_summary_counts_each_status_of_plan_priority_and_agency(get: Get) -> None:
    plan = make_plan()
    priority, agency = make_priority(plan, code="LIV"), make_agency(code="housing")
    make_counted_entry(make_target(make_commitment(plan, priority=priority, lead_agency=agency)), 70)
    for _ in range(2):
        make_commitment(plan, priority=priority, lead_agency=agency)
    refresh.refresh_plan(plan, at=NOON)
    rows = get("summary/", plan=plan.code)["results"]
    assert [(row["scope"], row["code"], row["counts"]["on_track"], row["total"]) for row in rows] == [
        ("plan", None, 1, 3),
        ("agency", "housing", 1, 3),
        ("priority", "LIV", 1, 3),
    ]
    assert rows[0]["shares"]["not_rated"] == 0.6667
    assert (rows[0]["data_as_of"], rows[0]["assessed_on"]) == ("2023-09-28", "2023-09-28")


def test_the_summary_leaves_out_an_agency_that_leads_nothing_any_more(get: Get) -> None:
    commitment = make_commitment(lead_agency=make_agency(code="old"))
    refresh.refresh_plan(commitment.plan, at=NOON)
    commitment.lead_agency = make_agency(code="new")
    commitment.save()
    refresh.refresh_plan(commitment.plan, at=NOON)
    assert [row["code"] for row in get("summary/", scope="agency")["results"]] == ["new"]


@pytest.mark.parametrize("resource", ["plans", "priorities", "agencies", "targets", "progress", "summary"])
def test_a_list_takes_two_queries_at_any_size(
    resource: str, client: Client, django_assert_num_queries: Any
) -> None:
    plan = make_plan()
    for _ in range(4):
        make_counted_entry(make_target(make_commitment(plan)), 40)
    refresh.refresh_plan(plan, at=NOON)
    with django_assert_num_queries(2):
        client.get(f"/api/v1/{resource}/")


def test_a_dropped_commitment_is_counted_as_dropped(get: Get) -> None:
    commitment = make_commitment(
        lifecycle=Lifecycle.DROPPED,
        dropped_on=date(2023, 8, 1),
        dropped_authority="区政府",
        dropped_reason="调整",
    )
    refresh.refresh_plan(commitment.plan, at=NOON)
    assert get("summary/", scope="plan")["results"][0]["counts"]["dropped"] == 1
