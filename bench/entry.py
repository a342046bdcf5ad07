"""What one entry costs, with its roll-up: statements and time, after any history."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import processes
from bench.measure import Figure, figure, medians
from commitments import clock, ledger
from commitments.models import ProgressEntry, Target, User
from commitments.rollups import refresh
from tests.factories import make_commitment, make_plan, make_target, make_user
from tests.sql import statements

MOST_STATEMENTS = 12
HISTORIES = (0, 1_000, 10_000)
FLOOR = """
WITH added AS (
    INSERT INTO commitments_progressentry
        (target_id, effective_on, value, progress, problems, next_steps, recorded_by_id, recorded_at, is_sample, counted_from)
    VALUES (%(target)s, '2023-06-01', 1, '', '', '', %(user)s, now(), false, now()) RETURNING target_id
)
UPDATE commitments_targetrollup SET actual = (
    SELECT 1 + coalesce(sum(value), 0) FROM commitments_progressentry
    WHERE target_id = %(target)s AND counted_from IS NOT NULL AND counted_until IS NULL
) WHERE target_id = %(target)s
"""


def figures() -> list[Figure]:
    plan = make_plan(review_required=False)
    targets = {size: make_target(make_commitment(plan), accumulation="increments") for size in HISTORIES}
    user = make_user()
    for size, target in targets.items():
        _fill(target, user, size)
    drain()
    return [
        *(
            _statements(f"one entry through the service, {size} earlier", log_by_service(targets[size], user))
            for size in HISTORIES
        ),
        *(
            _statements(f"one entry through the admin, {size} earlier", log_by_admin(targets[size], user))
            for size in HISTORIES
        ),
        *(_time(size, targets[size], user) for size in HISTORIES),
        _seen(targets[0], user),
    ]


def drain() -> None:
    while refresh.drain(clock=clock.now):
        pass


def log_by_service(target: Target, user: User) -> Callable[[], None]:
    def log() -> None:
        found = Target.objects.select_related("commitment__plan").get(pk=target.pk)
        ledger.record(target=found, effective_on=date(2023, 6, 1), value=Decimal(1), by=user, at=clock.now())
        drain()

    return log


def log_by_admin(target: Target, user: User) -> Callable[[], None]:
    client = Client()
    client.force_login(user)
    form = {"target": target.pk, "effective_on": "2023-06-01", "value": "1"}

    def log() -> None:
        answer = client.post(reverse("admin:commitments_progressentry_add"), form)
        if answer.status_code != 302:
            raise RuntimeError("the admin did not take the entry")
        drain()

    return log


def _statements(name: str, log: Callable[[], None]) -> Figure:
    """Counts what the second entry of a process sends; the first also looks up content types."""
    log()
    with statements() as sent:
        log()
    # The last look at the marks, which finds none, is the sweeper's rhythm and not this entry's.
    return figure(name, len(sent) - 1, MOST_STATEMENTS, goal=1, unit="statements")


def _time(size: int, target: Target, user: User) -> Figure:
    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, {"target": target.pk, "user": user.pk})
            cursor.execute("DELETE FROM commitments_stalemark")

    ours, limit = medians(log_by_service(target, user), floor, rounds=60)
    return figure(
        f"one entry with its roll-up, {size} earlier, against one SQL statement",
        ours,
        limit,
        goal=10,
        unit="ms",
    )


def _seen(target: Target, user: User) -> Figure:
    """From the commit to the new roll-up, with a worker running."""
    with processes.running(*processes.WORKER):
        processes.wait_for_worker()
        waits = []
        for _ in range(20):
            ledger.record(
                target=target, effective_on=date(2023, 6, 1), value=Decimal(1), by=user, at=clock.now()
            )
            waits.append(processes.wait_until_drained() * 1000)
    return figure(
        "from commit to the new roll-up, a worker running, median", sorted(waits)[10], 2000, goal=1, unit="ms"
    )


def _fill(target: Target, user: User, size: int) -> None:
    now = clock.now()
    ProgressEntry.objects.bulk_create(
        ProgressEntry(
            target=target,
            effective_on=date(2023, 1, 1) + timedelta(days=number % 270),
            value=1,
            recorded_by=user,
            recorded_at=now,
            counted_from=now,
        )
        for number in range(size)
    )
