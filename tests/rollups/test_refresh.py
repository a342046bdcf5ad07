"""Marks, recomputation and counts, against a real PostgreSQL."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from commitments.actions import ledger
from commitments.domain.enums import Freshness, Lifecycle, Reason, Scope, Status, Tier
from commitments.models import (
    Baseline,
    Commitment,
    CommitmentRollup,
    CommitmentSnapshot,
    DailyRun,
    Milestone,
    Plan,
    StaleMark,
    StatusCount,
    Target,
    TargetMonth,
    TargetRevision,
    TargetRollup,
)
from commitments.rollups import audit, marks, refresh
from commitments.rollups.assess import assess_commitments
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_plan,
    make_rule_set,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
STATEMENTS = 6  # of one recomputation


def noon() -> datetime:
    return NOON


def drained(target: Target) -> TargetRollup:
    while refresh.drain(clock=noon):
        pass
    return TargetRollup.objects.get(target=target)


def test_a_counted_entry_reaches_the_rollup() -> None:
    target = make_target()
    make_counted_entry(target, 60)
    assert drained(target).actual == 60


def test_a_pending_entry_does_not_move_the_rollup() -> None:
    target = make_target()
    make_entry(target, 60)
    assert drained(target).actual is None


def test_a_rollup_says_what_was_planned_and_why() -> None:
    target = make_target()
    make_counted_entry(target, 33)
    rollup = drained(target)
    assert (rollup.planned, rollup.gap, rollup.status, rollup.reason) == (
        Decimal("56.3736"),
        Decimal("-30.75"),
        Status.OFF_TRACK,
        Reason.FAR_BEHIND,
    )


def test_increments_add_up() -> None:
    target = make_target(accumulation="increments")
    make_counted_entry(target, 20, date(2023, 3, 31))
    make_counted_entry(target, 22, date(2023, 6, 30))
    assert drained(target).actual == 42


def test_a_running_total_is_its_latest_reading() -> None:
    target = make_target()
    make_counted_entry(target, 42, date(2023, 6, 30))
    make_counted_entry(target, 20, date(2023, 3, 31))
    assert drained(target).actual == 42


def test_done_milestones_add_their_weights() -> None:
    target = make_staged_target(None, date(2023, 6, 30), date(2023, 12, 31))
    make_counted_entry(target, 1, date(2023, 6, 1), milestone=target.milestones.get(position=1))
    assert drained(target).actual == 50


def test_a_correction_replaces_and_a_withdrawal_removes() -> None:
    target, officer = make_target(), make_user()
    first = make_counted_entry(target, 33)
    second = make_correction(first, 44, TODAY)
    ledger.approve(entry=second, by=officer, at=NOON)
    assert drained(target).actual == 44
    ledger.withdraw(entry=second, reason="误报", by=officer, at=NOON)
    assert drained(target).actual is None


def test_every_way_of_writing_leaves_a_mark() -> None:
    target = make_target()
    milestone = Milestone.objects.create(
        target=target, position=1, title="一", title_en="One", due_on=TODAY, weight=10
    )
    drained(target)
    Target.objects.filter(pk=target.pk).update(value=80)
    Milestone.objects.filter(pk=milestone.pk).delete()
    Plan.objects.update(reporting_due_day=10)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO commitments_progressentry (commitment_id, target_id, effective_on, value, progress,"
            " problems, next_steps, recorded_by_id, recorded_at, is_sample, counted_from)"
            " VALUES (%s, %s, '2023-09-01', 5, '', '', '', %s, now(), false, now())",
            [target.commitment_id, target.pk, make_user().pk],
        )
    assert StaleMark.objects.filter(commitment=target.commitment).count() == 4


def test_many_marks_of_one_commitment_are_one_recomputation() -> None:
    target = make_target()
    for value in range(5):
        make_counted_entry(target, value)
    assert refresh.drain(clock=noon) == 1


def test_a_mark_of_a_deleted_commitment_is_dropped() -> None:
    StaleMark.objects.create(commitment_id=999_999)
    refresh.drain(clock=noon)
    assert not StaleMark.objects.exists()


def test_marks_beyond_the_batch_wait_for_the_next() -> None:
    plan = make_plan()
    make_commitment(plan)
    make_commitment(plan)
    assert refresh.drain(clock=noon, limit=1) == 1
    assert StaleMark.objects.count() == 1


def test_the_age_of_the_oldest_mark_is_known() -> None:
    assert marks.oldest_age_seconds() == 0
    make_commitment()
    assert marks.oldest_age_seconds() > 0


def test_a_commitment_is_as_good_as_its_worst_headline_target() -> None:
    commitment = make_commitment()
    make_counted_entry(make_target(commitment, code="A"), 76)
    make_counted_entry(make_target(commitment, code="B"), 10)
    make_target(commitment, code="C", headline=False)
    refresh.drain(clock=noon)
    assert CommitmentRollup.objects.get(commitment=commitment).status == Status.OFF_TRACK


def test_a_commitment_without_targets_is_not_rated() -> None:
    commitment = make_commitment(tier=Tier.DIRECTION)
    refresh.drain(clock=noon)
    rollup = CommitmentRollup.objects.get(commitment=commitment)
    assert (rollup.status, rollup.freshness) == (Status.NOT_RATED, None)


def test_dropping_shows_on_commitment_and_target() -> None:
    target = make_target()
    Commitment.objects.filter(pk=target.commitment_id).update(
        lifecycle=Lifecycle.DROPPED,
        dropped_on=TODAY,
        dropped_authority="区政府常务会议",
        dropped_reason="合并",
    )
    assert drained(target).status == Status.DROPPED
    assert CommitmentRollup.objects.get(commitment=target.commitment).status == Status.DROPPED


def test_a_revision_is_in_force_from_its_day() -> None:
    target = make_target()
    for day, value in ((date(2023, 9, 1), 50), (date(2023, 10, 1), 40)):
        TargetRevision.objects.create(
            target=target, effective_from=day, old_value=76, new_value=value, old_due_on=target.due_on,
            new_due_on=target.due_on, authority="区政府", reason="核减", revised_by=make_user(), revised_at=NOON,
        )  # fmt: skip
    assert drained(target).target_value == 50


def stored(plan: Plan, scope: Scope = Scope.PLAN, **place: Any) -> dict[str, int]:
    """Return the counts of the scope, or of a place in it, by status."""
    counts = StatusCount.objects.filter(plan=plan, scope=scope, **place)
    return dict(counts.values_list("status", "commitments"))


def test_counts_follow_the_statuses() -> None:
    target = make_target()
    drained(target)
    assert stored(target.commitment.plan)[Status.NO_DATA] == 1
    make_counted_entry(target, 76)
    drained(target)
    counts = stored(target.commitment.plan)
    assert (counts[Status.NO_DATA], counts[Status.ACHIEVED]) == (0, 1)


def test_counts_are_kept_for_priorities_and_lead_agencies() -> None:
    commitment = make_target().commitment
    refresh.drain(clock=noon)
    by_priority = stored(commitment.plan, Scope.PRIORITY, priority=commitment.priority_id)
    by_agency = stored(commitment.plan, Scope.AGENCY, agency=commitment.lead_agency_id)
    assert (by_priority[Status.NO_DATA], by_agency[Status.NO_DATA]) == (1, 1)


def test_a_scope_that_loses_its_last_commitment_counts_nothing() -> None:
    commitment, other = make_commitment(), make_agency()
    refresh.drain(clock=noon)
    before = commitment.lead_agency_id
    Commitment.objects.update(lead_agency=other)
    refresh.drain(clock=noon)
    assert sum(stored(commitment.plan, Scope.AGENCY, agency=before).values()) == 0


def test_one_drain_serves_several_plans() -> None:
    first, second = make_target(), make_target(make_commitment(make_plan(year=2024)))
    refresh.drain(clock=noon)
    assert set(TargetRollup.objects.values_list("target", flat=True)) == {first.pk, second.pk}


def test_the_day_is_the_plans_own() -> None:
    target = make_target(make_commitment(make_plan(time_zone="Pacific/Auckland")))
    refresh.drain(clock=lambda: NOON + timedelta(hours=8))
    assert TargetRollup.objects.get(target=target).assessed_on == date(2023, 9, 29)


def test_an_entry_of_a_later_day_waits_for_it() -> None:
    target = make_target()
    make_counted_entry(target, 60, TODAY, at=NOON)
    refresh.drain(clock=lambda: NOON - timedelta(days=1))
    assert TargetRollup.objects.get(target=target).actual is None


def test_the_daily_work_is_done_once_a_day() -> None:
    plan = make_target().commitment.plan
    assert refresh.assess_day(plan, at=NOON)
    assert not refresh.assess_day(plan, at=NOON)
    assert DailyRun.objects.get().on == TODAY


def test_a_day_is_kept_only_once_it_is_over_for_good() -> None:
    plan, midnight = make_target().commitment.plan, datetime(2023, 9, 28, tzinfo=ZoneInfo("Asia/Shanghai"))
    refresh.assess_day(plan, at=midnight - timedelta(hours=12))
    assert not refresh.assess_day(plan, at=midnight + timedelta(minutes=4))
    assert refresh.assess_day(plan, at=midnight + timedelta(minutes=5))


def test_a_stage_that_weighs_otherwise_adds_otherwise() -> None:
    target = make_staged_target(None, date(2023, 6, 30), date(2023, 12, 31))
    milestone = target.milestones.all()[0]
    make_counted_entry(target, 1, date(2023, 6, 1), milestone=milestone)
    drained(target)
    target.milestones.filter(pk=milestone.pk).update(weight=70)
    assert drained(target).actual == 70


def test_the_days_since_the_last_run_are_kept() -> None:
    plan = make_target().commitment.plan
    refresh.assess_day(plan, at=NOON - timedelta(days=3))
    CommitmentSnapshot.objects.all().delete()
    refresh.assess_day(plan, at=NOON)
    kept = CommitmentSnapshot.objects.order_by("on").values_list("on", flat=True)
    assert list(kept) == [date(2023, 9, 25), date(2023, 9, 26), date(2023, 9, 27)]


def test_sample_values_are_known_as_such() -> None:
    target = make_target()
    make_counted_entry(target, 5, is_sample=True)
    assert drained(target).is_sample


def test_freshness_follows_the_reporting_calendar() -> None:
    target = make_target()
    make_counted_entry(target, 5, date(2023, 7, 31))
    assert drained(target).freshness == Freshness.LATE


@pytest.mark.django_db(transaction=True)
def test_a_recomputation_takes_the_same_statements_at_any_size() -> None:
    plan = make_plan(rule_set=make_rule_set(version="2.0"))
    targets = [make_target(make_commitment(plan)) for _ in range(3)]
    for target in targets:
        make_counted_entry(target, 5)
    with statements() as sent:
        refresh.drain(clock=noon)
    assert len(sent) == STATEMENTS
    assert StatusCount.objects.filter(scope=Scope.PLAN, status=Status.OFF_TRACK).get().commitments == 3


def test_a_deleted_commitment_is_counted_no_longer() -> None:
    plan = make_plan()
    make_commitment(plan)
    gone = make_commitment(plan)
    refresh.drain(clock=noon)
    gone.delete()
    refresh.drain(clock=noon)
    assert stored(plan)[Status.NOT_RATED] == 1


def test_linking_a_baseline_marks_both_its_own_commitment_and_the_targets() -> None:
    target, other = make_target(), make_commitment(Plan.objects.get())
    drained(target)
    baseline = Baseline.objects.create(
        commitment=other, indicator="就业", indicator_en="Jobs", value=5, unit="人", on=date(2022, 12, 31),
        comparability="same",
    )  # fmt: skip
    refresh.drain(clock=noon)
    Baseline.objects.filter(pk=baseline.pk).update(target=target)
    assert set(StaleMark.objects.values_list("commitment", flat=True)) == {target.commitment_id, other.pk}


@pytest.mark.parametrize(
    ("model", "parent"),
    [("commitment", "plan"), ("target", "commitment"), ("milestone", "target"), ("checkpoint", "target")],
)
def test_nothing_moves_away_from_where_it_was_judged(model: str, parent: str) -> None:
    target = make_staged_target(None, TODAY)
    target.checkpoints.create(on=TODAY, value=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE commitments_{model} SET {parent}_id = {parent}_id + 1")


def test_a_commitment_that_cannot_be_rolled_up_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = make_plan()
    bad, good = make_target(make_commitment(plan)), make_target(make_commitment(plan))

    def fail_on_bad(commitments: list[int], **given: Any) -> Any:
        if bad.commitment_id in commitments:
            raise ArithmeticError("poison")
        return assess_commitments(commitments, **given)

    monkeypatch.setattr(refresh, "assess_commitments", fail_on_bad)
    refresh.drain(clock=noon)
    assert TargetRollup.objects.get().target == good
    assert set(StaleMark.objects.values_list("commitment", flat=True)) == {bad.commitment_id}


def test_a_plan_that_cannot_be_assessed_does_not_hold_up_the_others() -> None:
    lost, found = make_plan(), make_plan(year=2024)
    Plan.objects.filter(pk=lost.pk).update(time_zone="Asia/Nowhere")
    refresh.assess_all(at=NOON)
    assert [run.plan for run in DailyRun.objects.all()] == [found]


def test_the_largest_value_there_is_can_be_rolled_up() -> None:
    target = make_target(value=Decimal("0.0001"))
    make_counted_entry(target, "9999999999999999.9999")
    assert drained(target).progress == 1_000_000


def test_a_commitment_is_dropped_from_its_day() -> None:
    target = make_target()
    Commitment.objects.filter(pk=target.commitment_id).update(
        lifecycle=Lifecycle.DROPPED,
        dropped_on=date(2023, 12, 1),
        dropped_authority="区政府",
        dropped_reason="合并",
    )
    assert drained(target).status == Status.NO_DATA


def test_a_month_names_its_target_and_itself() -> None:
    target = make_target()
    make_counted_entry(target, 5)
    drained(target)
    assert str(target.months.get()) == f"{target.pk} 2023-09"


def test_rebuilding_empties_a_month_that_no_entry_is_left_of() -> None:
    target = make_target()
    TargetMonth.objects.create(
        target=target, month=date(2023, 5, 1), entries=1, added=7, last_on=date(2023, 5, 3)
    )
    refresh.rebuild_plan(target.commitment.plan, at=NOON)
    month = target.months.get()
    assert (month.entries, month.added, month.last_on) == (0, None, None)


def test_rebuilding_leaves_the_months_of_other_plans_alone() -> None:
    plan, other = make_plan(), make_target(make_commitment(make_plan(year=2024)))
    TargetMonth.objects.create(
        target=other, month=date(2023, 5, 1), entries=1, added=7, last_on=date(2023, 5, 3)
    )
    refresh.rebuild_plan(plan, at=NOON)
    assert other.months.get().entries == 1


def test_a_plan_that_lost_its_last_commitment_counts_nothing() -> None:
    commitment = make_commitment()
    refresh.refresh_plan(commitment.plan, at=NOON)
    commitment.delete()
    assert not commitment.plan.status_counts.filter(commitments__gt=0).exists()


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [("9999999999999999", "0.0001"), ("99999999999", "7"), ("0.0001", "9999999999")],
)
def test_any_ratio_that_the_ledger_takes_can_be_rolled_up_and_audited(
    numerator: str, denominator: str
) -> None:
    target = make_target(
        kind="level", accumulation="ratio", goal="maintain", trajectory="hold", value=Decimal(95)
    )
    make_counted_entry(target, numerator, denominator=Decimal(denominator))
    drained(target)
    assert audit.audit(target.commitment.plan, at=NOON).differences == []


def test_a_target_of_the_far_future_is_judged() -> None:
    target = make_target(due_on=date(9999, 12, 31))
    make_counted_entry(target, 5)
    assert drained(target).status == Status.ON_TRACK
