"""The comparison used by other tests misses neither a wrong roll-up, nor an old one, nor one that waits."""

from datetime import timedelta

import pytest

from commitments.models import CommitmentRollup, TargetRollup
from commitments.rollups import refresh
from tests.factories import NOON, TODAY, make_counted_entry, make_target

from .at_rest import differences

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def rolled_up() -> None:
    make_counted_entry(make_target(), 20)
    refresh.drain(clock=lambda: NOON)


def test_sound_rollups_do_not_differ() -> None:
    assert differences(NOON) == []


def test_a_wrong_rollup_differs() -> None:
    TargetRollup.objects.update(actual=21)
    assert len(differences(NOON)) == 1


def test_a_rollup_that_waits_differs() -> None:
    make_counted_entry(TargetRollup.objects.get().target, 30)
    assert differences(NOON) == ["610302-2023: 1 commitments wait"]


def test_rollups_of_another_day_differ() -> None:
    refresh.rebuild_plan(TargetRollup.objects.get().target.commitment.plan, at=NOON - timedelta(days=1))
    assert {rollup.assessed_on for rollup in CommitmentRollup.objects.all()} == {YESTERDAY}
    assert [words[-10:] for words in differences(NOON)] == [str(YESTERDAY)] * 2
