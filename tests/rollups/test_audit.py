"""The audit finds no difference in a healthy plan, and every stored row that disagrees with the ledger."""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments.change_log import editing
from commitments.models import (
    AuditRun,
    CommitmentRollup,
    CommitmentSnapshot,
    CommitmentSupport,
    Plan,
    StatusCount,
    Target,
    TargetMonth,
    TargetRollup,
    TargetSnapshot,
)
from commitments.rollups import audit, refresh
from commitments.rollups.audit.counted_entries import AuditMoment
from commitments.rollups.audit.differences import AuditDifference
from commitments.rollups.audit.recount import AuditBatch
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_target,
)
from tests.rollups.lives import Life
from tests.sql import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def target() -> Target:
    """Make a target with all stored rows about it, as they should be."""
    target = make_target()
    make_counted_entry(target, 20, date(2023, 8, 20), at=NOON - timedelta(days=30))
    CommitmentSupport.objects.create(commitment=target.commitment, agency=make_agency(code="water"))
    refresh.assess_day(target.commitment.plan, at=NOON - timedelta(days=2))
    refresh.assess_day(target.commitment.plan, at=NOON)
    refresh.drain(clock=lambda: NOON)
    return target


def found(plan: Plan, **options: Any) -> list[AuditDifference]:
    return audit.audit(plan, at=NOON, **options).differences


@pytest.mark.parametrize("seed", range(3))
def test_after_an_eventful_month_everything_is_verified(seed: int) -> None:
    life = Life(seed)
    at = NOON
    for day in life.live(20, events=6):
        at = datetime(day.year, day.month, day.day, 15, 59, tzinfo=UTC)
    while refresh.drain(clock=lambda: at):
        pass
    outcome = audit.audit(life.plan, at=at)
    assert outcome.differences == []
    assert outcome.checked > 20 * (len(life.targets) + 8)


# A wrong value for each column of `target`'s roll-ups and of its month.
OF_TARGET: dict[str, Any] = {
    "actual": 21,
    "planned": 1,
    "start_value": 1,
    "target_value": 77,
    "target_high": 78,
    "within": True,
    "due_on": TODAY,
    "progress": 1,
    "gap": 1,
    "status": "achieved",
    "reason": "on_pace",
    "rule_set_id": "9.9",
    "freshness": "due",
    "report_state": "due",
    "report_since": date(2023, 7, 31),
    "report_due_on": date(2023, 8, 7),
    "latest_on": TODAY,
    "first_met_on": TODAY,
    "standing_since": TODAY,
    "lowered_on": TODAY,
    "worst": 3,
    "overdue_since": TODAY,
    "forecast": 3,
    "forecast_low": 3,
    "forecast_high": 3,
    "pace": 3,
    "required_pace": 3,
    "flags": ["below_previous"],
    "newest_entries": [0],
    "is_sample": True,
    "assessed_on": TODAY - timedelta(days=1),
}
OF_COMMITMENT: dict[str, Any] = {
    "status": "achieved",
    "reason": "on_pace",
    "freshness": "due",
    "report_state": "due",
    "report_since": date(2023, 7, 31),
    "report_due_on": date(2023, 8, 7),
    "decided_by_id": None,
    "owner_confidence": "low",
    "supervision_confidence": "low",
    "confidence_gap": 2,
}
OF_MONTH: dict[str, Any] = {
    "entries": 2,
    "added": 5,
    "out_of": 5,
    "lowest": 3,
    "highest": 30,
    "closing": 5,
    "last_on": date(2023, 8, 21),
    "is_sample": True,
    "includes_earlier": True,
}


@pytest.mark.parametrize(("column", "value"), [*OF_TARGET.items(), ("actual", None)])
def test_a_tampered_verdict_on_a_target_is_found(target: Target, column: str, value: Any) -> None:
    before = TargetRollup.objects.values_list(column, flat=True).get(target=target)
    TargetRollup.objects.filter(target=target).update(**{column: value})
    assert found(target.commitment.plan) == [
        AuditDifference(TargetRollup, target.code, None, column, value, before)
    ]


@pytest.mark.parametrize(("column", "value"), OF_COMMITMENT.items())
def test_a_tampered_verdict_on_a_commitment_is_found(target: Target, column: str, value: Any) -> None:
    before = CommitmentRollup.objects.values_list(column, flat=True).get()
    CommitmentRollup.objects.update(**{column: value})
    [difference] = [each for each in found(target.commitment.plan) if each.table is CommitmentRollup]
    assert (difference.column, difference.stored, difference.computed) == (column, value, before)


@pytest.mark.parametrize(("column", "value"), OF_MONTH.items())
def test_a_tampered_month_is_found(target: Target, column: str, value: Any) -> None:
    before = TargetMonth.objects.values_list(column, flat=True).get()
    TargetMonth.objects.update(**{column: value})
    assert found(target.commitment.plan) == [
        AuditDifference(TargetMonth, target.code, date(2023, 8, 1), column, value, before)
    ]


