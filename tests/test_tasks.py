"""Tasks as adapters: they read the clock and call one function, and a repetition changes no more."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError

from commitments import tasks, wake
from commitments.management.commands import sweep
from commitments.models import AuditRun, DailyRun, Heartbeat, StaleMark, Subscription, TargetRollup
from commitments.rollups import refresh
from tests.factories import NOON, make_commitment, make_counted_entry, make_plan, make_target
from tracker.celery import app
from tracker.schedule import BEAT_SCHEDULE

pytestmark = pytest.mark.django_db


def state() -> list[Any]:
    return [
        list(TargetRollup.objects.values_list("target", "actual", "status")),
        list(DailyRun.objects.values_list("plan", "on")),
        list(AuditRun.objects.values_list("plan", "checked", "differences")),
        StaleMark.objects.count(),
        len(mail.outbox),
    ]


def test_every_entry_of_the_timetable_names_a_task() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.parametrize("task", sorted(entry["task"] for entry in BEAT_SCHEDULE.values()))
def test_a_task_can_run_twice(task: str) -> None:
    target = make_target()
    make_counted_entry(target, 60)
    Subscription.objects.create(plan=target.commitment.plan, email="a@example.cn")
    if task == tasks.audit.name:
        # An audit that had to pass something over is meant to be repeated.
        tasks.drain_marks()
    app.tasks[task].run()
    once = state()
    app.tasks[task].run()
    assert state() == once


def test_drained_marks_reach_the_rollup() -> None:
    target = make_target()
    make_counted_entry(target, 60)
    tasks.drain_marks()
    assert TargetRollup.objects.get(target=target).actual == 60


def test_a_task_stops_after_many_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan()
    make_commitment(plan)
    make_commitment(plan)
    monkeypatch.setattr(tasks, "ROUNDS", 1)
    monkeypatch.setattr(refresh.drain, "__kwdefaults__", {"limit": 1})
    tasks.drain_marks()
    assert StaleMark.objects.exists()


def test_every_plan_is_audited_once_a_night(settings: LazySettings) -> None:
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))
    plan = make_plan()
    tasks.audit()
    tasks.audit()
    assert AuditRun.objects.get().plan == plan


def test_an_audit_ends_before_the_next_one_is_due() -> None:
    [entry] = [entry for entry in BEAT_SCHEDULE.values() if entry["task"] == tasks.audit.name]
    assert tasks.audit.time_limit < entry["schedule"]


def test_the_hint_reaches_the_broker() -> None:
    with app.connection_for_write() as link:
        channel: Any = link.default_channel
        channel.queue_purge("celery")
        wake.publish()
        assert channel.queue_declare("celery", passive=True).message_count == 1


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_rolls_up_and_keeps_the_day() -> None:
    target = make_target()
    make_counted_entry(target, 60)
    call_command("sweep", once=True)
    assert TargetRollup.objects.get(target=target).actual == 60
    assert DailyRun.objects.exists()
    assert Heartbeat.objects.filter(name="sweeper").exists()


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> int:
        raise DatabaseError("away")

    monkeypatch.setattr(refresh, "drain", away)
    sweep.sweep()
    assert not Heartbeat.objects.exists()


def test_the_sweeper_stops_when_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    handlers: list[Any] = []
    monkeypatch.setattr("signal.signal", lambda _number, handler: handlers.append(handler))

    def one_round() -> None:
        rounds.append(1)
        if len(rounds) == 2:
            handlers[0](15, None)

    monkeypatch.setattr(sweep, "sweep", one_round)
    call_command("sweep", interval=0.001)
    assert len(rounds) == 2
