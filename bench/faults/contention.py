"""Writers that all want the same few targets, while drainers recompute them."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Event

from django.db import connection

from commitments.actions import ledger
from commitments.actions.proposals import ProposedEntry
from commitments.domain.enums import Accumulation
from commitments.models import Plan, Target, User
from commitments.rollups import refresh
from tests.factories import make_commitment, make_plan, make_target, make_user

ENTRIES_OF_A_WRITER = 3


def hot_plan(*, targets: int) -> Plan:
    """Make a plan without review, with targets that add increments up."""
    # A lost or doubled entry then shows in the sum.
    plan = make_plan(review_required=False)
    for _ in range(targets):
        make_target(make_commitment(plan), accumulation=Accumulation.INCREMENTS, value=Decimal(100_000))
    return plan


def contend(plan: Plan, *, writers: int, drainers: int, clock: Callable[[], datetime], seed: int) -> int:
    """Run one round until no mark is left; return the number of acknowledged entries."""
    targets = list(Target.objects.filter(commitment__plan=plan).select_related("commitment__plan"))
    user = make_user()
    done = Event()
    with ThreadPoolExecutor(writers) as writing, ThreadPoolExecutor(drainers) as draining:
        drains = [draining.submit(_drain_until, done, clock) for _ in range(drainers)]
        writes = [
            writing.submit(_write, targets, user, clock(), random.Random(seed * 1000 + n))
            for n in range(writers)
        ]
        acknowledged = sum(write.result() for write in writes)
        done.set()
        for drain in drains:
            drain.result()
    return acknowledged


def _write(targets: list[Target], user: User, at: datetime, chance: random.Random) -> int:
    try:
        for _ in range(ENTRIES_OF_A_WRITER):
            day = date(2023, 1, 1) + timedelta(days=chance.randrange(270))
            value = Decimal(chance.randrange(1, 20))
            ledger.record(
                ProposedEntry(target=chance.choice(targets), effective_on=day, value=value), by=user, at=at
            )
    finally:
        connection.close()
    return ENTRIES_OF_A_WRITER


def _drain_until(done: Event, clock: Callable[[], datetime]) -> None:
    """Drain while there are writers, and then until no mark is left."""
    try:
        while refresh.drain(clock=clock, limit=7) or not done.is_set():
            pass
    finally:
        connection.close()
