"""The state of now and of a past day, as known now and as known then."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

import pytest

from commitments.domain.enums import DutyState
from commitments.models import CommitmentRollup, CommitmentSupport, Plan, TargetRollup
from commitments.rollups import read, refresh
from commitments.rollups.audit.counted_entries import AuditMoment
from commitments.rollups.audit.recount import AuditBatch, Fields, RecountedVerdicts
from commitments.rollups.batches import list_ids
from commitments.rollups.snapshots import end_of
from commitments.states import CommitmentJudgement, CommitmentState, TargetJudgement
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

REPORTS = ("freshness", "report_state", "report_since", "report_due_on")
pytestmark = pytest.mark.django_db


def shown(states: list[CommitmentState]) -> list[Any]:
    """Return the states without the instant when they were written."""
    return [
        (
            state.commitment.code,
            replace(state.verdict, assessed_at=None),
            [each.verdict for each in state.targets if each.verdict],
        )
        for state in states
        if state.verdict
    ]


def past(plan: Plan, on: date, known_at: datetime | None = None) -> list[CommitmentState]:
    return read.state(read.of_plan(plan), read.AsOf(plan, on, known_at))


def moments(life: Life, days: int) -> list[tuple[date, datetime | None]]:
    """Return pairs of both clocks, on either side of each other."""
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
    batch = AuditBatch(plan, list_ids(plan))
    for on, known_at in moments(life, 20):
        verdicts = read.AsOf(plan, on, known_at).verdicts
        there = [each for each in batch.commitments if not known_at or batch.knows(each, known_at)]
        assert not known_at or len(there) == len(batch.commitments) - sum(
            at > known_at for at in life.added.values()
        )
        judged = {commitment.pk: batch.judge(commitment, AuditMoment(on, known_at)) for commitment in there}
        assert verdicts.commitments.keys() == judged.keys()
        assert verdicts.targets.keys() == {target for each in judged.values() for target in each.targets}
        day_ends = end_of(on, plan.time_zone)
        by = min(day_ends, known_at or day_ends)
        then = {each.pk: batch.judge(each, AuditMoment(on, by)) for each in there if batch.knows(each, by)}
        for commitment, each in judged.items():
            of_day = then.get(commitment, RecountedVerdicts({}, {}))
            agrees(verdicts.commitments[commitment], each.commitment, of_day.commitment)
            for target, fields in each.targets.items():
                agrees(verdicts.targets[target], fields, of_day.targets.get(target, {}))


def agrees(verdict: CommitmentJudgement | TargetJudgement, fields: Fields, of_day: Fields) -> None:
    """Compare all columns; the state of reports is a fact of the day."""
    expected = fields | {name: of_day[name] for name in REPORTS if of_day}
    if not of_day:
        expected |= {"report_state": DutyState.NOT_DUE, "report_since": None, "report_due_on": None}
        expected["freshness"] = "current"
    # Without a target, now or then, a commitment says nothing at all while nothing is due.
    if "decided_by_id" in fields:
        expected.pop("freshness")
    paths = {name: "rule_set.version" if name == "rule_set_id" else name for name in expected}
    assert {name: attrgetter(path)(verdict) for name, path in paths.items()} == expected


def test_what_was_known_at_an_instant_never_changes() -> None:
    life = Life(7)
    told: dict[tuple[date, datetime | None], list[Any]] = {}
    for day in life.live(21, events=8):
        if day == FIRST + timedelta(days=7):
            told = {
                (on, known_at): shown(past(life.plan, on, known_at))
                for on, known_at in moments(life, 7)
                if known_at
            }
    for (on, known_at), before in told.items():
        assert shown(past(life.plan, on, known_at)) == before


@pytest.fixture
def plan() -> Plan:
    """Make two commitments, the first with two targets and a supporting agency."""
    target = make_target()
    make_counted_entry(target, 33)
    make_target(target.commitment, code="B")
    CommitmentSupport.objects.create(commitment=target.commitment, agency=make_agency())
    make_commitment(target.commitment.plan)
    refresh.drain(clock=lambda: NOON)
    return target.commitment.plan


def test_today_is_what_is_stored(plan: Plan) -> None:
    assert shown(past(plan, TODAY)) == shown(read.state(read.of_plan(plan)))


def test_nothing_is_asked_for_row_by_row(plan: Plan) -> None:
    with statements() as few:
        states = past(plan, TODAY)
    with statements() as none:
        verdicts = [each.verdict for state in states for each in state.targets if each.verdict]
        assert [verdict.rule_set.version for verdict in verdicts] == ["1.0", "1.0"]
        assert [
            str(c.priority) and str(c.lead_agency) and c.plan.code for c in (s.commitment for s in states)
        ]
    assert none == []
    for _ in range(5):
        make_counted_entry(make_target(make_commitment(plan)), 5)
    refresh.drain(clock=lambda: NOON)
    with statements() as many:
        past(plan, TODAY)
    assert len(many) == len(few)


def test_now_takes_two_queries_at_any_size(plan: Plan) -> None:
    with statements() as sent:
        states = read.state(read.of_plan(plan))
        assert all(
            each.target.commitment.plan and each.baseline is None for s in states for each in s.targets
        )
    assert len(sent) == 2


def test_of_a_page_only_its_rows_are_read(plan: Plan) -> None:
    every = read.state(read.of_plan(plan))
    assert read.state(read.of_plan(plan), read.NOW, slice(1, 2)) == every[1:]


def test_an_empty_plan_has_no_verdicts() -> None:
    assert past(make_plan(), TODAY) == []


def test_nothing_is_stored(plan: Plan) -> None:
    before = [list(table.objects.values()) for table in (TargetRollup, CommitmentRollup)]
    past(plan, date(2023, 3, 1))
    assert [list(table.objects.values()) for table in (TargetRollup, CommitmentRollup)] == before


def test_what_was_added_meanwhile_shows_no_verdict(plan: Plan) -> None:
    moment = read.AsOf(plan, TODAY)
    assert len(moment.verdicts.commitments) == 2
    make_target(make_commitment(plan))
    state = read.state(read.of_plan(plan), moment)[-1]
    assert (state.verdict, state.status, state.targets[0].verdict) == (None, "", None)


@pytest.mark.parametrize("day", [date(2022, 12, 31), TODAY + timedelta(days=1)])
def test_a_day_before_the_plan_or_after_today_is_refused(day: date) -> None:
    with pytest.raises(read.NoSuchDayError, match="2023-01-01.*2023-09-28"):
        read.check_day(make_plan(), day, today=TODAY)


@pytest.mark.parametrize("day", [date(2023, 1, 1), TODAY])
def test_the_plans_first_day_and_today_are_fine(day: date) -> None:
    read.check_day(make_plan(), day, today=TODAY)
