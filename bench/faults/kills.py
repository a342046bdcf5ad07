"""Workers killed with -9 while entries keep coming."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Event

from django.db import connection

from bench import processes
from commitments import clock
from commitments.actions import ledger
from commitments.actions.proposals import ProposedEntry
from commitments.models import Plan, Target
from tests.factories import make_user


def kill_under_load(plan: Plan, *, kills: int, seed: int) -> int:
    """Kill a working worker again and again; return the number of entries acknowledged meanwhile."""
    # In the end one round of the sweeper does the work that no worker lived to do.
    chance, done = random.Random(seed), Event()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(_write_until, done, plan, chance)
        for _ in range(kills):
            worker = processes.start(*processes.WORKER)
            processes.wait_for_worker()
            time.sleep(chance.uniform(0.05, 0.5))
            processes.kill(worker)
        done.set()
        acknowledged = writing.result()
    with processes.running("manage.py", "sweep", "--once") as sweeper:
        sweeper.wait(timeout=processes.PATIENCE_SECONDS)
    return acknowledged


def _write_until(done: Event, plan: Plan, chance: random.Random) -> int:
    targets, user = (
        list(Target.objects.filter(commitment__plan=plan).select_related("commitment__plan")),
        make_user(),
    )
    written = 0
    try:
        while not done.is_set():
            day = date(2023, 1, 1) + timedelta(days=chance.randrange(270))
            value = Decimal(chance.randrange(1, 20))
            ledger.record(
                ProposedEntry(target=chance.choice(targets), effective_on=day, value=value),
                by=user,
                at=clock.now(),
            )
            written += 1
            time.sleep(0.005)
    finally:
        connection.close()
    return written
