"""Movements between the verdicts of two moments."""

from datetime import date

import pytest

from commitments.domain.enums import Reason, Status
from commitments.models import Plan, Target, TargetSnapshot
from commitments.rollups import read, refresh, snapshots
from tests.factories import NOON, make_commitment, make_counted_entry, make_target

pytestmark = pytest.mark.django_db
SINCE = date(2023, 9, 24)


@pytest.fixture
def target() -> Target:
    """Make a target silent until `SINCE`, which is kept; reached since."""
    target = make_target()
    snapshots.write(target.commitment.plan, on=SINCE)
    make_counted_entry(target, 76)
    refresh.drain(clock=lambda: NOON)
    return target


def since(plan: Plan) -> list[read.Movement]:
    return read.movements(read.state(read.of_plan(plan)), read.kept(plan, SINCE))


def test_a_movement_has_the_verdicts_of_both_sides(target: Target) -> None:
    [movement] = since(target.commitment.plan)
    now = movement.now.verdict
    assert now
    assert (movement.before.status, now.status) == (Status.NO_DATA, Status.ACHIEVED)
    assert (movement.before.reason, now.reason) == (Reason.NOTHING_REPORTED, Reason.REACHED_IN_TIME)
    assert movement.decided_before
    decider, verdict = movement.decided_before
    assert (decider, verdict.assessed_on, verdict.actual) == (target, SINCE, None)


def test_nothing_moved_since_a_day_that_was_not_kept(target: Target) -> None:
    TargetSnapshot.objects.all().delete()
    plan = target.commitment.plan
    plan.commitments.get().snapshots.all().delete()
    assert since(plan) == []


def test_nor_what_was_not_there_then_or_is_not_judged_now(target: Target) -> None:
    make_counted_entry(make_target(make_commitment(target.commitment.plan)), 76)
    refresh.drain(clock=lambda: NOON)
    make_commitment(target.commitment.plan)
    assert [movement.now.commitment.pk for movement in since(target.commitment.plan)] == [
        target.commitment_id
    ]


def test_what_had_decided_and_is_gone_is_not_named(target: Target) -> None:
    commitment = make_commitment(target.commitment.plan)
    gone = make_target(commitment)
    snapshots.write(commitment.plan, on=SINCE)
    gone.delete()
    make_counted_entry(make_target(commitment), 76)
    refresh.drain(clock=lambda: NOON)
    named = {movement.now.commitment.pk: movement.decided_before for movement in since(commitment.plan)}
    assert named[commitment.pk] is None
    assert named[target.commitment_id]
