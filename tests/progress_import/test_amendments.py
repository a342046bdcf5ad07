"""Rows mended or left out in the preview: the file stays as it is, and each row is recorded once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from commitments.actions import ledger, period_locks
from commitments.domain.enums import Accumulation
from commitments.domain.import_enums import ImportState
from commitments.domain.texts import LONGEST
from commitments.models import ImportAmendment, ImportJob, ImportRow, ProgressEntry, Target
from commitments.progress_import import background, jobs
from commitments.progress_import.amendments import RowChange, join_runs
from commitments.progress_import.fault_messages import refusal
from commitments.progress_import.recording import end
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
from tests.progress_import.samples import csv_of, doubts, faults, handed_in, worked_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def target() -> Target:
    return make_target()


def sheet(
    target: Target, *rows: tuple[object, ...], header: tuple[str, ...] = ("code", "value")
) -> ImportJob:
    """Return a checked sheet with a row for each value, or with these cells behind the code."""
    return handed_in(csv_of(*((target.code, *row) for row in rows), header=header), target.commitment.plan)


def mended(job: ImportJob, number: int, **cells: str) -> ImportJob:
    jobs.amend(job=job, changes={number: RowChange(left_out=False, cells=cells)}, by=job.uploaded_by, at=NOON)
    return worked_on(job)


def left_out(job: ImportJob, *numbers: int) -> ImportJob:
    changes = {number: RowChange(left_out=True, cells={}) for number in numbers}
    jobs.amend(job=job, changes=changes, by=job.uploaded_by, at=NOON)
    return worked_on(job)


def recorded(job: ImportJob) -> ImportJob:
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    return worked_on(job)


def values() -> list[Decimal]:
    return [entry.figure.value for entry in ProgressEntry.objects.order_by("pk")]


# Mending


def test_a_wrong_value_is_mended_without_the_file(target: Target) -> None:
    job = mended(sheet(target, ("5200（另5300）",)), 2, value="5200")
    assert (job.faulty, job.staged.get().value) == (0, Decimal(5200))


def test_a_mended_value_is_checked_like_any_other(target: Target) -> None:
    job = mended(sheet(target, ("许多",)), 2, value="约5")
    assert "Enter only 5" in faults(job)[0][2]


def test_a_change_is_kept_with_its_author_and_the_text_it_replaces(target: Target) -> None:
    job = mended(mended(sheet(target, ("许多",)), 2, value="约5"), 2, value="5")
    change = ImportAmendment.objects.get()
    assert (change.written, change.cells) == ({"value": "许多"}, {"value": "5"})
    assert (change.amended_by, change.amended_at, str(change)) == (job.uploaded_by, NOON, f"{job.pk}: 2")


def test_changes_stay_with_a_sheet_that_has_ended(target: Target) -> None:
    job = recorded(mended(sheet(target, ("许多",)), 2, value="5"))
    background.tidy(at=NOON)
    assert job.amendments.get().cells == {"value": "5"}


def test_changes_of_other_cells_are_joined(target: Target) -> None:
    job = sheet(target, ("许多", "不详"), header=("code", "value", "day"))
    job = mended(mended(job, 2, value="5"), 2, day="2023-08-31")
    assert (job.staged.get().value, job.staged.get().effective_on) == (Decimal(5), date(2023, 8, 31))


def test_a_target_is_chosen_for_a_title_that_none_has(target: Target) -> None:
    job = handed_in(csv_of(("改造", 5), header=("title", "value")), target.commitment.plan)
    assert mended(job, 2, code=target.code).staged.get().target == target


def test_a_value_beyond_the_last_cell_of_its_row_is_mended_too(target: Target) -> None:
    header = ("code", "progress", "day", "value")
    job = handed_in(f"{','.join(header)}\n{target.code},正常,9月".encode(), target.commitment.plan)
    assert mended(job, 2, value="5", day="2023-09-01").staged.get().value == 5


def test_a_value_typed_here_is_the_one_that_the_target_asks_for() -> None:
    target = make_target(
        accumulation=Accumulation.INCREMENTS, unit="人", unit_en="people", value=Decimal(9000)
    )
    make_counted_entry(target, 6160, date(2023, 8, 31))
    job = sheet(target, (0.6512,), header=("code", "本年累计（万人）"))
    assert mended(job, 2, value="352").staged.get().value == 352


def test_a_stage_is_mended_by_a_word() -> None:
    target = make_staged_target(None, TODAY)
    job = sheet(target, (1, "差不多"), header=("code", "milestone", "value"))
    assert mended(job, 2, value="已完成").faulty == 0


def test_a_doubtful_value_may_be_mended_too(target: Target) -> None:
    make_counted_entry(target, 5, TODAY)
    job = sheet(target, (5, "x"), header=("code", "value", "progress"))
    assert doubts(job) != []
    job = mended(job, 2, value="7")
    assert job.staged.get().value == 7
    assert ImportAmendment.objects.get().written == {"value": "5"}


# Leaving out


def test_a_row_left_out_is_counted_so_and_can_be_restored(target: Target) -> None:
    job = left_out(sheet(target, (5,), ("许多",)), 3)
    assert (job.rows, job.faulty, job.left_out["chosen"]) == (1, 0, [1, 3])
    jobs.restore(job=job, number=3, by=job.uploaded_by)
    job = worked_on(job)
    assert (job.rows, job.faulty, ImportAmendment.objects.count()) == (2, 1, 0)


def test_a_sheet_of_which_every_row_is_left_out_can_be_restored(target: Target) -> None:
    job = left_out(sheet(target, ("许多",)), 2)
    assert (job.state, job.rows) == (ImportState.CHECKED, 0)
    with pytest.raises(ValidationError, match="No row can be recorded"):
        recorded(job)


# Refusals


def test_a_change_says_what(target: Target) -> None:
    job = sheet(target, ("许多",))
    with pytest.raises(ValidationError, match="Nothing was changed"):
        jobs.amend(job=job, changes={}, by=job.uploaded_by, at=NOON)
    with pytest.raises(IntegrityError, match="importamendment_says_what"):
        ImportAmendment.objects.create(job=job, number=2, amended_by=job.uploaded_by, amended_at=NOON)


def test_a_row_that_is_not_open_is_not_changed(target: Target) -> None:
    job = sheet(target, ("许多",))
    with pytest.raises(ValidationError, match="changed in the meantime"):
        mended(job, 9, value="5")
    assert ImportJob.objects.get().state == ImportState.CHECKED


def test_a_row_that_is_right_is_not_mended(target: Target) -> None:
    job = sheet(target, (5,), ("许多",))
    with pytest.raises(ValidationError, match="changed in the meantime"):
        mended(job, 2, value="7")
    assert not ImportAmendment.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1" * (LONGEST + 1), "Row 2, value of this period: longer than 5000 characters"),
        ("5\0", "Row 2, value of this period: contains an invisible character"),
    ],
)
def test_a_text_that_no_cell_may_have_is_refused(target: Target, text: str, said: str) -> None:
    job = sheet(target, ("许多",))
    with pytest.raises(ValidationError, match=said):
        mended(job, 2, value=text)
    assert ImportJob.objects.get().state == ImportState.CHECKED


def test_nobody_changes_rows_of_anothers_sheet(target: Target) -> None:
    job, other = sheet(target, ("许多",)), make_user()
    with pytest.raises(PermissionDenied):
        jobs.amend(job=job, changes={2: RowChange(left_out=True, cells={})}, by=other, at=NOON)
    with pytest.raises(PermissionDenied):
        jobs.restore(job=job, number=2, by=other)


# Recording the right rows


def test_right_rows_are_recorded_and_wrong_ones_stay_open(target: Target) -> None:
    job = recorded(sheet(target, (5,), ("许多",), (6,)))
    assert values() == [5, 6]
    assert (job.state, job.rows, job.faulty, job.recorded_rows) == (
        ImportState.CHECKED,
        1,
        1,
        [[2, 2], [4, 4]],
    )


def test_a_row_mended_later_is_recorded_alone(target: Target) -> None:
    job = recorded(mended(recorded(sheet(target, (5,), ("许多",))), 3, value="7"))
    assert values() == [5, 7]
    assert (job.state, job.rows) == (ImportState.APPLIED, 2)


def test_rows_recorded_before_are_counted_once_in_the_file(target: Target) -> None:
    job = mended(recorded(sheet(target, (5,), ("许多",), ("",))), 3, value="约7")
    assert {why: numbers[0] for why, numbers in job.left_out.items()} == {
        "above": 1,
        "recorded": 1,
        "blank": 1,
    }


@pytest.mark.parametrize("review_required", [True, False])
def test_the_last_open_row_left_out_ends_the_sheet(review_required: bool) -> None:
    target = make_target(make_commitment(make_plan(review_required=review_required)))
    job = left_out(recorded(sheet(target, (5,), ("许多",))), 3)
    assert (job.state, job.rows, job.faulty, values()) == (ImportState.APPLIED, 1, 0, [Decimal(5)])
    assert (job.given_up, job.refusal) == (0, "")


def test_a_sheet_given_up_ends_with_what_is_recorded(target: Target) -> None:
    job = recorded(sheet(target, (5,), ("许多",)))
    jobs.discard(job=job, by=job.uploaded_by, at=NOON)
    job = ImportJob.objects.get()
    assert (job.state, job.rows, job.given_up, job.applied_at) == (ImportState.APPLIED, 1, 1, NOON)


def test_a_forgotten_sheet_ends_with_what_is_recorded(target: Target) -> None:
    recorded(sheet(target, (5,), ("许多",)))
    background.tidy(at=NOON + background.PATIENCE + timedelta(days=1))
    job = ImportJob.objects.get()
    assert (job.state, job.given_up, ImportRow.objects.count()) == (ImportState.APPLIED, 1, 0)
    assert refusal(job) == "The open rows waited for 30 days."


@pytest.mark.parametrize("state", [ImportState.DISCARDED, ImportState.REFUSED])
def test_a_sheet_with_recorded_rows_ends_as_recorded(target: Target, state: ImportState) -> None:
    recorded(sheet(target, (5,), ("许多",)))
    refused = "x" if state == ImportState.REFUSED else ""
    with pytest.raises(IntegrityError, match="importjob_ends_with_its_recorded_rows"):
        ImportJob.objects.update(state=state, refusal=refused)


def test_a_sheet_acted_on_just_before_its_end_goes_on(target: Target) -> None:
    job = recorded(sheet(target, (5,), ("许多",)))
    ImportJob.objects.update(state=ImportState.RECEIVED)
    end(job, rows=1, at=NOON)
    assert ImportJob.objects.get().state == ImportState.RECEIVED


def test_a_sheet_is_forgotten_only_after_the_last_that_was_done_to_it(target: Target) -> None:
    job = recorded(sheet(target, (5,), ("许多",)))
    later = NOON + background.PATIENCE
    jobs.amend(
        job=job, changes={3: RowChange(left_out=False, cells={"value": "约5"})}, by=job.uploaded_by, at=later
    )
    background.run(job.pk, clock=lambda: later)
    background.tidy(at=later + background.PATIENCE)
    assert ImportJob.objects.get().state == ImportState.CHECKED


def test_a_sheet_that_cannot_be_read_again_ends_with_what_is_recorded(target: Target) -> None:
    job = recorded(sheet(target, (5,), ("许多",)))
    ImportJob.objects.update(state=ImportState.RECEIVED, attempts=background.MOST_ATTEMPTS)
    job = worked_on(job)
    assert (job.state, job.given_up) == (ImportState.APPLIED, 1)
    assert refusal(job) == "The open rows could not be processed."


def test_open_rows_in_a_file_that_has_changed_are_given_up(target: Target) -> None:
    job = recorded(sheet(target, (5,), ("许多",)))
    ImportJob.objects.update(state=ImportState.RECEIVED, content=b"x")
    job = worked_on(job)
    assert (job.state, job.given_up) == (ImportState.APPLIED, 1)
    assert "differs from the one" in refusal(job)


def test_open_rows_without_a_value_in_another_column_are_given_up(target: Target) -> None:
    job = recorded(sheet(target, (5, ""), ("许多", ""), header=("code", "value", "去年")))
    mapping = {"code": "code", "value": "去年"}
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    job = worked_on(job)
    assert (job.state, job.rows, job.given_up) == (ImportState.APPLIED, 1, 1)
    assert refusal(job) == "Read again, the open rows report nothing."


def test_without_a_right_row_nothing_is_confirmed(target: Target) -> None:
    with pytest.raises(ValidationError, match="No row can be recorded yet"):
        recorded(sheet(target, ("许多",)))


def test_a_lock_in_between_leaves_all_rows_open(target: Target) -> None:
    job = sheet(target, (5,), ("许多",))
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    period_locks.lock(plan=job.plan, through=TODAY, reason="月度通报", seen=0, by=make_user(), at=NOON)
    job = worked_on(worked_on(job))
    assert (job.state, job.rows, job.faulty, values()) == (ImportState.CHECKED, 2, 2, [])


def test_a_failure_while_right_rows_are_recorded_records_none(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = sheet(target, (5,), ("许多",))
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    insert = ledger.record_staged

    def broken(job: ImportJob, **given: object) -> None:
        insert(job, at=NOON)
        raise ConnectionError

    monkeypatch.setattr(ledger, "record_staged", broken)
    with pytest.raises(ConnectionError):
        worked_on(job)
    monkeypatch.undo()
    assert (values(), ImportJob.objects.get().recorded_rows) == ([], [])
    assert worked_on(job).recorded_rows == [[2, 2]]
    assert values() == [5]


@pytest.mark.parametrize(
    ("runs", "numbers", "joined"),
    [([], [], []), ([], [4, 2, 3], [[2, 4]]), ([[2, 3]], [6, 4], [[2, 4], [6, 6]])],
)
def test_runs_of_rows_are_joined(runs: list[list[int]], numbers: list[int], joined: list[list[int]]) -> None:
    assert join_runs(runs, numbers) == joined


@pytest.mark.parametrize("dropped", [(), (4,)])
def test_a_worker_that_dies_in_a_check_loses_no_open_row(target: Target, dropped: tuple[int, ...]) -> None:
    job = recorded(sheet(target, (5, ""), ("许多", ""), ("很多", ""), header=("code", "value", "去年")))
    ImportAmendment.objects.bulk_create(
        ImportAmendment(job=job, number=number, left_out=True, amended_by=job.uploaded_by, amended_at=NOON)
        for number in dropped
    )
    mapping = {"code": "code", "value": "去年"}
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    # The second look at the clock is at the end of the check.
    times = iter([NOON])
    with pytest.raises(StopIteration):
        background.run(job.pk, clock=lambda: next(times))
    job = worked_on(job)
    assert (job.state, job.given_up) == (ImportState.APPLIED, 2 - len(dropped))
