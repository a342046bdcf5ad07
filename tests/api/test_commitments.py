from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.domain.enums import Comparability, Lifecycle, Role
from commitments.models import Baseline, CommitmentSupport, Plan, Target, TargetRevision
from commitments.rollups import refresh
from tests.api.conftest import Get
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_priority,
    make_source,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(plan: Plan) -> Target:
    return make_target(make_commitment(plan, code="LIV-SVC-01", priority=make_priority(plan, code="LIV")))


def only(page: Any) -> Any:
    [row] = page["results"]
    return row


def test_a_commitment_shows_its_stored_verdict(target: Target, get: Get) -> None:
    make_counted_entry(target, 70)
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    shown = only(get("commitments/", plan="610302-2023"))
    assert (shown["status"], shown["status_label"]) == ("on_track", "On track")


def test_a_verdict_says_why_in_the_readers_language(target: Target, get: Get) -> None:
    make_counted_entry(target, 33)
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    shown, chinese = only(get("commitments/", lang="en")), only(get("commitments/", lang="zh-hans"))
    assert shown["why"] == shown["targets"][0]["why"] != chinese["why"]
    assert "33" in shown["why"]
    assert "33" in chinese["why"]


def test_a_commitment_names_the_target_that_decided(target: Target, get: Get) -> None:
    make_target(target.commitment, code="AHEAD", starts_on=TODAY)
    make_counted_entry(target, 10)
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    assert only(get("commitments/"))["decided_by"] == target.code


def test_what_people_expect_stands_beside_the_status(target: Target, get: Get) -> None:
    make_counted_entry(target, 10)
    for holder, confidence in (("owner", "high"), ("supervision", "medium")):
        target.commitment.confidence.create(
            holder=holder, confidence=confidence, stated_by=make_user(), stated_at=NOON
        )
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    shown = only(get("commitments/"))
    assert (shown["status"], shown["owner_confidence"], shown["supervision_confidence"]) == (
        "off_track", "high", "medium",
    )  # fmt: skip
    assert shown["confidence_gap"] == 2


def test_a_target_shows_what_its_verdict_rests_on(target: Target, get: Get) -> None:
    entries = [
        make_counted_entry(target, value, date(2023, month, 20))
        for month, value in ((5, 10), (6, 20), (7, 20), (8, 20))
    ]
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    shown = only(get("commitments/"))["targets"][0]
    assert shown["newest_entries"] == [entry.pk for entry in entries[:0:-1]]
    assert (shown["start_value"], shown["flags"], shown["worst"]) == (0, ["equal_three_times"], None)
    assert (shown["first_met_on"], shown["overdue_since"]) == (None, None)
    assert shown["forecast"]["low"] < shown["forecast"]["value"] < shown["forecast"]["high"]
    assert 0 < shown["pace"] < shown["required_pace"]


def test_without_enough_points_there_is_no_forecast(target: Target, get: Get) -> None:
    make_counted_entry(target, 10)
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    assert only(get("commitments/"))["targets"][0]["forecast"] is None


def test_a_commitment_names_its_priority_and_agencies_by_code(target: Target, get: Get) -> None:
    supporter = make_agency(code="water")
    CommitmentSupport.objects.create(commitment=target.commitment, agency=supporter)
    shown = only(get("commitments/"))
    assert (shown["priority"], shown["lead_agency"], shown["supporting_agencies"]) == (
        "LIV",
        target.commitment.lead_agency.code,
        ["water"],
    )


def test_numbers_are_json_numbers_without_noise(target: Target, client: Client) -> None:
    make_counted_entry(target, "57.5")
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    text = client.get("/api/v1/commitments/").content.decode()
    assert '"value":76,' in text
    assert '"actual":57.5,' in text


def test_before_the_first_roll_up_the_verdict_is_null(target: Target, get: Get) -> None:
    shown = only(get("commitments/"))
    inside = shown["targets"][0]
    assert [shown[name] for name in ("status", "status_label", "why", "decided_by")] == [None] * 4
    assert [inside[name] for name in ("status", "actual", "why", "forecast", "flags")] == [None] * 5
    assert (shown["sample"], inside["value"]) == (False, 76)


def test_a_revised_target_shows_what_is_in_force_and_what_was_published(target: Target, get: Get) -> None:
    TargetRevision.objects.create(
        target=target,
        effective_from=date(2023, 6, 1),
        old_value=76,
        new_value=70,
        old_due_on=target.due_on,
        new_due_on=target.due_on,
        authority="区政府常务会议",
        reason="范围调整",
        revised_by=make_user(),
        revised_at=NOON,
    )
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    shown = only(get("commitments/"))["targets"][0]
    assert (shown["value"], shown["original_value"], shown["original_due_on"]) == (70, 76, None)


