"""Any past day, as known now or as known then, with rows of the same shape."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.change_log import editing
from commitments.domain.enums import Role
from commitments.models import Commitment, CommitmentSupport, Plan, Target
from commitments.rollups import cases, refresh
from tests.api.conftest import Get
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
PLAN = "610302-2023"
SUMMER = "2023-06-30"


@pytest.fixture(autouse=True)
def _clock(settings: LazySettings) -> None:
    """Stop the clock at the day of the factories."""
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))


@pytest.fixture
def target() -> Target:
    """Make a target with 38 done by the end of June, known since the 10th of July, and 60 done by now."""
    target = make_target(make_commitment(make_plan(), code="A-1"))
    make_counted_entry(target, 38, date(2023, 6, 30), at=datetime(2023, 7, 10, 4, tzinfo=UTC))
    make_counted_entry(target, 60)
    refresh.drain(clock=lambda: NOON)
    return target


def errors(answer: Any) -> list[tuple[str, str]]:
    return [(error["parameter"], error["detail"]) for error in answer["errors"]]


def test_a_past_day_is_shown_as_it_is_known_now(target: Target, get: Get) -> None:
    [row] = get("commitments/", plan=PLAN, as_of=SUMMER)["results"]
    assert (row["status"], row["assessed_on"], row["targets"][0]["actual"]) == ("on_track", SUMMER, 38)


def test_or_as_it_was_known_then(target: Target, get: Get) -> None:
    then = {"as_of": SUMMER, "known_at": "2023-07-01T00:00:00+08:00"}
    [row] = get("commitments/", plan=PLAN, **then)["results"]
    assert (row["status"], row["targets"][0]["actual"]) == ("no_data", None)


def test_what_was_added_since_has_no_verdict_of_then(target: Target, get: Get) -> None:
    then = {"as_of": SUMMER, "known_at": "2023-07-01T00:00:00+08:00"}
    with editing.by(make_user().pk, at=NOON - timedelta(days=1)):
        make_target(target.commitment, code="A-1-2")
        make_target(make_commitment(target.commitment.plan, code="A-2"))
    old, new = get("commitments/", plan=PLAN, **then)["results"]
    assert [each["status"] for each in old["targets"]] == ["no_data", None]
    assert (new["status"], new["targets"][0]["status"]) == (None, None)
    assert [row["code"] for row in get("commitments/", plan=PLAN, status="no_data", **then)["results"]] == [
        "A-1"
    ]


@pytest.mark.parametrize("address", ["commitments/", "targets/", "summary/"])
def test_the_rows_have_the_same_shape(address: str, target: Target, get: Get) -> None:
    now, then = (get(address, plan=PLAN, **day)["results"][0] for day in ({}, {"as_of": SUMMER}))
    assert _shape(then) == _shape(now)


def _shape(row: Any) -> Any:
    """Return the names at every level."""
    if isinstance(row, dict):
        return {name: _shape(value) for name, value in row.items()}
    return _shape(row[0]) if isinstance(row, list) and row else None


@pytest.mark.parametrize("address", ["commitments/", "targets/", "summary/"])
def test_today_is_what_is_stored(address: str, target: Target, get: Get) -> None:
    stored = get(address, plan=PLAN)["results"]
    assert get(address, plan=PLAN, as_of="2023-09-28")["results"] == stored


def test_one_commitment_is_shown_on_a_past_day(target: Target, get: Get) -> None:
    row = get(f"plans/{PLAN}/commitments/A-1/", as_of=SUMMER)
    assert (row["assessed_on"], row["targets"][0]["actual"]) == (SUMMER, 38)


def test_a_commitment_of_no_plan_is_not_found(target: Target, client: Client) -> None:
    address = "/api/v1/plans/610302-1999/commitments/A-1/"
    assert client.get(address, {"as_of": SUMMER}).status_code == 404


def test_filters_look_at_the_verdicts_of_that_day(target: Target, get: Get) -> None:
    silent = make_target(make_commitment(target.commitment.plan, code="B-2"))
    for address, codes in (("commitments/", ["A-1", "B-2"]), ("targets/", [target.code, silent.code])):
        for query, code in ((("status", "on_track"), codes[0]), (("status", "no_data"), codes[1])):
            found = get(address, plan=PLAN, as_of=SUMMER, **dict([query]))["results"]
            assert [row["code"] for row in found] == [code]


def test_reports_are_those_sent_by_that_day(target: Target, get: Get) -> None:
    found = {
        day: get("targets/", plan=PLAN, as_of=day, report_state="late")["count"]
        for day in (SUMMER, "2023-07-10")
    }
    assert found == {SUMMER: 1, "2023-07-10": 0}


def test_the_due_date_is_that_in_force_on_that_day(target: Target, get: Get) -> None:
    user, later = make_user(Role.SUPERVISION), target.due_on + timedelta(days=90)
    target.revisions.create(
        effective_from=date(2023, 9, 1), old_value=76, new_value=76, old_due_on=target.due_on, new_due_on=later,
        authority="区政府", reason="顺延", revised_by=user, revised_at=NOON,
    )  # fmt: skip
    refresh.drain(clock=lambda: NOON)
    counts = {
        day: get("targets/", plan=PLAN, as_of=day, due_after="2024-01-01")["count"]
        for day in (SUMMER, "2023-09-28")
    }
    assert counts == {SUMMER: 0, "2023-09-28": 1}
    assert get("targets/", plan=PLAN, as_of=SUMMER, due_before="2023-12-31")["count"] == 1


def test_the_summary_counts_the_verdicts_of_that_day(target: Target, get: Get) -> None:
    CommitmentSupport.objects.create(commitment=target.commitment, agency=make_agency())
    refresh.drain(clock=lambda: NOON)
    then = {"as_of": "2023-03-31"}
    rows = get("summary/", plan=PLAN, **then)["results"]
    assert [(row["scope"], row["counts"]["no_data"]) for row in rows] == [
        ("plan", 1), ("agency", 1), ("support", 1), ("priority", 1), ("section", 1),
    ]  # fmt: skip
    assert (rows[0]["data_as_of"], rows[0]["assessed_on"]) == (None, "2023-03-31")
    assert get("summary/", plan=PLAN, as_of=SUMMER)["results"][0]["data_as_of"] == SUMMER


def test_a_place_whose_commitments_moved_away_counts_none_until_the_summary_follows(
    target: Target, get: Get
) -> None:
    Commitment.objects.update(lead_agency=make_agency())
    rows = get("summary/", plan=PLAN, as_of=SUMMER)["results"]
    assert [(row["scope"], row["total"], row["shares"]["on_track"]) for row in rows] == [
        ("plan", 1, 1), ("agency", 0, 0), ("priority", 1, 1), ("section", 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("offset", ["+23:59", "-23:59", "+05:30:15"])
def test_any_offset_is_understood(
    offset: str, target: Target, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "FEW", -1)
    row = get("targets/", plan=PLAN, as_of=SUMMER, known_at=f"2023-07-31T12:00:00{offset}")["results"][0]
    assert row["actual"] == 38


def test_an_unescaped_plus_sign_is_understood(target: Target, client: Client) -> None:
    query = f"plan={PLAN}&as_of={SUMMER}&known_at=2023-07-31T12:00:00+08:00"
    row = client.get(f"/api/v1/targets/?{query}").json()["results"][0]
    assert row["actual"] == 38


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ({"as_of": SUMMER}, "plan", "Name one plan"),
        ({"as_of": SUMMER, "plan": f"{PLAN},610302-2022"}, "plan", "Name one plan"),
        ({"as_of": SUMMER, "plan": "610302-1999"}, "plan", "610302-1999"),
        ({"as_of": SUMMER, "plan": "二〇二三"}, "plan", "not a code"),
        ({"as_of": "30.6.2023", "plan": PLAN}, "as_of", "2023-09-28"),
        ({"as_of": "20230630", "plan": PLAN}, "as_of", "2023-09-28"),
        ({"as_of": "2023-02-30", "plan": PLAN}, "as_of", "2023-09-28"),
        ({"as_of": "", "plan": PLAN}, "as_of", "empty"),
        ({"as_of": "2022-12-31", "plan": PLAN}, "as_of", "2023-01-01"),
        ({"as_of": "2023-09-29", "plan": PLAN}, "as_of", "2023-09-28"),
        ({"known_at": "2023-07-01T00:00:00Z", "plan": PLAN}, "known_at", "as_of"),
        ({"as_of": SUMMER, "known_at": "2023-07-01T00:00:00", "plan": PLAN}, "known_at", "offset"),
        ({"as_of": SUMMER, "known_at": "2023-07-01T24:00:00Z", "plan": PLAN}, "known_at", "offset"),
        ({"as_of": SUMMER, "known_at": "yesterday", "plan": PLAN}, "known_at", "offset"),
        ({"as_of": SUMMER, "known_at": "2023-09-29T00:00:00Z", "plan": PLAN}, "known_at", "in the future"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    query: dict[str, str], parameter: str, said: str, target: Target, get: Get
) -> None:
    [(named, detail)] = errors(get("targets/", **query))
    assert named == parameter
    assert said in detail


def test_other_orders_work(target: Target, get: Get) -> None:
    make_commitment(target.commitment.plan, code="B-2")
    rows = get("commitments/", plan=PLAN, as_of=SUMMER, ordering="-code")["results"]
    assert [row["code"] for row in rows] == ["B-2", "A-1"]


def test_rows_are_ordered_by_the_verdicts_of_that_day(target: Target, get: Get) -> None:
    """Order two targets that are the other way round by now."""
    other = make_target(make_commitment(target.commitment.plan, code="B-2"))
    make_counted_entry(other, 20, date(2023, 6, 30))
    make_counted_entry(other, 76)
    refresh.drain(clock=lambda: NOON)
    for day, codes in ((SUMMER, [other.code, target.code]), ("2023-09-28", [target.code, other.code])):
        for ordering, expected in (("gap", codes), ("-gap", codes[::-1])):
            rows = get("targets/", plan=PLAN, as_of=day, ordering=ordering)["results"]
            assert [row["code"] for row in rows] == expected


@pytest.mark.parametrize("ordering", ["status", "-status", "status,-code", "-priority,status"])
def test_a_past_day_is_ordered_as_today_is(ordering: str, target: Target, get: Get) -> None:
    for value in (76, 5, 40, 60):
        make_counted_entry(make_target(make_commitment(target.commitment.plan)), value)
    make_commitment(target.commitment.plan)
    refresh.drain(clock=lambda: NOON)
    stored = get("commitments/", plan=PLAN, ordering=ordering)["results"]
    assert get("commitments/", plan=PLAN, ordering=ordering, as_of="2023-09-28")["results"] == stored


@pytest.mark.parametrize("ordering", ["due_on", "gap", "-gap,code", "data_as_of", "-data_as_of,gap"])
def test_and_so_are_its_targets(ordering: str, target: Target, get: Get) -> None:
    for value in (76, 5, 40, 60):
        other = make_target(make_commitment(target.commitment.plan), due_on=date(2023, 10, value % 28 + 1))
        make_counted_entry(other, value, date(2023, 9, value % 27 + 1))
    refresh.drain(clock=lambda: NOON)
    stored = get("targets/", plan=PLAN, ordering=ordering)["results"]
    assert get("targets/", plan=PLAN, ordering=ordering, as_of="2023-09-28")["results"] == stored


def test_what_has_no_verdict_of_that_day_comes_last(target: Target, get: Get) -> None:
    with editing.by(make_user().pk, at=NOON - timedelta(days=1)):
        make_target(make_commitment(target.commitment.plan, code="A-0"))
    then = {"as_of": SUMMER, "known_at": "2023-07-11T00:00:00Z"}
    for ordering in ("status", "-status"):
        rows = get("commitments/", plan=PLAN, ordering=ordering, **then)["results"]
        assert [(row["code"], row["status"]) for row in rows] == [("A-1", "on_track"), ("A-0", None)]


def test_without_a_verdict_a_target_falls_due_when_its_row_says(target: Target, get: Get) -> None:
    with editing.by(make_user().pk, at=NOON - timedelta(days=1)):
        make_target(target.commitment, code="A-1-2", due_on=date(2023, 11, 30))
    then = {"as_of": SUMMER, "known_at": "2023-07-11T00:00:00Z"}
    rows = get("targets/", plan=PLAN, due_before="2023-11-30", **then)["results"]
    assert [(row["code"], row["due_on"], row["status"]) for row in rows] == [("A-1-2", "2023-11-30", None)]


def test_a_page_of_a_past_day_holds_its_part_of_the_order(target: Target, get: Get) -> None:
    other = make_target(make_commitment(target.commitment.plan, code="B-2"))
    make_counted_entry(other, 20, date(2023, 6, 30))
    refresh.drain(clock=lambda: NOON)
    pages = [
        get("targets/", plan=PLAN, as_of=SUMMER, ordering="gap", page_size=1, page=page) for page in (1, 2)
    ]
    assert [(page["count"], page["results"][0]["code"]) for page in pages] == [
        (2, other.code),
        (2, target.code),
    ]


@pytest.mark.parametrize("address", ["commitments/", "targets/", "summary/"])
def test_the_number_of_queries_does_not_grow(
    address: str, target: Target, client: Client, django_assert_num_queries: Any
) -> None:
    plan = Plan.objects.get()
    query = {"plan": PLAN, "as_of": SUMMER, "known_at": "2023-09-01T00:00:00Z"}
    with CaptureQueriesContext(connection) as few:
        client.get(f"/api/v1/{address}", query)
    for _ in range(5):
        make_counted_entry(make_target(make_commitment(plan)), 5, date(2023, 6, 1))
    refresh.drain(clock=lambda: NOON)
    with django_assert_num_queries(len(few)):
        client.get(f"/api/v1/{address}", query)
