from datetime import UTC, date, datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from commitments.domain.enums import Lifecycle
from commitments.models import Commitment, CommitmentSnapshot, Target, TargetSnapshot
from commitments.rollups import refresh, snapshots
from tests.api.conftest import Get
from tests.factories import NOON, TODAY, make_commitment, make_counted_entry, make_plan, make_target
from tests.sql import statements

pytestmark = pytest.mark.django_db
SINCE = date(2023, 9, 20)
EARLIER = datetime(2023, 9, 2, 4, tzinfo=UTC)
QUERY = {"plan": "610302-2023", "since": "2023-09-20"}


@pytest.fixture(autouse=True)
def _clock(settings: LazySettings) -> None:
    """Stop the clock at the day of the factories."""
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))


def moved(*values: int) -> list[Target]:
    """Make targets silent until `SINCE`, with a value reported for each since."""
    plan = make_plan()
    targets = [make_target(make_commitment(plan)) for _ in values]
    snapshots.write(plan, on=SINCE)
    for target, value in zip(targets, values, strict=True):
        make_counted_entry(target, value)
    refresh.drain(clock=lambda: NOON)
    return targets


def test_a_movement_says_from_what_to_what_and_why(get: Get) -> None:
    [target] = moved(33)
    [row] = get("movements/", **QUERY)["results"]
    assert (row["plan"], row["code"]) == ("610302-2023", target.commitment.code)
    before, now = row["before"], row["now"]
    assert (before["status"], before["status_label"], before["reason"]) == (
        "no_data", "No report", "nothing_reported",
    )  # fmt: skip
    assert "Nothing reported" in before["why"]
    assert (now["status"], now["reason"]) == ("off_track", "far_behind")
    assert "33 of 76 communities" in now["why"]


def test_the_worst_off_come_first_and_of_those_the_furthest_behind(get: Get) -> None:
    targets = moved(76, 20, 10, 55)
    codes = [row["code"] for row in get("movements/", **QUERY)["results"]]
    assert codes == [targets[index].commitment.code for index in (2, 1, 3, 0)]


def test_what_was_dropped_comes_last_and_says_so(get: Get) -> None:
    dropped, _ = moved(10, 76)
    Commitment.objects.filter(pk=dropped.commitment_id).update(
        lifecycle=Lifecycle.DROPPED, dropped_on=TODAY, dropped_authority="区政府", dropped_reason="合并"
    )
    refresh.drain(clock=lambda: NOON)
    rows = get("movements/", **QUERY)["results"]
    assert [row["now"]["status"] for row in rows] == ["achieved", "dropped"]


def test_what_had_no_deciding_target_says_by_what_rule(get: Get) -> None:
    plan = make_plan()
    commitment = make_commitment(plan)
    snapshots.write(plan, on=SINCE)
    make_counted_entry(make_target(commitment), 33)
    refresh.drain(clock=lambda: NOON)
    [row] = get("movements/", **QUERY)["results"]
    assert (row["before"]["status"], row["before"]["reason"]) == ("not_rated", "nothing_measurable")
    assert row["before"]["why"]
    assert (row["before"]["rule_set"], row["now"]["rule_set"]) == (None, "1.0")


def test_what_did_not_move_is_left_out(get: Get) -> None:
    plan = make_plan()
    make_target(make_commitment(plan))
    snapshots.write(plan, on=SINCE)
    refresh.drain(clock=lambda: NOON)
    assert get("movements/", **QUERY)["count"] == 0


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"since": "2023-09-20"}, "plan"),
        ({"plan": "610302-2023"}, "since"),
        ({"plan": "610302-2023", "since": "last week"}, "since"),
        ({"plan": "610302-2023", "since": "2022-12-31"}, "since"),
        ({"plan": "610302-2023", "since": "2023-09-28"}, "since"),
        ({"plan": "610302-1999", "since": "2023-09-20"}, "plan"),
        ({**QUERY, "status": "off_track"}, "status"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(query: dict[str, str], parameter: str, get: Get) -> None:
    moved(33)
    assert get("movements/", **query)["errors"][0]["parameter"] == parameter


def test_a_day_that_was_not_kept_is_judged_as_known_then(get: Get) -> None:
    target = make_target()
    make_counted_entry(target, 40, date(2023, 9, 1), at=NOON)
    make_counted_entry(make_target(make_commitment(target.commitment.plan)), 76, date(2023, 9, 1), at=EARLIER)
    refresh.drain(clock=lambda: NOON)
    [row] = get("movements/", **QUERY)["results"]
    assert row["code"] == target.commitment.code
    assert (row["before"]["status"], row["now"]["status"]) == ("no_data", "off_track")
    assert "Nothing reported" in row["before"]["why"]
    assert (row["before"]["rule_set"], row["now"]["rule_set"]) == ("1.0", "1.0")


def test_it_says_the_same_as_the_day_kept(get: Get) -> None:
    moved(33, 76)
    kept = get("movements/", **QUERY)["results"]
    TargetSnapshot.objects.all().delete()
    CommitmentSnapshot.objects.all().delete()
    assert get("movements/", **QUERY)["results"] == kept


def test_what_has_no_deciding_target_names_no_rule_set(get: Get) -> None:
    [target] = moved(33)
    Commitment.objects.filter(pk=target.commitment_id).update(
        lifecycle=Lifecycle.DROPPED, dropped_on=TODAY, dropped_authority="区政府", dropped_reason="合并"
    )
    refresh.drain(clock=lambda: NOON)
    [row] = get("movements/", **QUERY)["results"]
    assert row["now"]["rule_set"] is None


def test_what_is_missing_is_said_once(get: Get) -> None:
    problem = get("movements/")
    assert problem["detail"] == "Missing: plan, since."
    assert [(error["parameter"], error["code"]) for error in problem["errors"]] == [
        ("plan", "required"), ("since", "required"),
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2023-09-28", "2023-10-31"])
def test_a_day_that_is_not_over_is_refused(day: str, get: Get) -> None:
    moved(33)
    assert get("movements/", **QUERY | {"since": day})["detail"] == "That day is not over yet."


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: object) -> None:
    moved(33, 10, 76, 50)
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get("/api/v1/movements/", QUERY)


def test_nor_for_a_day_that_was_not_kept(client: Client) -> None:
    plan = make_plan()
    sizes = []
    for _ in range(2):
        for _ in range(3):
            make_counted_entry(make_target(make_commitment(plan)), 33)
        refresh.drain(clock=lambda: NOON)
        with statements() as sent:
            client.get("/api/v1/movements/", QUERY)
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]
