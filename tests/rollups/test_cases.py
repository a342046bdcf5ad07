"""The SQL reads any ledger as the domain defines it."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

import pytest
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH

from commitments.actions import ledger
from commitments.domain.enums import Accumulation, Goal, TrajectoryKind
from commitments.domain.targets import RATIOS
from commitments.models import Commitment, Milestone, Plan, ProgressEntry, StaleMark, Target, TargetRollup
from commitments.rollups import cases, judge, refresh
from commitments.rollups.batches import batches
from commitments.rollups.sql.cases import DAYS_NOW, DUE_DATES_NOW, READ_NOW, REPORTS_NOW
from commitments.rollups.store import STATEMENTS
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.rollups.at_rest import differences

KINDS: dict[str, dict[str, Any]] = {
    "increments": {"accumulation": Accumulation.INCREMENTS},
    "increments at most": {
        "accumulation": Accumulation.INCREMENTS,
        "direction": "at_most",
        "comparator": "<=",
        "goal": Goal.MAINTAIN,
        "trajectory": TrajectoryKind.HOLD,
    },
    "ratio": {"accumulation": Accumulation.RATIO, "goal": Goal.FINAL, "trajectory": TrajectoryKind.HOLD},
    "ratio to date": {
        "accumulation": Accumulation.RUNNING_RATIO,
        "goal": Goal.MAINTAIN,
        "trajectory": TrajectoryKind.HOLD,
    },
    "ratio kept": {
        "accumulation": Accumulation.RATIO,
        "goal": Goal.MAINTAIN,
        "trajectory": TrajectoryKind.HOLD,
    },
    "running total": {"accumulation": Accumulation.RUNNING_TOTAL},
    "level above": {"accumulation": Accumulation.LEVEL, "comparator": ">"},
    "level below": {"accumulation": Accumulation.LEVEL, "direction": "at_most", "comparator": "<"},
    "floor": {"accumulation": Accumulation.LEVEL, "goal": Goal.MAINTAIN, "trajectory": TrajectoryKind.HOLD},
    "final": {"accumulation": Accumulation.LEVEL, "goal": Goal.FINAL, "trajectory": TrajectoryKind.HOLD},
}


def _value(target: Target, chance: Random) -> Decimal:
    """Draw a value; increments are never negative, since the ledger takes none."""
    lowest = 0 if target.accumulation == Accumulation.INCREMENTS else -10
    return Decimal(chance.randrange(lowest, 90))


def fill(target: Target, chance: Random) -> None:
    """Record counted, pending and ended entries on few days, so that days have several."""
    user = make_user()
    milestones: list[Milestone | None] = list(target.milestones.all())
    for milestone in milestones or [None] * chance.randrange(12):
        ProgressEntry.objects.create(
            commitment=target.commitment,
            target=target,
            milestone=milestone,
            effective_on=TODAY - timedelta(days=13 * chance.randrange(-1, 14)),
            value=Decimal(1) if milestone else _value(target, chance),
            denominator=chance.randrange(1, 90) if target.accumulation in RATIOS else None,
            recorded_by=user,
            recorded_at=NOON,
            counted_from=chance.choice([NOON, NOON, None]),
            counted_until=chance.choice([None, None, NOON]),
        )


def _plan_of_every_kind(chance: Random) -> Plan:
    """Make a plan with half of its targets due on a day that may have a reading."""
    plan = make_plan()
    for given in KINDS.values():
        due_on = TODAY - timedelta(days=13 * chance.randrange(14))
        of_half = {"due_on": due_on} if chance.random() < 0.5 else {}
        value = Decimal(chance.randrange(1, 80))
        fill(make_target(make_commitment(plan), value=value, **given, **of_half), chance)
    staged = [date(2023, 3, 31), date(2023, 6, 30), date(2023, 12, 31), TODAY]
    fill(make_staged_target(make_commitment(plan), *staged), chance)
    return plan


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_every_kind_of_ledger_is_read_as_defined(seed: int) -> None:
    _plan_of_every_kind(Random(seed))
    refresh.drain(clock=lambda: NOON)
    assert differences(NOON) == []


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 4, 9])
def test_a_plan_of_many_batches_is_judged_as_defined(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(judge, "batches", partial(batches, size=size))
    plan = _plan_of_every_kind(Random(size))
    # A plan is rebuilt whether marks wait or not, but the comparison wants none.
    StaleMark.objects.all().delete()
    refresh.rebuild_plan(plan, at=NOON)
    assert differences(NOON) == []


@pytest.mark.django_db
def test_an_empty_batch_ends_nothing() -> None:
    targets = [make_target(make_commitment(plan)) for plan in [make_plan()] for _ in range(2)]
    one, two = ([target.commitment_id] for target in targets)
    assert [[case.id for case in found] for found in cases.read_in_turn([one, [], two], TODAY)] == [one, two]


@pytest.mark.django_db
@pytest.mark.parametrize("accumulation", ["increments", "running_total"])
def test_a_jump_in_many_pieces_is_flagged_as_long_as_it_counts(accumulation: str) -> None:
    target = make_target(value=Decimal(100), accumulation=accumulation, due_on=TODAY - timedelta(days=9))
    values = [6] * 6 if accumulation == "increments" else [6, 12, 18, 24, 30, 36]
    entries = [make_counted_entry(target, value, target.due_on) for value in values]
    for later in range(1, 5):
        make_counted_entry(target, 40 + later, target.due_on + timedelta(days=later))
    refresh.drain(clock=lambda: NOON)
    assert "last_day_jump" in TargetRollup.objects.get().flags
    ledger.withdraw(entry=entries[-1], reason="误报", by=make_user(), at=NOON)
    refresh.drain(clock=lambda: NOON)
    assert "last_day_jump" not in TargetRollup.objects.get().flags
    [known] = cases.read([target.commitment_id], TODAY, NOON - timedelta(seconds=1))[0].targets
    assert known.standing.added_at_last is None


@pytest.mark.django_db
def test_a_commitment_deleted_meanwhile_is_said_to_be_gone() -> None:
    with pytest.raises(Commitment.DoesNotExist):
        cases.read([2**40], TODAY)


@pytest.mark.django_db
def test_a_commitment_deleted_before_its_reports_are_read_is_said_to_be_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cases, "REPORTS_NOW", REPORTS_NOW.replace("%(first)s", "0 * %(first)s"))
    with pytest.raises(Commitment.DoesNotExist):
        cases.read([make_target().commitment_id], TODAY)


@pytest.mark.parametrize("statement", [READ_NOW, DAYS_NOW, DUE_DATES_NOW, *STATEMENTS.values()])
def test_the_statements_of_a_roll_up_are_short_enough_for_psycopg_to_know_them_again(statement: str) -> None:
    assert len(statement) <= MAX_CACHED_STATEMENT_LENGTH
