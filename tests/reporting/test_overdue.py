"""Reports owed now; pending entries are taken as reported."""

from datetime import date, timedelta
from typing import Any

import pytest

from commitments.actions import ledger
from commitments.domain.enums import Accumulation, DutyState, Goal, Lifecycle, TargetKind, TrajectoryKind
from commitments.models import CommitmentRollup, Target
from commitments.reporting.overdue import overdue, owed, owing_targets
from commitments.rollups import refresh
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_rule_set,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db

JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
INCREMENTS: dict[str, Any] = {"accumulation": Accumulation.INCREMENTS, "starts_on": date(2023, 7, 1)}
GROWTH: dict[str, Any] = {
    "kind": TargetKind.GROWTH_RATE,
    "accumulation": Accumulation.LEVEL,
    "goal": Goal.FINAL,
    "trajectory": TrajectoryKind.HOLD,
}
MARCH = NOON.replace(month=3, day=6)
SEPTEMBER = NOON.replace(day=5)


def judged(target: Target, at: Any = NOON) -> CommitmentRollup:
    refresh.rebuild_plan(target.commitment.plan, at=at)
    return CommitmentRollup.objects.get(commitment=target.commitment_id)


def state(target: Target, at: Any = NOON) -> str | None:
    return judged(target, at).report_state


def test_what_nobody_reported_is_late() -> None:
    assert state(make_target()) == DutyState.LATE


def test_what_waits_for_review_is_not_owed() -> None:
    target = make_target()
    make_entry(target, 5, AUGUST)
    assert state(target) == DutyState.IN_REVIEW


def test_a_waiting_total_of_a_later_month_settles_the_earlier_ones() -> None:
    target = make_target()
    make_entry(target, 5)
    assert state(target) == DutyState.IN_REVIEW


def test_a_waiting_amount_settles_its_own_month_alone() -> None:
    target = make_target(**INCREMENTS)
    make_entry(target, 5, AUGUST)
    assert state(target) == DutyState.LATE


def test_a_waiting_amount_that_includes_all_before_settles_them() -> None:
    target = make_target(**INCREMENTS)
    make_entry(target, 5, AUGUST, includes_earlier=True)
    assert state(target) == DutyState.IN_REVIEW


def test_months_that_count_and_months_that_wait_settle_together() -> None:
    target = make_target(**INCREMENTS)
    make_counted_entry(target, 5, JULY)
    make_entry(target, 5, AUGUST)
    assert state(target) == DutyState.IN_REVIEW


def test_who_has_reported_the_late_month_is_late_no_more() -> None:
    """Report July late and leave August open, which is awaited until the 11th."""
    target = make_target(**INCREMENTS)
    make_entry(target, 5, JULY, at=SEPTEMBER)
    assert state(target, SEPTEMBER) == DutyState.DUE
    assert not overdue().exists()


def test_official_statistics_of_january_that_wait_settle_february() -> None:
    target = make_target(**GROWTH)
    make_entry(target, 5, date(2023, 1, 31), at=MARCH)
    assert state(target, MARCH) == DutyState.IN_REVIEW


def test_a_stage_that_waits_is_not_owed() -> None:
    target = make_staged_target(make_commitment(), AUGUST)
    make_entry(target, 1, AUGUST, milestone=target.milestones.first())
    assert state(target) == DutyState.IN_REVIEW


def test_another_stage_is_owed_still() -> None:
    target = make_staged_target(make_commitment(), JULY, AUGUST)
    make_entry(target, 1, AUGUST, milestone=target.milestones.last())
    assert state(target) == DutyState.LATE


def test_nothing_is_owed_of_a_draft_or_of_what_was_dropped() -> None:
    draft = make_target(make_commitment(make_plan(published_at=None, code="draft")))
    dropped = make_target(
        make_commitment(
            make_plan(), lifecycle=Lifecycle.DROPPED, dropped_on=NOON.date() + timedelta(days=5),
            dropped_authority="会议", dropped_reason="调整",
        )
    )  # fmt: skip
    assert (state(draft), state(dropped)) == (DutyState.LATE, DutyState.NOT_DUE)
    assert not owed().exists()


def test_it_is_told_since_when_a_report_is_owed() -> None:
    amounts = make_target(**INCREMENTS)
    make_counted_entry(amounts, 5, AUGUST)
    found = judged(amounts)
    assert (found.report_state, found.report_since) == (DutyState.LATE, JULY)


OCTOBER, DECEMBER = NOON.replace(month=10), NOON.replace(month=12)


def test_after_a_lowering_reports_are_owed_from_the_period_after_it_counted() -> None:
    plan = make_plan(rule_set=make_rule_set(method=2, near_units=1))
    target = make_target(make_commitment(plan))
    make_counted_entry(target, 80, JULY, at=SEPTEMBER)
    make_counted_entry(target, 60, AUGUST, at=OCTOBER)
    make_entry(target, 61, date(2023, 9, 20), at=DECEMBER)
    found = judged(target, DECEMBER)
    assert (found.report_state, found.report_since) == (DutyState.LATE, date(2023, 11, 30))


def test_only_what_is_asked_about_is_told() -> None:
    target = make_target()
    state(target)
    assert not owed(CommitmentRollup.objects.none()).exists()


def test_the_targets_that_owe_are_named_the_oldest_first() -> None:
    commitment = make_commitment()
    amounts = make_target(commitment, **INCREMENTS)
    total = make_target(commitment, code="B")
    state(amounts)
    [found] = owing_targets(CommitmentRollup.objects.all()).values()
    assert [each.target for each in found] == [total, amounts]


def test_a_target_that_is_late_is_named_before_an_older_return() -> None:
    """The first one is the worst, as that of the commitment: its line names this target and that day."""
    commitment = make_commitment()
    amounts = make_target(commitment, **INCREMENTS)
    make_counted_entry(amounts, 5, AUGUST)
    ledger.return_(entry=make_entry(amounts, 5, JULY), reason="缺佐证", by=make_user(), at=NOON)
    total = make_target(commitment, code="B", starts_on=date(2023, 8, 1))
    since = judged(amounts).report_since
    [found] = owing_targets(CommitmentRollup.objects.all()).values()
    assert [each.target for each in found] == [total, amounts]
    assert found[0].report_since == since