@pytest.mark.parametrize("is_judged", [False, True])
def test_a_range_shows_its_high_end_and_an_about_its_tolerance(
    plan: Plan, get: Get, *, is_judged: bool
) -> None:
    commitment = make_commitment(plan)
    make_target(commitment, code="RANGE", comparator="..", value=70, value_high=76)
    make_target(commitment, code="ABOUT", comparator="~", value=80, tolerance=2, headline=False)
    if is_judged:
        refresh.rebuild_plan(plan, at=NOON)
    shown = {each["code"]: each for each in only(get("commitments/"))["targets"]}
    ends = [(each["value"], each["value_high"], each["tolerance"]) for each in shown.values()]
    assert dict(zip(shown, ends, strict=True)) == {"RANGE": (70, 76, None), "ABOUT": (80, None, 2)}


def test_a_target_shows_its_baseline(target: Target, get: Get) -> None:
    Baseline.objects.create(
        commitment=target.commitment,
        target=target,
        indicator="小区",
        value=Decimal("58.25"),
        unit="个",
        on=date(2022, 12, 31),
        comparability=Comparability.SAME,
    )
    shown = only(get("commitments/"))["targets"][0]["baseline"]
    assert shown == {"value": 58.25, "on": "2022-12-31", "comparability": "same"}


def test_a_pledge_cites_the_characters_of_its_source(plan: Plan, get: Get) -> None:
    source = make_source(key="plan-2023")
    make_commitment(plan, source=source, char_start=10, char_end=25)
    shown = only(get("commitments/"))["source"]
    assert (shown["document"], shown["sha256"], shown["char_start"], shown["char_end"]) == (
        "plan-2023",
        source.sha256,
        10,
        25,
    )


def test_a_pledge_without_source_cites_none(target: Target, get: Get) -> None:
    assert only(get("commitments/"))["source"] is None


def test_sample_data_is_marked(target: Target, get: Get) -> None:
    make_counted_entry(target, 40, is_sample=True)
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    assert only(get("commitments/"))["sample"] is True


def test_a_commitment_leads_to_its_place_on_the_public_page(target: Target, get: Get) -> None:
    assert only(get("commitments/"))["url"] == "http://testserver/en/plans/610302-2023/#LIV-SVC-01"


def test_one_commitment_is_found_by_plan_and_code(target: Target, get: Get) -> None:
    shown = get("plans/610302-2023/commitments/LIV-SVC-01/")
    assert shown["targets"][0]["code"] == "LIV-SVC-01"


def test_a_code_of_another_plan_is_not_found(target: Target, client: Client) -> None:
    make_plan(year=2024)
    assert client.get("/api/v1/plans/610302-2024/commitments/LIV-SVC-01/").status_code == 404


@pytest.mark.parametrize("size", [2, 12])
def test_the_number_of_queries_does_not_grow(
    size: int, plan: Plan, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        commitment = make_commitment(plan)
        CommitmentSupport.objects.create(commitment=commitment, agency=make_agency())
        make_target(commitment)
        make_target(commitment, code=f"{commitment.code}-b")
    refresh.rebuild_plan(plan, at=NOON)
    with django_assert_num_queries(5):
        page = client.get("/api/v1/commitments/", {"plan": "610302-2023", "page_size": "200"}).json()
    assert len(page["results"]) == size


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"status": "on_track,at_risk"}, ["A-1"]),
        ({"status": "dropped"}, ["B-2"]),
        ({"priority": "LIV"}, ["A-1"]),
        ({"priority": "LIV,DEV"}, ["A-1", "B-2"]),
        ({"lead_agency": "housing"}, ["A-1"]),
        ({"agency": "water"}, ["A-1"]),
        ({"agency": "housing,transport"}, ["A-1", "B-2"]),
        ({"search": "roads"}, ["B-2"]),
        ({"search": ""}, ["A-1", "B-2"]),
        ({"ordering": "-code"}, ["B-2", "A-1"]),
        ({"ordering": "status"}, ["B-2", "A-1"]),
    ],
)
def test_filters(query: dict[str, str], codes: list[str], plan: Plan, get: Get) -> None:
    first = make_commitment(
        plan, code="A-1", priority=make_priority(plan, code="LIV"), lead_agency=make_agency(code="housing")
    )
    CommitmentSupport.objects.create(commitment=first, agency=make_agency(code="water"))
    make_counted_entry(make_target(first), 70, by=make_user(Role.SUPERVISION))
    make_commitment(
        plan,
        code="B-2",
        title_en="Mend the roads",
        priority=make_priority(plan, code="DEV"),
        lead_agency=make_agency(code="transport"),
        lifecycle=Lifecycle.DROPPED,
        dropped_on=date(2023, 8, 1),
        dropped_authority="区政府",
        dropped_reason="调整",
    )
    refresh.rebuild_plan(plan, at=NOON)
    assert [row["code"] for row in get("commitments/", **query)["results"]] == codes
