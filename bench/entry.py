"""The cost of one entry with its roll-up, in statements and time, after any history."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from bench.tables import add_entries, execute, make_large_plan, settle
from commitments import clock
from commitments.actions import ledger
from commitments.actions.proposals import ProposedEntry
from commitments.models import Plan, Target, User
from commitments.rollups import refresh
from tests.factories import make_user
from tests.sql import statements

MOST_STATEMENTS = 12
DAY = date(2023, 6, 1)
FLOOR = """
WITH added AS (
    INSERT INTO commitments_progressentry (commitment_id, target_id, effective_on, value, progress, problems,
        next_steps, recorded_by_id, recorded_at, is_sample, counted_from)
    VALUES (%(commitment)s, %(target)s, %(on)s, 1, '', '', '', %(user)s, now(), false, now()) RETURNING target_id, value
)
UPDATE commitments_targetrollup r SET actual = r.actual + a.value FROM added a WHERE r.target_id = a.target_id
"""
# Targets, and entries of each: so many entries exist before, in the plan and on the target itself.
HISTORIES = {"10 in the plan": (10, 1), "1,000 in the plan": (10, 100), "100,000 in the plan": (1_000, 100)}
LONG = {"10,000 on the target itself": (1, 10_000)}


def no_hint() -> None:
    """Wake no worker: the roll-up is done at once and by hand here."""


def figures(scale: Scale) -> list[BenchFigure]:
    user = make_user()
    plans = {
        name: _plan(2070 + year, scale.size(targets), scale.size(entries))
        for year, (name, (targets, entries)) in enumerate([*HISTORIES.items(), *LONG.items()])
    }
    settle()
    targets = {name: _target(plan) for name, plan in plans.items()}
    with override_settings(ROLLUP_HINT="bench.entry.no_hint"):
        return [
            *(
                _statements(f"one entry through the service, {name}", log_by_service(target, user))
                for name, target in targets.items()
            ),
            *(
                _statements(f"one entry through the admin, {name}", log_by_admin(target, user))
                for name, target in targets.items()
            ),
            *_times(targets, user, scale),
        ]


def drain() -> None:
    while refresh.drain(clock=clock.now):
        pass


def log_by_service(target: Target, user: User) -> Callable[[], None]:
    def log() -> None:
        ledger.record(
            ProposedEntry(target=target, effective_on=DAY, value=Decimal(1)), by=user, at=clock.now()
        )
        refresh.drain(clock=clock.now)

    return log


def log_by_admin(target: Target, user: User) -> Callable[[], None]:
    client = Client()
    client.force_login(user)
    form = {"target": target.pk, "effective_on": DAY.isoformat(), "value": "1"}

    def log() -> None:
        answer = client.post(reverse("admin:commitments_progressentry_add"), form)
        if answer.status_code != 302:
            raise RuntimeError("the admin did not take the entry")
        refresh.drain(clock=clock.now)

    return log


def _plan(year: int, targets: int, entries: int) -> Plan:
    plan = make_large_plan(targets, year=year)
    add_entries(plan, 1, entries)
    execute("DELETE FROM commitments_stalemark")
    refresh.rebuild_plan(plan, at=clock.now())
    return plan


def _target(plan: Plan) -> Target:
    found = Target.objects.select_related("commitment__plan").filter(commitment__plan=plan).first()
    if found is None:
        raise RuntimeError("a plan without targets")
    return found


def _statements(name: str, log: Callable[[], None]) -> BenchFigure:
    """Count the statements of the second entry of a process."""
    # The first entry also looks up content types.
    log()
    with statements() as sent:
        log()
    return figure(f"{name} before", len(sent), MOST_STATEMENTS, goal=1, unit="statements")


def _times(targets: dict[str, Target], user: User, scale: Scale) -> list[BenchFigure]:
    """Compare each history's entry with the floor, and with that of the shortest history."""
    ways = [
        way for target in targets.values() for way in (log_by_service(target, user), _floor(target, user))
    ]
    times = medians(
        *ways, rounds=scale.rounds(60), between=lambda: execute("DELETE FROM commitments_stalemark")
    )
    ours, floors = dict(zip(targets, times[::2], strict=True)), dict(zip(targets, times[1::2], strict=True))
    first = next(iter(ours))
    return [
        *(
            figure(
                f"one entry with its roll-up, {name} before, against one statement that inserts and updates",
                ours[name],
                floors[name],
                goal=5,
                unit="ms",
            )
            for name in ours
        ),
        *(
            figure(
                f"one entry with its roll-up, {name} before, against {first}",
                ours[name],
                ours[first],
                goal=1.2,
                unit="ms",
            )
            for name in list(ours)[1:]
        ),
    ]


def _floor(target: Target, user: User) -> Callable[[], None]:
    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                FLOOR, {"commitment": target.commitment_id, "target": target.pk, "user": user.pk, "on": DAY}
            )

    return floor
