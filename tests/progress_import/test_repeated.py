"""The same sheet twice, or a colleague in between: later entries in the ledger are shown before it is recorded."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils import translation

from commitments.actions import ledger, period_locks
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Plan, ProgressEntry, Target, User
from commitments.progress_import import background, jobs
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_correction,
    make_entry,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import csv_of, doubts, handed_in, worked_on
from tests.waiting import busy, impatient

SAME = "The same value has been recorded for this day already."
STAGES = ("code", "milestone", "value")


@pytest.fixture
def target(db: None) -> Target:
    return make_target()


def sheet(target: Target) -> bytes:
    return csv_of((target.code, 20, "", "第一批"))


def confirmed(job: ImportJob) -> ImportJob:
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    return job


def recorded_now(job: ImportJob) -> ImportJob:
    """Work as the worker does: a sheet to be checked anew is checked in its next round."""
    return worked_on(worked_on(job))


def upload(plan: Plan, by: User, content: bytes) -> ImportJob:
    return jobs.upload(plan=plan, file_name="a.csv", content=content, effective_on=TODAY, by=by, at=NOON)


def plan_of(target: Target) -> Plan:
    return target.commitment.plan


def in_threads(*works: Callable[[], object]) -> None:
    """Run all at the same moment, each on a connection of its own."""
    start = Barrier(len(works))

    def run(does: Callable[[], object]) -> None:
        try:
            start.wait()
            does()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(each,)) for each in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_second_of_two_sheets_is_shown_instead(target: Target) -> None:
    plan = target.commitment.plan
    first, second = handed_in(sheet(target), plan), handed_in(sheet(target), plan)
    assert doubts(second) == []
    recorded_now(confirmed(first))
    second = recorded_now(confirmed(second))
    assert (second.state, [said for _n, _c, said in doubts(second)]) == (ImportState.CHECKED, [SAME])
    assert ProgressEntry.objects.count() == 1


@pytest.mark.parametrize("value", [20, 25])
def test_what_a_colleague_records_after_the_confirmation_is_shown_too(target: Target, value: int) -> None:
    job = confirmed(handed_in(sheet(target), target.commitment.plan))
    make_entry(target, value, TODAY)
    assert (recorded_now(job).state, doubts(recorded_now(job)) != []) == (ImportState.CHECKED, True)


@pytest.mark.parametrize("change", ["correct", "withdraw", "approve"])
def test_what_becomes_of_an_earlier_entry_meanwhile_is_shown(target: Target, change: str) -> None:
    entry = make_entry(target, 15, TODAY)
    job = confirmed(handed_in(sheet(target), target.commitment.plan))
    match change:
        case "correct":
            make_correction(entry, 16, TODAY)
        case "withdraw":
            ledger.withdraw(entry=entry, reason="重复", by=make_user(), at=NOON)
        case "approve":
            ledger.approve(entry=entry, by=make_user(), at=NOON)
    assert recorded_now(job).state == ImportState.CHECKED


def test_what_is_recorded_for_other_targets_does_not_matter(target: Target) -> None:
    other = make_target(make_commitment(target.commitment.plan))
    job = confirmed(handed_in(sheet(target), target.commitment.plan))
    make_entry(other, 20, TODAY)
    assert worked_on(job).state == ImportState.APPLIED


@pytest.mark.django_db(transaction=True)
def test_a_value_that_is_being_recorded_at_that_moment_is_waited_for_and_shown() -> None:
    """Record the sheet while another transaction has written a value and not ended yet."""
    target, written, ended = make_target(), Event(), Event()
    job, colleague = confirmed(handed_in(sheet(target), target.commitment.plan)), make_user()

    def record_slowly() -> None:
        try:
            with transaction.atomic():
                make_entry(target, 25, TODAY, by=colleague, at=NOON)
                written.set()
                assert not ended.wait(0.5), "the sheet waits"
        finally:
            connection.close()

    thread = Thread(target=record_slowly)
    thread.start()
    assert written.wait(10)
    job = worked_on(job)
    ended.set()
    thread.join()
    assert job.state == ImportState.RECEIVED
    assert doubts(worked_on(job)) == [(2, "value", "In review for this day: 25 communities.")]


@pytest.mark.django_db(transaction=True)
def test_who_records_while_a_sheet_is_being_recorded_comes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    target, colleague, insert = make_target(), make_user(), ledger.record_staged
    job = confirmed(handed_in(sheet(target), target.commitment.plan))

    def record() -> None:
        try:
            make_entry(target, 25, TODAY, by=colleague, at=NOON)
        finally:
            connection.close()

    thread = Thread(target=record)

    def late(job: ImportJob, *, at: datetime) -> None:
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the colleague waits"
        insert(job, at=at)

    monkeypatch.setattr(ledger, "record_staged", late)
    assert worked_on(job).state == ImportState.APPLIED
    thread.join()
    assert ProgressEntry.objects.filter(target=target).count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_reports_a_milestone_that_a_sheet_is_recording_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that the entry waits before it is in any index, or each would wait for the other."""
    staged, colleague, insert, told = make_staged_target(None, TODAY), make_user(), ledger.record_staged, []
    milestone = staged.milestones.get()
    job = confirmed(handed_in(csv_of((staged.code, 1, 1), header=STAGES), staged.commitment.plan))

    def report() -> None:
        try:
            with translation.override("en"):
                make_entry(staged, 1, TODAY, by=colleague, at=NOON, milestone=milestone)
        except ValidationError as refusal:
            told.extend(refusal.messages)
        finally:
            connection.close()

    thread = Thread(target=report)

    def late(job: ImportJob, *, at: datetime) -> None:
        thread.start()
        thread.join(0.5)
        insert(job, at=at)

    monkeypatch.setattr(ledger, "record_staged", late)
    job = worked_on(job)
    thread.join()
    assert (job.state, told) == (
        ImportState.APPLIED,
        ["Someone else has just submitted the same. Reload the page and check."],
    )
    assert ProgressEntry.objects.get().recorded_by == job.uploaded_by


