"""A past day, as known now and as known then."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db.models import Model

from commitments.domain.enums import Scope, Status
from commitments.models import Commitment, CommitmentRollup, CommitmentSupport, Plan, TargetRollup
from commitments.rollups import past, read, refresh
from commitments.rollups.audit.recount import Batch, Fields, Moment
from commitments.rollups.batches import all_of
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_target,
)
from tests.rollups.lives import FIRST, Life
from tests.sql import statements

pytestmark = pytest.mark.django_db


def columns(row: Model) -> dict[str, Any]:
    """But for when it was written."""
    names = {field.attname for field in row._meta.concrete_fields} - {"assessed_at"}
    return {name: getattr(row, name) for name in names}


def shown(found: list[Commitment]) -> list[Any]:
    return [
        (
            commitment.code,
            columns(commitment.rollup),
            [columns(target.rollup) for target in commitment.targets.all() if hasattr(target, "rollup")],
        )
        for commitment in found
        if hasattr(commitment, "rollup")
    ]


def moments(life: Life, days: int) -> list[tuple[date, datetime | None]]:
    """Pairs of both clocks, on either side of each other."""
    found: list[tuple[date, datetime | None]] = []
    for _ in range(12):
        on = FIRST + timedelta(days=life.chance.randrange(days))
        known = FIRST + timedelta(days=life.chance.randrange(days))
        found += [(on, None), (on, life.at(known, time(life.chance.randrange(24))))]
    return [*found, (FIRST, life.at(FIRST - timedelta(days=9), time.min))]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("untold", [False, True])
def test_both_clocks_are_read_as_the_domain_defines_them(seed: int, *, untold: bool) -> None:
    life = Life(seed, untold=untold)
    last = list(life.live(20, events=8))[-1]
    while refresh.drain(clock=lambda: life.at(last, time.max)):
        pass
    plan = Plan.objects.get(pk=life.plan.pk)
    batch = Batch(plan, all_of(plan))
    for on, known_at in moments(life, 20):
        verdicts = past.verdicts(plan, on=on, known_at=known_at)
        there = [each for each in batch.commitments if not known_at or batch.knows(each, known_at)]
        assert not known_at or len(there) == len(batch.commitments) - sum(
            at > known_at for at in life.added.values()
        )
        judged = {commitment.pk: batch.judge(commitment, Moment(on, known_at)) for commitment in there}
        assert verdicts.commitments.keys() == judged.keys()
        assert verdicts.targets.keys() == {target for each in judged.values() for target in each.targets}
        for commitment, each in judged.items():
            agrees(verdicts.commitments[commitment], each.commitment)
            for target, fields in each.targets.items():
                agrees(verdicts.targets[target], fields)


def agrees(row: Model, fields: Fields) -> None:
    assert {name: getattr(row, name) for name in fields} == fields


def test_what_was_known_at_an_instant_never_changes() -> None:
    life = Life(7)
    told: dict[tuple[date, datetime | None], list[Any]] = {}
    for day in life.live(21, events=8):
        if day == FIRST + timedelta(days=7):
            told = {
                (on, known_at): shown(past.commitments(life.plan, on=on, known_at=known_at))
                for on, known_at in moments(life, 7)
                if known_at
            }
    for (on, known_at), before in told.items():
        assert shown(past.commitments(life.plan, on=on, known_at=known_at)) == before


@pytest.fixture
def plan() -> Plan:
    """Two commitments, the first with two targets and a supporting agency."""
    target = make_target()
    make_counted_entry(target, 33)
    make_target(target.commitment, code="B")
    CommitmentSupport.objects.create(commitment=target.commitment, agency=make_agency())
    make_commitment(target.commitment.plan)
    refresh.drain(clock=lambda: NOON)
    return target.commitment.plan


def test_today_is_what_is_stored(plan: Plan) -> None:
    assert shown(past.commitments(plan, on=TODAY)) == shown(list(read.commitments(plan)))


def test_nothing_is_asked_for_row_by_row(plan: Plan) -> None:
    with statements() as few:
        found = past.commitments(plan, on=TODAY)
    with statements() as none:
        assert [t.rollup.rule_set.version for c in found for t in c.targets.all()] == ["1.0", "1.0"]
        assert [str(c.priority) and str(c.lead_agency) and c.plan.code for c in found]
    assert none == []
    for _ in range(5):
        make_counted_entry(make_target(make_commitment(plan)), 5)
    refresh.drain(clock=lambda: NOON)
    with statements() as many:
        past.commitments(plan, on=TODAY)
    assert len(many) == len(few)


def test_an_empty_plan_has_no_verdicts() -> None:
    assert past.commitments(make_plan(), on=TODAY) == []


def test_nothing_is_stored(plan: Plan) -> None:
    before = [list(table.objects.values()) for table in (TargetRollup, CommitmentRollup)]
    past.commitments(plan, on=date(2023, 3, 1))
    assert [list(table.objects.values()) for table in (TargetRollup, CommitmentRollup)] == before


@pytest.mark.parametrize("scope", Scope)
def test_counts_have_the_shape_of_the_stored_ones(scope: Scope, plan: Plan) -> None:
    counts = past.status_counts(past.commitments(plan, on=TODAY), scope)
    assert counts == read.status_counts(plan, scope)


def test_counts_are_those_of_the_day(plan: Plan) -> None:
    counts = past.status_counts(past.commitments(plan, on=date(2023, 3, 1)))
    assert (counts[None][Status.NO_DATA], counts[None][Status.OFF_TRACK]) == (1, 0)


def test_what_was_added_meanwhile_shows_no_verdict(plan: Plan) -> None:
    verdicts = past.verdicts(plan, on=TODAY)
    late = make_commitment(plan)
    make_target(late)
    found = list(read.commitments(plan))
    verdicts.attach(found)
    with statements() as none:
        assert [hasattr(c, "rollup") for c in found] == [True, True, False]
        assert not hasattr(found[-1].targets.all()[0], "rollup")
    assert none == []
    assert sum(past.status_counts(found)[None].values()) == 2


@pytest.mark.parametrize("day", [date(2022, 12, 31), TODAY + timedelta(days=1)])
def test_a_day_before_the_plan_or_after_today_is_refused(day: date) -> None:
    with pytest.raises(past.NoSuchDayError, match="2023-01-01.*2023-09-28"):
        past.check_day(make_plan(), day, today=TODAY)


@pytest.mark.parametrize("day", [date(2023, 1, 1), TODAY])
def test_the_plans_first_day_and_today_are_fine(day: date) -> None:
    past.check_day(make_plan(), day, today=TODAY)
