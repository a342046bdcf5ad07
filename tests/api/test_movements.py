from datetime import date

import pytest
from django.test import Client

from commitments.domain.words import Lifecycle
from commitments.models import Commitment, Target
from commitments.rollups import refresh, snapshots
from tests.api.conftest import Get
from tests.factories import NOON, TODAY, make_commitment, make_counted_entry, make_plan, make_target

pytestmark = pytest.mark.django_db
SINCE = date(2023, 9, 20)
QUERY = {"plan": "610302-2023", "since": "2023-09-20"}


def moved(*values: int) -> list[Target]:
    """Silent until `SINCE`; a value reported for each since."""
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
        "no_data", "No data", "nothing_reported",
    )  # fmt: skip
    assert "Nothing reported" in before["why"]
    assert (now["status"], now["reason"]) == ("off_track", "far_behind")
    assert "33 communities" in now["why"]


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
        ({"plan": "610302-2023", "since": "2023-09-19"}, "since"),
        ({"plan": "610302-1999", "since": "2023-09-20"}, "plan"),
        ({**QUERY, "status": "off_track"}, "status"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(query: dict[str, str], parameter: str, get: Get) -> None:
    moved(33)
    assert get("movements/", **query)["errors"][0]["parameter"] == parameter


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: object) -> None:
    moved(33, 10, 76, 50)
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/api/v1/movements/", QUERY)