def test_another_milestone_of_the_same_target_is_shown_too(db: None) -> None:
    staged = make_staged_target(None, TODAY, TODAY)
    first, second = staged.milestones.all()
    job = confirmed(handed_in(csv_of((staged.code, second.position, 1), header=STAGES), plan_of(staged)))
    make_entry(staged, 1, TODAY, milestone=first)
    assert worked_on(job).state == ImportState.RECEIVED


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_a_sheet_is_told_to_press_again() -> None:
    target, user = make_target(), make_user()
    with (
        busy(plan_of(target)),
        impatient(),
        translation.override("en"),
        pytest.raises(ValidationError, match="A spreadsheet is being recorded. Please submit again"),
    ):
        make_entry(target, 5, TODAY, by=user, at=NOON)
    assert not ProgressEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_sheet_that_waits_too_long_for_the_ledger_has_not_been_tried() -> None:
    target = make_target()
    job = confirmed(handed_in(sheet(target), plan_of(target)))
    with busy(plan_of(target)), impatient():
        job = worked_on(job)
    assert (job.state, job.attempts) == (ImportState.CONFIRMED, 0)
    assert worked_on(job).state == ImportState.APPLIED


@pytest.mark.django_db(transaction=True)
def test_other_failures_of_the_database_are_not_taken_for_waiting() -> None:
    target, user = make_target(), make_user()
    job = confirmed(handed_in(sheet(target), plan_of(target)))
    with busy(plan_of(target)), impatient("statement_timeout"):
        with pytest.raises(OperationalError):
            make_entry(target, 5, TODAY, by=user, at=NOON)
        with pytest.raises(OperationalError):
            worked_on(job)


def test_who_has_seen_the_doubt_may_record_it_twice(target: Target) -> None:
    plan = target.commitment.plan
    recorded_now(confirmed(handed_in(sheet(target), plan)))
    assert recorded_now(confirmed(handed_in(sheet(target), plan))).state == ImportState.APPLIED


def test_what_a_colleague_records_after_the_preview_is_shown(target: Target) -> None:
    job = handed_in(sheet(target), target.commitment.plan)
    make_entry(target, 20, TODAY)
    job = recorded_now(confirmed(job))
    assert (job.state, job.doubtful) == (ImportState.CHECKED, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_record_the_same_sheet_once() -> None:
    target = make_target()
    plan = target.commitment.plan
    both = [confirmed(handed_in(sheet(target), plan)) for _ in range(2)]
    in_threads(*(lambda job=job: background.run(job.pk, clock=lambda: NOON) for job in both))
    assert ProgressEntry.objects.count() == 1
    states = set(ImportJob.objects.values_list("state", flat=True))
    assert states == {ImportState.APPLIED, ImportState.RECEIVED}


@pytest.mark.django_db(transaction=True)
def test_sheets_of_a_plan_wait_for_each_other() -> None:
    target, done = make_target(), Event()
    job = confirmed(handed_in(sheet(target), target.commitment.plan))

    def record() -> None:
        try:
            background.run(job.pk, clock=lambda: NOON)
            done.set()
        finally:
            connection.close()

    thread = Thread(target=record)
    with transaction.atomic():
        period_locks.wait_for_writers(target.commitment.plan)
        thread.start()
        assert not done.wait(0.5)
    thread.join()
    assert done.is_set()


def test_the_same_file_leads_to_the_one_that_is_open(target: Target) -> None:
    plan, user = target.commitment.plan, make_user()
    first = handed_in(sheet(target), plan, user)
    assert upload(plan, user, sheet(target)) == first
    assert upload(plan, make_user(), sheet(target)) != first
    jobs.discard(job=first, by=user, at=NOON)
    assert upload(plan, user, sheet(target)) != first


def test_the_same_file_for_another_day_is_another(target: Target) -> None:
    user = make_user()
    first = handed_in(sheet(target), target.commitment.plan, user)
    other = handed_in(sheet(target), target.commitment.plan, user, on=TODAY - timedelta(days=1))
    assert other != first


@pytest.mark.django_db(transaction=True)
def test_a_double_click_hands_in_one_sheet() -> None:
    target, user = make_target(), make_user()
    in_threads(*[lambda: upload(target.commitment.plan, user, sheet(target))] * 2)
    assert ImportJob.objects.count() == 1