@pytest.mark.parametrize(
    ("table", "tampered", "no_verdict"),
    [
        (TargetRollup, OF_TARGET, {"target_id", "assessed_at"}),
        (CommitmentRollup, OF_COMMITMENT, {"commitment_id", "assessed_on", "assessed_at"}),
        (TargetMonth, OF_MONTH, {"target_id", "month"}),
    ],
)
def test_every_column_has_been_tampered_with(
    table: Any, tampered: dict[str, Any], no_verdict: set[str]
) -> None:
    assert {field.attname for field in table._meta.concrete_fields} - no_verdict == tampered.keys()


def test_every_stored_column_is_compared(target: Target) -> None:
    """Compare all columns but those that identify the row."""
    batch = AuditBatch(target.commitment.plan, [target.commitment_id])
    judged = batch.judge(batch.commitments[0], AuditMoment(TODAY))
    compared = {TargetSnapshot: judged.targets[target.pk], CommitmentSnapshot: judged.commitment}
    for table, fields in compared.items():
        columns = {field.attname for field in table._meta.concrete_fields}
        assert columns - set(fields) == {
            "id",
            "on",
            "target_id" if table is TargetSnapshot else "commitment_id",
        }


def test_a_verdict_of_another_day_than_its_targets_is_found(target: Target) -> None:
    CommitmentRollup.objects.update(assessed_on=TODAY - timedelta(days=1))
    assert (TargetRollup, "assessed_on") in {(d.table, d.column) for d in found(target.commitment.plan)}


def test_a_tampered_verdict_on_a_commitment_is_found_in_its_count_too(target: Target) -> None:
    CommitmentRollup.objects.update(status="achieved", confidence_gap=2)
    assert {(d.table, d.column) for d in found(target.commitment.plan)} == {
        (CommitmentRollup, "status"),
        (CommitmentRollup, "confidence_gap"),
        (StatusCount, "achieved"),
        (StatusCount, "off_track"),
    }


@pytest.mark.parametrize("scope", ["plan", "priority", "section", "agency", "support"])
def test_a_tampered_count_of_any_scope_is_found(target: Target, scope: str) -> None:
    StatusCount.objects.filter(scope=scope, status="off_track").update(commitments=7)
    [difference] = found(target.commitment.plan)
    assert (difference.code.split()[0], difference.column, difference.stored, difference.computed) == (
        scope, "off_track", 7, 1,
    )  # fmt: skip


@pytest.mark.parametrize("scope", ["plan", "priority", "section", "agency", "support"])
def test_a_missing_count_is_found(target: Target, scope: str) -> None:
    assert StatusCount.objects.filter(scope=scope, status="off_track").delete()[0] == 1
    [difference] = found(target.commitment.plan)
    assert (difference.column, difference.stored, difference.computed) == ("off_track", 0, 1)


@pytest.mark.parametrize("table", [CommitmentRollup, TargetRollup, CommitmentSnapshot, TargetSnapshot])
def test_a_missing_row_is_found(target: Target, table: Any) -> None:
    rows = table.objects.all()
    if "on" in {field.name for field in table._meta.fields}:
        rows = rows.filter(on=TODAY - timedelta(days=1))
    assert rows.delete()[0] == 1
    [difference] = [d for d in found(target.commitment.plan) if d.table is table]
    assert (difference.column, difference.stored) == ("status", None)


def test_what_joined_later_is_missed_on_no_earlier_day(target: Target) -> None:
    with editing.by_command("seed_plan", at=NOON):
        make_target(target.commitment, code="B", headline=False)
        make_target(make_commitment(target.commitment.plan))
    refresh.drain(clock=lambda: NOON)
    refresh.assess_day(target.commitment.plan, at=NOON + timedelta(days=1))
    assert found(target.commitment.plan) == []


def test_a_month_that_was_emptied_is_found(target: Target) -> None:
    TargetMonth.objects.update(entries=0, added=None, last_on=None)
    assert {(d.table, d.on) for d in found(target.commitment.plan)} == {(TargetMonth, date(2023, 8, 1))}


def test_a_month_without_entries_needs_no_row(target: Target) -> None:
    TargetMonth.objects.create(target=target, month=date(2023, 5, 1), entries=0)
    assert found(target.commitment.plan) == []
    TargetMonth.objects.filter(month=date(2023, 5, 1)).update(entries=1, added=1, last_on=date(2023, 5, 3))
    assert [d.on for d in found(target.commitment.plan)] == [date(2023, 5, 1)]


def test_a_tampered_snapshot_is_found_unless_left_out(target: Target) -> None:
    yesterday, plan = TODAY - timedelta(days=1), target.commitment.plan
    TargetSnapshot.objects.filter(on=yesterday).update(gap=None)
    [difference] = found(plan, since=yesterday)
    assert (difference.table, difference.on, difference.column) == (TargetSnapshot, yesterday, "gap")
    assert found(plan, since=TODAY) == found(plan, with_snapshots=False) == []


