"""Many writers and several drainers at once: at rest, every roll-up agrees with the ledger.

`make drill` runs the same for a hundred rounds.
"""

from datetime import datetime

import pytest

from bench.faults.contention import contend, hot_plan
from commitments.models import ProgressEntry
from tests.factories import NOON
from tests.rollups.at_rest import differences


def noon() -> datetime:
    return NOON


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_and_drainers_leave_nothing_stale() -> None:
    plan = hot_plan(targets=3)
    acknowledged = sum(contend(plan, writers=32, drainers=4, clock=noon, seed=seed) for seed in range(3))
    assert ProgressEntry.objects.count() == acknowledged
    assert differences(NOON) == []
