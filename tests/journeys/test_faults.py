"""Real workers, a real broker, real kills. `make drill` runs the same for longer."""

import pytest

from bench.faults.contention import hot_plan
from bench.faults.kills import kill_under_load
from commitments import clock
from commitments.models import ProgressEntry, StaleMark
from tests.rollups.at_rest import differences


@pytest.mark.django_db(transaction=True)
def test_killing_the_worker_loses_and_doubles_nothing() -> None:
    plan = hot_plan(targets=3)
    acknowledged = kill_under_load(plan, kills=2, seed=1)
    assert ProgressEntry.objects.count() == acknowledged
    assert not StaleMark.objects.exists()
    assert differences(clock.now()) == []
