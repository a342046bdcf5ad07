"""Counts of states are those that are stored."""

from datetime import date

import pytest

from commitments.domain.enums import Scope, Status
from commitments.models import CommitmentSupport, Plan, StatusCount
from commitments.rollups import read, refresh
from commitments.rollups.read.counts import place_in
from tests.factories import NOON, TODAY, make_agency, make_commitment, make_counted_entry, make_target
from tests.sql import statements

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("scope", Scope)
def test_they_have_the_shape_of_the_stored_ones(scope: Scope, plan: Plan) -> None:
    rows = StatusCount.objects.filter(plan=plan, scope=scope, commitments__gt=0)
    stored = {
        (place_in(scope, row.priority_id, row.section, row.agency_id), row.status): row.commitments
        for row in rows
    }
    counts = read.status_counts(read.state(read.of_plan(plan)), scope)
    counted = {
        (place, status): number
        for place, of_place in counts.items()
        for status, number in of_place.items()
        if number
    }
    assert counted == stored


def test_they_are_those_of_the_day(plan: Plan) -> None:
    states = read.state(read.of_plan(plan), read.AsOf(plan, date(2023, 3, 1)))
    counts = read.status_counts(states)
    assert (counts[None][Status.NO_DATA], counts[None][Status.OFF_TRACK]) == (1, 0)


def test_what_is_not_judged_is_not_counted(plan: Plan) -> None:
    make_commitment(plan)
    assert sum(read.status_counts(read.state(read.of_plan(plan)))[None].values()) == 2


def test_supporting_agencies_are_not_asked_for_row_by_row(plan: Plan) -> None:
    states = read.state(read.of_plan(plan).prefetch_related("support"), read.AsOf(plan, TODAY))
    with statements() as none:
        read.status_counts(states, Scope.SUPPORT)
    assert none == []
