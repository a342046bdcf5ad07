"""Snapshots are a cache: rebuilding them gives the same rows after any later change."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from commitments.actions import commitments
from commitments.change_log import editing
from commitments.models import Commitment, CommitmentSnapshot, TargetSnapshot
from commitments.models.lifecycle import NEVER
from commitments.rollups import audit, cases, read, refresh, snapshots
from commitments.states import CommitmentState
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.rollups.lives import FIRST, Life

pytestmark = pytest.mark.django_db


TABLES: tuple[Any, ...] = (TargetSnapshot, CommitmentSnapshot)


def kept(**which: Any) -> list[dict[str, Any]]:
    """Return every column of both tables."""
    return [row for table in TABLES for row in table.objects.filter(**which).order_by("on", "pk").values()]


@pytest.mark.parametrize(
    ("seed", "time_zone"), [(1, "Asia/Shanghai"), (2, "Pacific/Auckland"), (3, "America/Lima")]
)
def test_days_kept_one_by_one_are_the_same_after_a_rebuild(seed: int, time_zone: str) -> None:
    life = Life(seed, time_zone=time_zone)
    days = list(life.live(30, events=6))
    written = kept(on__gte=FIRST)
    assert len({row["on"] for row in written}) == len(days) - 1
    snapshots.rebuild(life.plan, first=FIRST, last=days[-2])
    assert kept(on__gte=FIRST) == written


def test_what_is_known_later_changes_no_day_that_is_kept() -> None:
    life = Life(4)
    first_week = None
    for day in life.live(21):
        if day == FIRST + timedelta(days=7):
            first_week = kept(on__lt=day)
    snapshots.rebuild(life.plan, first=FIRST, last=FIRST + timedelta(days=6))
    assert kept(on__gte=FIRST, on__lt=FIRST + timedelta(days=7)) == [
        row for row in first_week or [] if row["on"] >= FIRST
    ]


def test_a_kept_day_shows_the_state_at_its_end() -> None:
    target = make_target()
    make_counted_entry(target, 60, date(2023, 9, 20), at=NOON - timedelta(days=5))
    make_counted_entry(target, 76, date(2023, 9, 27), at=NOON - timedelta(days=1))
    for day, actual in ((date(2023, 9, 26), 60), (date(2023, 9, 27), 76)):
        snapshots.write(target.commitment.plan, on=day)
        assert target.snapshots.get(on=day).actual == actual


def test_and_what_was_known_then() -> None:
    target = make_target()
    make_counted_entry(target, 60, date(2023, 9, 20), at=NOON - timedelta(days=8))
    make_counted_entry(target, 76, date(2023, 9, 20))
    snapshots.write(target.commitment.plan, on=date(2023, 9, 27))
    assert target.snapshots.get().actual == 60


def test_the_command_writes_the_days_anew() -> None:
    plan = make_target().commitment.plan
    refresh.assess_day(plan, at=NOON)
    day = date(2023, 9, 27)
    TargetSnapshot.objects.update(actual=5)
    call_command("rebuild_snapshots", "--from", "2023-09-26", "--to", "2023-09-27", "--plan", plan.code)
    assert TargetSnapshot.objects.get(on=day).actual is None
    assert TargetSnapshot.objects.get(on=date(2023, 9, 25)).actual == 5


def test_without_a_plan_all_that_had_started_are_rebuilt(capsys: pytest.CaptureFixture[str]) -> None:
    make_plan()
    make_plan(year=2024)
    call_command("rebuild_snapshots", "--from", "2023-03-01", "--to", "2023-03-31")
    told = capsys.readouterr().out
    assert "610302-2023" in told
    assert "610302-2024" not in told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("2023-03-31", "2023-03-01"), "--to"),
        (("2022-12-31", "2023-03-01", "--plan", "610302-2023"), "2023-01-01"),
        (("2022-12-31", "2023-03-01"), "2022-12-31"),
        (("2023-03-01", "2999-01-01"), "2999-01-01"),
        (("2023-03-01", "2023-03-31", "--plan", "610302-1999"), "610302-1999"),
        (("2023-03-01", "soon"), "soon"),
    ],
)
def test_days_that_make_no_sense_are_refused(given: tuple[str, ...], said: str) -> None:
    make_plan()
    first, last, *plan = given
    with pytest.raises(CommandError, match=said):
        call_command("rebuild_snapshots", f"--from={first}", f"--to={last}", *plan)


@pytest.mark.parametrize("zone", ["America/Santiago", "Africa/Cairo", "Asia/Beirut", "Asia/Shanghai"])
def test_a_day_ends_where_the_next_one_begins_though_clocks_are_put_back(zone: str) -> None:
    for day in (date(2023, 1, 1) + timedelta(days=count) for count in range(365)):
        after = snapshots.end_of(day, zone) + timedelta(microseconds=1)
        assert after.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)
        assert snapshots.end_of(day, zone).astimezone(ZoneInfo(zone)).date() == day


def test_what_joined_later_gets_no_row_of_earlier_days() -> None:
    plan = make_target().commitment.plan
    for day in (20, 21, 22):
        snapshots.write(plan, on=date(2023, 9, day))
    with editing.by_command("seed_plan", at=NOON - timedelta(days=5)):
        make_commitment(plan)
    snapshots.write(plan, on=date(2023, 9, 23))
    snapshots.rebuild(plan, first=date(2023, 9, 20), last=date(2023, 9, 20))
    assert CommitmentSnapshot.objects.filter(on=date(2023, 9, 20)).count() == 1


@pytest.fixture
def dropped() -> Commitment:
    """Drop it on Monday, from the Sunday before on, and take that back on Thursday."""
    commitment = make_target().commitment
    why: dict[str, Any] = {"authority": "区政府", "reason": "合并", "by": make_user()}
    monday, thursday = NOON - timedelta(days=3), NOON
    commitments.drop(commitment=commitment, on=date(2023, 9, 24), seen=0, at=monday, **why)
    for day in (23, 24, 25, 26):
        snapshots.write(commitment.plan, on=date(2023, 9, day))
    seen = commitments.newest(commitment)
    commitments.reinstate(commitment=commitment, seen=seen, at=thursday, **why)
    return commitment


def test_taking_a_drop_back_changes_no_day_that_is_kept(dropped: Commitment) -> None:
    written = kept()
    snapshots.rebuild(dropped.plan, first=date(2023, 9, 23), last=date(2023, 9, 26))
    assert kept() == written
    assert [row["status"] for row in written if "commitment_id" in row] == [
        "no_data", "no_data", "dropped", "dropped"
    ]  # fmt: skip


def test_the_audit_of_days_before_a_drop_was_taken_back_finds_nothing(dropped: Commitment) -> None:
    refresh.rebuild_plan(dropped.plan, at=NOON)
    assert audit.audit(dropped.plan, at=NOON, since=date(2023, 9, 23)).differences == []


@pytest.mark.parametrize(
    ("on", "known_at", "is_dropped"),
    [
        (TODAY, NOON - timedelta(days=4), False),
        (TODAY, NOON - timedelta(days=1), True),
        (date(2023, 9, 23), NOON - timedelta(days=1), False),
        (TODAY, NOON, False),
        (date(2023, 9, 26), None, False),
    ],
)
def test_a_drop_holds_from_its_day_on_while_it_is_known_and_not_taken_back(
    dropped: Commitment, on: date, known_at: datetime | None, is_dropped: bool
) -> None:
    assert cases.read([dropped.pk], on, known_at)[0].dropped == is_dropped


def state_then(commitment: Commitment, on: date, known_at: datetime) -> CommitmentState:
    [found] = read.state(read.of_plan(commitment.plan), read.AsOf(commitment.plan, on, known_at))
    return found


def test_a_drop_that_was_known_then_is_told_with_its_reason(dropped: Commitment) -> None:
    found = state_then(dropped, date(2023, 9, 26), NOON - timedelta(days=1))
    assert (found.status, found.lifecycle.dropped_on, found.lifecycle.dropped_reason) == (
        "dropped",
        date(2023, 9, 24),
        "合并",
    )


def test_and_not_where_it_was_not_known_yet(dropped: Commitment) -> None:
    found = state_then(dropped, date(2023, 9, 24), NOON - timedelta(days=4))
    assert (found.status, found.lifecycle) == ("no_data", NEVER)
