"""The smaller resources."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from commitments.actions.plans import count_for_place
from commitments.domain.enums import Lifecycle
from commitments.models import AuditRun, CommitmentSupport, Plan
from commitments.rollups import refresh
from tests.api.conftest import Get
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_entry,
    make_jurisdiction,
    make_plan,
    make_priority,
    make_rule_set,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_plans_are_listed_newest_first(get: Get) -> None:
    make_plan(year=2022)
    make_plan(year=2023)
    assert [plan["code"] for plan in get("plans/")["results"]] == ["610302-2023", "610302-2022"]


def test_a_plan_is_found_by_its_code(get: Get) -> None:
    make_plan()
    plan = get("plans/610302-2023/")
    assert (plan["jurisdiction_name_en"], plan["jurisdiction_scheme"]) == ("Weibin District", "GB/T 2260")


def test_a_plan_names_the_rule_set_in_force_and_those_adopted(get: Get, settings: LazySettings) -> None:
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))
    plan, user = make_plan(), make_user()
    for version, day in (("3.0", date(2023, 9, 29)), ("2.0", date(2023, 9, 28))):
        plan.adoptions.create(
            rule_set=make_rule_set(version=version), effective_from=day, authority="区政府", adopted_by=user,
            adopted_at=NOON,
        )  # fmt: skip
    shown = get("plans/610302-2023/")
    assert shown["rule_set"] == "2.0"
    assert shown["adoptions"] == [
        {"rule_set": "2.0", "effective_from": "2023-09-28", "authority": "区政府"},
        {"rule_set": "3.0", "effective_from": "2023-09-29", "authority": "区政府"},
    ]


def test_without_adoptions_the_plans_own_rule_set_is_in_force(get: Get) -> None:
    make_plan()
    shown = get("plans/610302-2023/")
    assert (shown["rule_set"], shown["adoptions"]) == ("1.0", [])


def test_commitments_of_several_plans_come_plan_by_plan_the_newest_first(get: Get) -> None:
    for place in ("610302", "610303"):
        plan = make_plan(jurisdiction=make_jurisdiction(code=place))
        for position in (2, 1):
            make_target(make_commitment(plan, code=f"C-{position}", position=position))
    expected = [
        ("610303-2023", "C-1"),
        ("610303-2023", "C-2"),
        ("610302-2023", "C-1"),
        ("610302-2023", "C-2"),
    ]
    shown = get("commitments/")["results"]
    assert [(row["plan"], row["code"]) for row in shown] == expected
    assert [(row["plan"], row["commitment"]) for row in get("targets/")["results"]] == expected


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
    refresh.rebuild_plan(plan, at=NOON)
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
        "id": target.entries.get().pk,
        "plan": "610302-2023",
        "commitment": target.commitment.code,
        "target": target.code,
        "effective_on": "2023-09-28",
        "value": 40,
        "denominator": None,
        "share": None,
        "includes_earlier": False,
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


def test_the_summary_counts_each_status_of_every_scope(get: Get) -> None:
    plan = make_plan()
    priority, agency = make_priority(plan, code="LIV"), make_agency(code="housing")
    for section, position in (("乙", 1), ("甲", 2)):
        given = {"section": section, "section_en": f"Section {position}", "position": position}
        commitment = make_commitment(plan, priority=priority, lead_agency=agency, **given)
    CommitmentSupport.objects.create(commitment=commitment, agency=make_agency(code="water"))
    make_counted_entry(make_target(commitment), 70)
    make_commitment(plan, priority=priority, lead_agency=agency, section="乙", section_en="Section 1")
    refresh.rebuild_plan(plan, at=NOON)
    rows = get("summary/", plan=plan.code)["results"]
    assert [
        (row["scope"], row["priority"], row["code"], row["title_en"], row["counts"]["on_track"], row["total"])
        for row in rows
    ] == [
        ("plan", None, None, "2023 work plan", 1, 3),
        ("agency", None, "housing", agency.name_en, 1, 3),
        ("support", None, "water", rows[2]["title_en"], 1, 1),
        ("priority", "LIV", "LIV", "Better lives", 1, 3),
        ("section", "LIV", None, "Section 1", 0, 2),
        ("section", "LIV", None, "Section 2", 1, 1),
    ]
    assert rows[0]["shares"]["not_rated"] == 0.6667
    assert (rows[0]["data_as_of"], rows[0]["assessed_on"]) == ("2023-09-28", "2023-09-28")


def test_the_summary_leaves_out_an_agency_that_leads_nothing_any_more(get: Get) -> None:
    commitment = make_commitment(lead_agency=make_agency(code="old"))
    refresh.rebuild_plan(commitment.plan, at=NOON)
    commitment.lead_agency = make_agency(code="new")
    commitment.save()
    refresh.rebuild_plan(commitment.plan, at=NOON)
    assert [row["code"] for row in get("summary/", scope="agency")["results"]] == ["new"]


def test_the_summary_leaves_out_a_plan_that_lost_its_last_commitment(get: Get) -> None:
    kept, lost = make_commitment(), make_commitment(make_plan(year=2022))
    refresh.drain(clock=lambda: NOON)
    lost.delete()
    refresh.drain(clock=lambda: NOON)
    assert {row["plan"] for row in get("summary/")["results"]} == {kept.plan.code}


def test_a_jurisdiction_is_counted_with_all_places_below_it(get: Get) -> None:
    city = make_jurisdiction(code="610300", name="宝鸡市", name_en="Baoji")
    district = make_jurisdiction(parent=city)
    for place in (city, district, make_jurisdiction(code="610399", parent=district)):
        make_counted_entry(make_target(make_commitment(make_plan(jurisdiction=place))), 70)
    make_commitment(make_plan(jurisdiction=make_jurisdiction(code="619999")))
    make_commitment(make_plan(jurisdiction=city, year=2022))
    for plan in Plan.objects.all():
        refresh.rebuild_plan(plan, at=NOON)
    row = get("summary/jurisdictions/610300/2023/")
    assert (row["plan"], row["scope"], row["code"], row["title_en"]) == (
        None, "jurisdiction", "610300", "Baoji",
    )  # fmt: skip
    assert row["scheme"] == "GB/T 2260"
    assert (row["total"], row["counts"]["on_track"], row["shares"]["on_track"]) == (3, 3, 1)
    assert (row["data_as_of"], row["assessed_on"]) == ("2023-09-28", "2023-09-28")


def judged(*plans: Plan) -> None:
    for plan in plans:
        make_commitment(plan)
        refresh.rebuild_plan(plan, at=NOON)


def test_a_place_is_counted_by_the_plan_that_counts_for_it_and_names_it(get: Get) -> None:
    city = make_jurisdiction(code="610300")
    first, second = (make_plan(jurisdiction=city, code=f"61030{end}-2023") for end in (0, 1))
    district = make_plan(code="610302-2023", jurisdiction=make_jurisdiction(parent=city))
    draft = make_plan(code="610303-2023", jurisdiction=city, published_at=None)
    judged(first, second, draft, district)
    count_for_place(plan=second, by=make_user(), at=NOON)
    row = get("summary/jurisdictions/610300/2023/")
    assert [(plan["code"], plan["jurisdiction"]) for plan in row["plans"]] == [
        ("610301-2023", "610300"),
        ("610302-2023", "610302"),
    ]
    assert row["total"] == 2


def test_a_plan_that_has_not_been_judged_is_not_taken(get: Get) -> None:
    city = make_jurisdiction(code="610300")
    judged(make_plan(jurisdiction=city, code="610300-2023"))
    make_plan(jurisdiction=make_jurisdiction(parent=city))
    assert [plan["code"] for plan in get("summary/jurisdictions/610300/2023/")["plans"]] == ["610300-2023"]


def test_an_agency_of_drafts_alone_is_not_told_of(get: Get) -> None:
    make_commitment(make_plan(published_at=None), lead_agency=make_agency(code="new"))
    make_agency(code="idle")
    assert [row["code"] for row in get("agencies/")["results"]] == ["idle"]


@pytest.mark.parametrize("address", ["610302/2023", "610302/99999999999", "619999/2023"])
def test_a_jurisdiction_without_commitments_is_not_found(address: str, client: Client) -> None:
    make_plan()
    assert client.get(f"/api/v1/summary/jurisdictions/{address}/").status_code == 404


def test_a_plan_says_when_it_was_last_verified(get: Get) -> None:
    plan = make_plan()
    for hours, differences, skipped in ((4, 0, 0), (3, 0, 0), (2, 0, 1), (1, 4, 0)):
        at = NOON - timedelta(hours=hours)
        AuditRun.objects.create(plan=plan, at=at, checked=9, skipped=skipped, differences=differences)
    make_plan(year=2022)
    plans = get("plans/")["results"]
    assert [plan["last_verified"] for plan in plans] == ["2023-09-28T09:00:00+08:00", None]
    assert plans[0]["statistics_due_day"] == 25
    assert (plans[0]["holidays"], plans[0]["joins_january"]) == ("CN", True)


def test_a_ratio_is_published_with_its_denominator_and_in_percent(get: Get) -> None:
    target = make_target(accumulation="ratio", goal="final", trajectory="hold")
    make_counted_entry(target, 20, denominator=Decimal(30))
    [row] = get("progress/")["results"]
    assert (row["value"], row["denominator"], row["share"]) == (20, 30, 66.6667)


def test_progress_is_found_by_when_it_began_to_count(get: Get) -> None:
    make_counted_entry(make_target(), 40)
    for instant, found in (("2023-09-29T03:59:00+23:59", 1), ("2023-09-28T12:01:00+08:00", 0)):
        assert get("progress/", counted_since=instant)["count"] == found


@pytest.mark.parametrize(
    ("instant", "found"),
    [
        ("0001-01-01T00:00:00+23:59", 1),
        ("9999-12-31T23:59:59-23:59", 0),
        ("2023-09-28T04:00:00.0000000001z", 1),
        ("2023-09-28t03:59:60Z", 1),
    ],
)
def test_any_instant_that_can_be_written_is_understood(instant: str, found: int, get: Get) -> None:
    make_counted_entry(make_target(), 40)
    assert get("progress/", counted_since=instant)["count"] == found


@pytest.mark.parametrize("instant", ["2023-09-28", "2023-09-28T12:00:00", "2023-02-30T12:00:00Z", "now"])
def test_what_is_no_instant_is_refused(instant: str, get: Get) -> None:
    assert get("progress/", counted_since=instant)["errors"][0]["parameter"] == "counted_since"


@pytest.mark.parametrize(
    ("resource", "queries"),
    [
        ("plans", 3),
        ("priorities", 2),
        ("agencies", 2),
        ("targets", 2),
        ("progress", 2),
        ("narratives", 2),
        ("summary", 4),
    ],
)
def test_a_list_takes_the_same_queries_at_any_size(
    resource: str, queries: int, client: Client, django_assert_num_queries: Any
) -> None:
    plan = make_plan()
    for _ in range(4):
        target = make_counted_entry(make_target(make_commitment(plan)), 40).figure.target
        make_counted_narrative(target.commitment, target=target)
    refresh.rebuild_plan(plan, at=NOON)
    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{resource}/")


def test_a_dropped_commitment_is_counted_as_dropped(get: Get) -> None:
    commitment = make_commitment(
        lifecycle=Lifecycle.DROPPED,
        dropped_on=date(2023, 8, 1),
        dropped_authority="区政府",
        dropped_reason="调整",
    )
    refresh.rebuild_plan(commitment.plan, at=NOON)
    assert get("summary/", scope="plan")["results"][0]["counts"]["dropped"] == 1
