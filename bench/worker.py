"""Running workers: the delay until a commit is seen, and the amount one of them rolls up."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial

import psycopg

from bench import processes
from bench.entry import DAY, drain
from bench.measure import BenchFigure, figure, medians
from bench.scale import Scale
from bench.tables import execute, make_large_plan, settle
from commitments import clock
from commitments.actions import ledger
from commitments.actions.proposals import ProposedEntry
from commitments.models import Plan, ProgressEntry, Target, TargetRollup, User
from tests.factories import make_user

MOST_MILLISECONDS = 50
APPROVALS, ENTRIES = 500, 5_000
SEEN = "SELECT target_id, newest_entries FROM commitments_targetrollup WHERE target_id = ANY(%s)"


def figures(scale: Scale) -> list[BenchFigure]:
    approvals, entries = scale.size(APPROVALS), scale.size(ENTRIES)
    return [
        _seen("entries one by one", partial(_record_slowly, count=scale.size(50)), review_required=False),
        _seen(
            f"bulk approval of {approvals} entries", partial(_approve, count=approvals), review_required=True
        ),
        _throughput(entries, scale),
    ]


def _seen(
    name: str, write: Callable[[list[Target], User], dict[int, float]], *, review_required: bool
) -> BenchFigure:
    """Measure from each entry's commit until the roll-up of its target rests on it."""
    plan = _plan(review_required=review_required)
    targets = list(Target.objects.filter(commitment__plan=plan).select_related("commitment__plan"))
    with processes.running(*processes.WORKER):
        processes.wait_for_worker()
        with _watching([target.pk for target in targets]) as seen:
            committed = write(targets, make_user())
            processes.wait_until_drained()
            time.sleep(0.1)
    waits = [(seen[entry] - at) * 1000 for entry, at in committed.items() if entry in seen]
    if len(waits) < len(committed) / 2:
        raise RuntimeError("too few entries were seen to say anything")
    return figure(
        f"from commit to roll-up, a worker running, {name}, median",
        statistics.median(waits),
        MOST_MILLISECONDS,
        goal=1,
        unit="ms",
    )


def _plan(*, review_required: bool) -> Plan:
    plan = make_large_plan(100, year=2080 + review_required)
    Plan.objects.filter(pk=plan.pk).update(review_required=review_required)
    drain()
    return plan


def _record_slowly(targets: list[Target], user: User, *, count: int) -> dict[int, float]:
    committed = {}
    for target in targets[:count]:
        entry = ledger.record(
            ProposedEntry(target=target, effective_on=DAY, value=Decimal(1)), by=user, at=clock.now()
        )
        committed[entry.pk] = time.monotonic()
        time.sleep(0.05)
    return committed


def _approve(targets: list[Target], user: User, *, count: int) -> dict[int, float]:
    """Record and approve entries."""
    # Each entry has a day of its own, so that the newest one of a target shows how far the roll-up is.
    entries = [
        ledger.record(
            ProposedEntry(
                target=targets[n % len(targets)],
                effective_on=date(2023, 6, 1 + n // len(targets)),
                value=Decimal(1),
            ),
            by=user,
            at=clock.now(),
        )
        for n in range(count)
    ]
    reviewer, committed = make_user(), {}
    for entry in entries:
        ledger.approve(entry=entry, by=reviewer, at=clock.now())
        committed[entry.pk] = time.monotonic()
    return committed


@contextmanager
def _watching(targets: list[int]) -> Iterator[dict[int, float]]:
    """Watch for the instant at which a roll-up first rests on each entry, on a connection of its own."""
    seen: dict[int, float] = {}
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(targets, seen, done))
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _watch(targets: list[int], seen: dict[int, float], done: threading.Event) -> None:
    with psycopg.connect(processes.environment()["DATABASE_URL"], autocommit=True) as link:
        while not done.wait(0.002):
            for _target, newest in link.execute(SEEN, [targets]).fetchall():
                for entry in newest:
                    seen.setdefault(entry, time.monotonic())


def _throughput(entries: int, scale: Scale) -> BenchFigure:
    """Compare one worker's code, which rolls up many entries at once, with the plain loop that recomputes for each."""
    plan = make_large_plan(100, year=2090)
    drain()
    targets, user = list(Target.objects.filter(commitment__plan=plan)), make_user()

    def start_over() -> None:
        execute("SET session_replication_role = replica")
        execute("TRUNCATE commitments_progressentry, commitments_stalemark CASCADE")
        execute("SET session_replication_role = DEFAULT")
        _write(targets, user, entries)
        settle()

    start_over()
    ours, plain = medians(drain, lambda: _each(targets, entries), rounds=scale.rounds(3), between=start_over)
    return figure(
        f"milliseconds to roll up {entries:,} entries on 100 targets, with coalescing against the plain loop",
        ours,
        plain,
        goal=1,
        unit="ms",
    )


def _write(targets: list[Target], user: User, entries: int) -> None:
    now = clock.now()
    ProgressEntry.objects.bulk_create(
        ProgressEntry(
            commitment_id=targets[n % len(targets)].commitment_id,
            target=targets[n % len(targets)],
            effective_on=DAY,
            value=1,
            recorded_by=user,
            recorded_at=now,
            counted_from=now,
        )
        for n in range(entries)
    )


def _each(targets: list[Target], entries: int) -> None:
    for n in range(entries):
        counted = ProgressEntry.objects.figures().counted().filter(target=targets[n % len(targets)])
        total = sum(value or 0 for value in counted.values_list("value", flat=True))
        TargetRollup.objects.filter(target=targets[n % len(targets)]).update(actual=total)