def test_a_day_kept_before_reports_had_a_state_keeps_its_freshness(target: Target) -> None:
    yesterday, plan = TODAY - timedelta(days=1), target.commitment.plan
    kept = TargetSnapshot.objects.filter(on=yesterday)
    kept.update(freshness="late", report_state=None)
    assert found(plan, since=yesterday) == []
    kept.update(gap=None)
    assert [difference.column for difference in found(plan, since=yesterday)] == ["gap"]


def test_what_waits_to_be_recomputed_is_passed_over(target: Target) -> None:
    plan = target.commitment.plan
    make_target(make_commitment(plan))
    TargetRollup.objects.update(actual=5)
    make_counted_entry(target, 30)
    outcome = audit.audit(plan, at=NOON)
    assert (outcome.differences, outcome.skipped, outcome.checked) == ([], 2, 0)


def test_an_audit_is_recorded(target: Target) -> None:
    TargetRollup.objects.update(actual=5)
    outcome = audit.audit(target.commitment.plan, at=NOON)
    run = AuditRun.objects.get()
    assert (run.plan, run.at, run.checked, run.differences) == (
        target.commitment.plan, NOON, outcome.checked, 1,
    )  # fmt: skip


def test_nightly_the_newest_snapshot_is_compared_and_older_ones_are_not(target: Target) -> None:
    for days, differ in ((2, 0), (1, 1)):
        TargetSnapshot.objects.filter(on=TODAY - timedelta(days=days)).update(gap=None)
        AuditRun.objects.all().delete()
        audit.run_due(at=NOON)
        assert AuditRun.objects.get().differences == differ


def test_the_statements_of_an_audit_do_not_grow_with_the_plan(target: Target) -> None:
    plan = target.commitment.plan
    found(plan)  # seals the ledger
    with statements() as few:
        found(plan)
    for _ in range(5):
        make_counted_entry(make_target(make_commitment(plan)), 5)
    refresh.drain(clock=lambda: NOON)
    with statements() as many:
        found(plan)
    assert len(many) == len(few)


def test_a_large_plan_is_compared_batch_by_batch(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = target.commitment.plan
    make_commitment(plan)
    refresh.drain(clock=lambda: NOON)
    whole = audit.audit(plan, at=NOON)
    monkeypatch.setattr(audit, "SIZE", 1)
    assert audit.audit(plan, at=NOON) == whole


def test_the_command_says_verified(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    with override("en"):
        call_command("audit_rollups", "--plan", target.commitment.plan.code)
    assert capsys.readouterr().out.startswith("610302-2023: verified, ")


def test_the_command_prints_both_values_and_fails(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    TargetRollup.objects.update(actual=21)
    with override("en"), pytest.raises(CommandError, match="1 difference") as failed:
        call_command("audit_rollups")
    assert failed.value.returncode == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line == f"target status {target.code}, actual: stored 21.0000, computed 20.0000"


def test_the_command_repairs_only_when_told(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    yesterday = TODAY - timedelta(days=1)
    TargetMonth.objects.update(added=5)
    TargetSnapshot.objects.filter(on=yesterday).update(actual=5)
    StatusCount.objects.update(commitments=9)
    with override("en"):
        call_command("audit_rollups", "--repair")
    assert "verified" in capsys.readouterr().out
    assert TargetSnapshot.objects.get(on=yesterday).actual == 20


def test_without_any_plan_there_is_nothing_to_audit() -> None:
    with override("en"), pytest.raises(CommandError, match="no plan"):
        call_command("audit_rollups")


def test_the_command_says_what_it_passed_over(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    make_counted_entry(target, 30)
    with override("en"):
        call_command("audit_rollups", "--no-snapshots")
    assert "1 commitment is waiting" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("hour", "runs"),
    [(datetime(2023, 9, 28, 18, 29, tzinfo=UTC), 0), (datetime(2023, 9, 28, 18, 30, tzinfo=UTC), 1)],
)
def test_a_plan_is_due_at_half_past_two_of_its_own_night(target: Target, hour: datetime, runs: int) -> None:
    audit.run_due(at=hour)
    assert AuditRun.objects.count() == runs


def test_a_night_is_audited_once(target: Target) -> None:
    for hours in range(3):
        audit.run_due(at=NOON + timedelta(hours=hours))
    assert AuditRun.objects.count() == 1
    audit.run_due(at=NOON + timedelta(days=1))
    assert AuditRun.objects.count() == 2


def test_nightly_differences_are_logged_and_left(target: Target, caplog: pytest.LogCaptureFixture) -> None:
    TargetRollup.objects.update(actual=21)
    audit.run_due(at=NOON)
    [error] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "21.0000" in error.getMessage()
    assert TargetRollup.objects.get().actual == 21


def test_a_plan_that_cannot_be_audited_does_not_hold_up_the_others(
    target: Target, caplog: pytest.LogCaptureFixture
) -> None:
    lost = make_plan(year=2024)
    Plan.objects.filter(pk=lost.pk).update(time_zone="Asia/Nowhere")
    audit.run_due(at=NOON)
    assert AuditRun.objects.get().plan == target.commitment.plan
    assert "610302-2024" in caplog.text
