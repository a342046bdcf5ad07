"""The drills: each fault, its promise, and a run that shows it; the broker is killed last."""

import os
import signal
import time
from collections import Counter
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import processes
from bench.faults import outages, poison
from bench.faults.contention import contend, hot_plan
from bench.faults.hostility import hostility
from bench.faults.kills import kill_under_load
from bench.faults.outcome import DrillOutcome
from commitments import clock, tasks, wake
from commitments.models import Heartbeat, Plan, ProgressEntry, Target, TargetRollup
from tests.factories import make_user
from tests.rollups.at_rest import differences
from tracker.celery import app

SWEEPER = ("manage.py", "sweep")


def contention(*, small: bool, seed: int) -> DrillOutcome:
    plan, rounds, written = _fresh_plan(), 5 if small else 100, 0
    stale: list[str] = []
    for number in range(rounds):
        written += contend(plan, writers=32, drainers=4, clock=clock.now, seed=seed + number)
        stale += differences(clock.now())
    lost = written - ProgressEntry.objects.filter(target__commitment__plan=plan).count()
    return DrillOutcome(
        "32 writers and 4 drainers on 3 hot targets",
        seed,
        f"{rounds} rounds, {written} entries",
        "at rest every roll-up is what the ledger says",
        f"{lost} lost, {len(stale)} roll-ups that differ",
        holds=not lost and not stale,
    )


def kills(*, small: bool, seed: int) -> DrillOutcome:
    plan, number = _fresh_plan(), 3 if small else 20
    written = kill_under_load(plan, kills=number, seed=seed)
    lost = written - ProgressEntry.objects.filter(target__commitment__plan=plan).count()
    stale = differences(clock.now())
    return DrillOutcome(
        "kill -9 of the worker under load",
        seed,
        f"{number} kills, {written} entries",
        "nothing lost, nothing double",
        f"{lost} lost, {len(stale)} roll-ups that differ",
        holds=not lost and not stale,
    )


def worker_running(*, small: bool, seed: int) -> DrillOutcome:
    with processes.running(*processes.WORKER):
        processes.wait_for_worker()
        times = [_logged_and_seen(target)[1] for target in _targets(3 if small else 10)]
    return _seconds("none: a worker runs", seed, times, "seen at most 2 s after the commit", most=2)


def database_frozen(*, small: bool, seed: int) -> DrillOutcome:
    seconds = 10 if small else 40
    with outages.service() as web:
        return _answered(
            f"PostgreSQL is frozen (SIGSTOP) for {seconds} s", seed, web, web.database.frozen(), seconds
        )


def database_restarts(*, small: bool, seed: int) -> DrillOutcome:
    with outages.service() as web:
        return _answered("PostgreSQL is stopped and started again", seed, web, web.database.stopped(), 3)


def database_full(*, small: bool, seed: int) -> DrillOutcome:
    with outages.service() as web:
        return _answered("others hold every connection to PostgreSQL", seed, web, web.database.crowded(), 3)


def unreadable_messages(*, small: bool, seed: int) -> DrillOutcome:
    messages, rounds = poison.all_of_them(), 1 if small else 5
    Heartbeat.objects.all().delete()
    with processes.running(*processes.WORKER) as worker, app.connection_for_write() as link:
        processes.wait_for_worker()
        channel: Any = link.default_channel
        for message in messages * rounds:
            channel.client.lpush(poison.QUEUE, message)
            channel.client.publish(poison.BROADCASTS, message)
        tasks.beat.apply_async()
        seconds = processes.seconds_until(Heartbeat.objects.exists)
        lives = worker.poll() is None
    return DrillOutcome(
        "messages that nobody can read",
        seed,
        f"{len(messages) * rounds} in the queue and as many broadcasts",
        "the worker goes on with the next one",
        f"the next one {seconds:.2f} s later, {'the same worker' if lives else 'the worker ended'}",
        holds=lives,
    )


def broker_frozen(*, small: bool, seed: int) -> DrillOutcome:
    (target,) = _targets(1)
    wake.breaker.reset()
    with processes.frozen(processes.broker_pid()):
        answered = _logged_and_seen(target, wait=False)[0]
    return _seconds(
        "the broker is frozen (SIGSTOP)", seed, [answered], "the request answers within 3 s", most=3
    )


def broker_dead(*, small: bool, seed: int) -> DrillOutcome:
    targets = _targets(2 if small else 5)
    os.kill(processes.broker_pid(), signal.SIGKILL)
    wake.breaker.reset()
    with processes.running(*SWEEPER):
        times = [_logged_and_seen(target)[1] for target in targets]
    return _seconds("the broker is dead", seed, times, "seen at most 10 s after the commit", most=10)


DRILLS = (
    hostility,
    contention,
    kills,
    worker_running,
    database_frozen,
    database_restarts,
    database_full,
    unreadable_messages,
    broker_frozen,
    broker_dead,
)


def _targets(number: int) -> list[Target]:
    return list(Target.objects.filter(commitment__plan=_fresh_plan(number)))


def _fresh_plan(targets: int = 3) -> Plan:
    """Empty the database and make one hot plan, so that each drill judges only its own."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "TRUNCATE commitments_jurisdiction, commitments_ruleset, commitments_stalemark CASCADE"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    return hot_plan(targets=targets)


def _logged_and_seen(target: Target, *, wait: bool = True) -> tuple[float, float]:
    """Log 76 through the admin; return the seconds until the answer and from there to the roll-up."""
    client = Client()
    client.force_login(make_user())
    form = {"target": target.pk, "effective_on": date(2023, 9, 28).isoformat(), "value": "76"}
    began = time.monotonic()
    if client.post(reverse("admin:commitments_progressentry_add"), form).status_code != 302:
        raise RuntimeError("the admin did not take the entry")
    answered = time.monotonic()
    while wait and not TargetRollup.objects.filter(target=target, actual=Decimal(76)).exists():
        if time.monotonic() - answered > processes.PATIENCE_SECONDS:
            raise TimeoutError("the entry is not seen")
        time.sleep(0.01)
    return answered - began, time.monotonic() - answered


def _answered(
    fault: str, seed: int, web: outages.BrokenService, broken: AbstractContextManager[None], seconds: float
) -> DrillOutcome:
    web.wait_until_well()
    web.replies.clear()
    with web.asked():
        with broken:
            time.sleep(seconds)
        web.wait_until_well()
    lives = [reply for reply in web.replies if reply.path == outages.HEALTH]
    pages = [reply for reply in web.replies if reply.path != outages.HEALTH]
    slowest, slowest_page = (max(reply.seconds for reply in some) for some in (lives, pages))
    statuses = Counter(reply.status for reply in web.replies)
    return DrillOutcome(
        fault,
        seed,
        f"{len(web.replies)} requests of {outages.READERS} readers",
        "/healthz within 2 s, pages within 15 s, each 200 or 503, and 200 again afterwards",
        f"/healthz {slowest:.2f} s, pages {slowest_page:.2f} s, {statuses[503]} × 503",
        holds=slowest <= 2 and slowest_page <= 15 and statuses.keys() == {200, 503},
    )


def _seconds(fault: str, seed: int, times: list[float], promise: str, *, most: float) -> DrillOutcome:
    worst = max(times)
    return DrillOutcome(
        fault, seed, f"{len(times)} entries", promise, f"worst {worst:.2f} s", holds=worst <= most
    )
