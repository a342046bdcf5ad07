"""The way of a sheet, from upload to ledger: as a whole or not at all, and once."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection
from django.utils import translation
from pytest_django import Settings

from commitments import clock, file_types, tasks
from commitments.actions import period_locks
from commitments.domain.enums import Accumulation, Goal, Role, TargetKind
from commitments.domain.import_enums import ImportState
from commitments.models import ColumnMapping, ImportJob, ImportRow, ProgressEntry, StaleMark
from commitments.progress_import import background, jobs, recording
from commitments.progress_import.fault_messages import refusal
from commitments.rollups.refresh import rebuild_plan
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import csv_of, doubts, handed_in, recorded, worked_on, xlsx_of
from tests.sql import statements

pytestmark = pytest.mark.django_db


hinted = Event()


def hint() -> None:
    hinted.set()


def uploaded() -> ImportJob:
    return jobs.upload(
        plan=make_plan(), file_name="a.csv", content=csv_of(), effective_on=TODAY, by=make_user(), at=NOON
    )


def test_a_draft_takes_no_sheet() -> None:
    draft = make_plan(published_at=None)
    with pytest.raises(ValidationError, match="is a draft"):
        jobs.upload(
            plan=draft, file_name="a.csv", content=csv_of(), effective_on=TODAY, by=make_user(), at=NOON
        )


def confirmed(job: ImportJob) -> ImportJob:
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    return ImportJob.objects.get(pk=job.pk)


@pytest.mark.parametrize("made", [csv_of, xlsx_of])
def test_a_sheet_is_recorded_as_a_whole(made: Callable[..., bytes]) -> None:
    target = make_target()
    job = recorded(
        made((target.code, 20, "2023-06-30", "改造20个"), (target.code, 30, "", "")), target.commitment.plan
    )
    assert job.state == ImportState.APPLIED
    entries = ProgressEntry.objects.order_by("id").values_list(
        "value", "effective_on", "progress", "recorded_by"
    )
    assert list(entries) == [
        (Decimal(20), date(2023, 6, 30), "改造20个", job.uploaded_by_id),
        (Decimal(30), TODAY, "", job.uploaded_by_id),
    ]  # fmt: skip


@pytest.mark.parametrize("review_required", [True, False])
def test_imported_entries_count_as_any_others(review_required: bool) -> None:
    target = make_target(make_commitment(make_plan(review_required=review_required)))
    recorded(csv_of((target.code, 20)), target.commitment.plan)
    assert (ProgressEntry.objects.get().counted_from is None) is review_required
    assert StaleMark.objects.filter(target=target.pk).exists()


def test_one_bad_row_stays_back_alone() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 20), (target.code, "二十")), target.commitment.plan)
    assert (job.state, job.rows, job.faulty) == (ImportState.CHECKED, 2, 1)
    worked_on(confirmed(job))
    assert ProgressEntry.objects.get().value == 20


def test_the_database_itself_confirms_no_sheet_without_a_right_row() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, "二十")), target.commitment.plan)
    with pytest.raises(DatabaseError, match="importjob_applies_right_rows"):
        ImportJob.objects.filter(pk=job.pk).update(state=ImportState.CONFIRMED, confirmed_at=NOON)


def test_a_sheet_is_applied_once() -> None:
    target = make_target()
    job = recorded(csv_of((target.code, 20)), target.commitment.plan)
    recording.apply(job, at=NOON)
    worked_on(job)
    assert ProgressEntry.objects.count() == 1


def test_a_doubtful_value_is_confirmed_by_name() -> None:
    target = make_target()
    make_counted_entry(target, 50, date(2023, 8, 31))
    rebuild_plan(target.commitment.plan, at=NOON)
    job = handed_in(csv_of((target.code, 40)), target.commitment.plan)
    assert [said for _n, _c, said in doubts(job)] == ["Lower than the previous value, 50 communities."]
    with pytest.raises(ValidationError, match="doubts"):
        jobs.confirm(job=job, doubts_seen=False, by=job.uploaded_by, at=NOON)
    assert worked_on(confirmed(job)).state == ImportState.APPLIED


@pytest.mark.parametrize("note", ["progress", "problems", "next_steps"])
def test_a_note_answers_the_doubt(note: str) -> None:
    target = make_target()
    make_counted_entry(target, 50, date(2023, 8, 31))
    rebuild_plan(target.commitment.plan, at=NOON)
    sheet = csv_of((target.code, 40, "口径调整"), header=("code", "value", note))
    assert doubts(handed_in(sheet, target.commitment.plan)) == []


def test_a_row_that_stands_there_twice_is_doubtful() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 5, "", "a"), (target.code, 6, "", "b")), target.commitment.plan)
    assert doubts(job) == [(3, "code", "Row 2 reports the same target and day.")]


def test_another_value_for_a_day_that_has_one_is_doubtful() -> None:
    counted = make_target()
    plan = counted.commitment.plan
    waiting = make_target(make_commitment(plan))
    make_counted_entry(counted, 50, TODAY)
    make_entry(waiting, 7, TODAY)
    job = handed_in(csv_of((counted.code, 55, TODAY, "a"), (waiting.code, 8, TODAY, "a")), plan)
    assert [said for _n, _c, said in doubts(job)] == [
        "Already recorded for this day: 50 communities.",
        "In review for this day: 7 communities.",
    ]


def test_a_day_before_the_newest_recorded_one_is_doubtful() -> None:
    target = make_target()
    make_counted_entry(target, 50, date(2023, 8, 31))
    job = handed_in(csv_of((target.code, 40, "2023-07-31", "a")), target.commitment.plan)
    assert doubts(job) == [
        (2, "day", "A later figure is already recorded: 50 communities as of 31 August 2023.")
    ]


def test_amounts_may_come_in_any_order() -> None:
    target = make_target(accumulation=Accumulation.INCREMENTS)
    make_counted_entry(target, 5, date(2023, 8, 31))
    assert doubts(handed_in(csv_of((target.code, 4, "2023-07-31", "a")), target.commitment.plan)) == []


def test_of_a_ratio_both_parts_are_named() -> None:
    rate = make_target(accumulation=Accumulation.RATIO, goal=Goal.FINAL, kind=TargetKind.LEVEL, unit="%")
    make_counted_entry(rate, 190, TODAY, denominator=Decimal(200))
    sheet = csv_of((rate.code, 195, 200, "a"), header=("code", "value", "denominator", "progress"))
    assert "190 / 200" in doubts(handed_in(sheet, rate.commitment.plan))[0][2]


def test_a_sheet_that_was_recorded_before_is_doubtful() -> None:
    target = make_target()
    sheet = csv_of((target.code, 5, "", "a"))
    recorded(sheet, target.commitment.plan)
    assert [said for _n, _c, said in doubts(handed_in(sheet, target.commitment.plan))] == [
        "The same value has been recorded for this day already."
    ]


def test_a_sheet_that_reports_nothing_is_refused() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, "")), target.commitment.plan)
    assert (job.state, job.refusal) == (ImportState.REFUSED, "No row reports anything: every value is blank.")


def test_a_file_that_cannot_be_read_is_refused_in_the_readers_language() -> None:
    job = handed_in(b"PK\x03\x04", make_plan(), make_user(language="zh-hans"))
    with translation.override("zh-hans"):
        assert (job.state, refusal(job)) == (ImportState.REFUSED, "文件已损坏，无法作为Excel工作簿打开。")


# Columns -------------------------------------------------------------------------------------------

OWN_WORDS = ("序号", "重点工作", "1-9月完成")
MAPPING = {"title": "重点工作", "value": "1-9月完成"}


def named(job: ImportJob) -> ImportJob:
    jobs.name_columns(job=job, header_row=1, mapping=MAPPING, by=job.uploaded_by, at=NOON)
    return worked_on(job)


def test_an_offices_own_columns_are_named_once() -> None:
    target, clerk = make_target(), make_user(Role.CLERK)
    sheet, plan = csv_of((1, target.title, 20), header=OWN_WORDS), target.commitment.plan
    assert clerk.agency is not None
    target.commitment.support.create(agency=clerk.agency)
    first = handed_in(sheet, plan, clerk)
    assert first.state == ImportState.UNMAPPED
    assert named(first).state == ImportState.CHECKED
    again = handed_in(csv_of((30, target.title), header=OWN_WORDS[:0:-1]), plan, clerk)
    assert again.state == ImportState.UNMAPPED, "other headings, another mapping"
    turned = handed_in(csv_of((20, target.title, 1), header=OWN_WORDS[::-1]), plan, clerk)
    assert turned.state == ImportState.CHECKED
    assert turned.staged.get().value == 20


def test_what_one_agency_said_is_not_anothers() -> None:
    sheet, plan = csv_of((1, "改造", 20), header=OWN_WORDS), make_plan()
    named(handed_in(sheet, plan, make_user(Role.CLERK)))
    assert handed_in(sheet, plan, make_user(Role.CLERK)).state == ImportState.UNMAPPED


def test_columns_can_be_named_again_after_the_check() -> None:
    target = make_target()
    sheet = csv_of((target.code, 20, 30), header=("code", "value", "累计"))
    job = handed_in(sheet, target.commitment.plan)
    mapping = {"code": "code", "value": "累计"}
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    assert worked_on(job).staged.get().value == 30
    assert ColumnMapping.objects.get().agency is None


def test_a_title_above_the_names_is_passed_over() -> None:
    target = make_target()
    rows: list[list[object]] = [["单位：区住建局"], ["编号", "本期数值"], [target.code, 20]]
    job = handed_in(csv_of(*rows, header=["2023年重点工作台账"]), target.commitment.plan)
    assert job.header_row == 3
    assert job.staged.get().value == 20


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_names_are_understood_in_either_language(language: str) -> None:
    target = make_target()
    header = {
        "zh-hans": ("编号", "本期数值", "数据截至"),
        "en": ("Code", "Value of this period", "Data as of"),
    }[language]
    job = handed_in(csv_of((target.code, 20, "2023-06-30"), header=header), target.commitment.plan)
    assert job.staged.get().effective_on == date(2023, 6, 30)


@pytest.mark.parametrize(
    "mapping", [{}, {"value": "1-9月完成"}, {"title": "重点工作"}, {"title": "x", "value": "y"}]
)
def test_too_few_columns_do_not_do(mapping: dict[str, str]) -> None:
    job = handed_in(csv_of((1, "改造", 20), header=OWN_WORDS), make_plan())
    with pytest.raises(ValidationError, match="at least"):
        jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)


def test_a_column_is_one_thing() -> None:
    job = handed_in(csv_of((1, "改造", 20), header=OWN_WORDS), make_plan())
    with pytest.raises(ValidationError, match="twice"):
        jobs.name_columns(
            job=job, header_row=1, mapping={"title": "序号", "value": "序号"}, by=job.uploaded_by, at=NOON
        )


# Permissions and order ---------------------------------------------------------------------------------


def test_who_may_not_record_uploads_nothing() -> None:
    with pytest.raises(PermissionDenied):
        handed_in(csv_of(), make_plan(), make_user(Role.LEADER))


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"x" * (file_types.LARGEST + 1), "20 MB")])
def test_files_of_no_or_too_much_content_are_not_taken(content: bytes, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        handed_in(content, make_plan())


def test_no_more_than_five_sheets_wait_of_a_person() -> None:
    plan, user = make_plan(), make_user()

    def upload(number: int) -> ImportJob:
        content = csv_of((f"code-{number}", 1))
        return jobs.upload(
            plan=plan, file_name="a.csv", content=content, effective_on=TODAY, by=user, at=NOON
        )

    first = upload(0)
    for number in range(1, jobs.MOST_WAITING):
        upload(number)
    with translation.override("en"), pytest.raises(ValidationError, match="5 of your sheets"):
        upload(9)
    assert upload(0) == first
    jobs.discard(job=worked_on(first), by=user, at=NOON)
    assert upload(9).state == ImportState.RECEIVED


def test_nobody_acts_on_anothers_sheet() -> None:
    target, other = make_target(), make_user()
    job = handed_in(csv_of((target.code, 20)), target.commitment.plan)
    with pytest.raises(PermissionDenied):
        jobs.confirm(job=job, doubts_seen=True, by=other, at=NOON)
    with pytest.raises(PermissionDenied):
        jobs.discard(job=job, by=other, at=NOON)
    with pytest.raises(PermissionDenied):
        jobs.name_columns(job=job, header_row=1, mapping={}, by=other, at=NOON)


def test_the_second_of_two_clicks_comes_too_late() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 20)), target.commitment.plan)
    jobs.discard(job=job, by=job.uploaded_by, at=NOON)
    with pytest.raises(ValidationError, match="changed in the meantime"):
        confirmed(job)


def test_a_sheet_checked_again_in_between_is_not_confirmed() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 20)), target.commitment.plan)
    ImportJob.objects.update(state=ImportState.RECEIVED)
    background.run(job.pk, clock=lambda: NOON + timedelta(minutes=1))
    with pytest.raises(ValidationError, match="changed in the meantime"):
        confirmed(job)


def test_a_sheet_is_not_confirmed_twice() -> None:
    target = make_target()
    job = recorded(csv_of((target.code, 20)), target.commitment.plan)
    with pytest.raises(ValidationError, match="already been recorded"):
        confirmed(job)


def test_a_text_that_is_no_table_is_refused() -> None:
    job = handed_in("各科室：\n请于月底前报送进展。\n".encode(), make_plan())
    assert (job.state, job.refusal) == (
        ImportState.REFUSED,
        "This is not a table: there is only one column.",
    )


# Changes meanwhile ----------------------------------------------------------------------------


def test_what_becomes_wrong_before_it_is_applied_is_shown_instead() -> None:
    target = make_target()
    job = confirmed(handed_in(csv_of((target.code, 20)), target.commitment.plan))
    period_locks.lock(plan=job.plan, through=TODAY, reason="月度通报", seen=0, by=make_user(), at=NOON)
    job = worked_on(worked_on(job))
    assert (job.state, job.faulty) == (ImportState.CHECKED, 1)
    assert not ProgressEntry.objects.exists()


def test_a_target_that_is_gone_is_shown_too() -> None:
    target = make_target()
    kept = make_target(make_commitment(target.commitment.plan))
    job = confirmed(handed_in(csv_of((target.code, 20), (kept.code, 20)), target.commitment.plan))
    target.delete()
    assert worked_on(worked_on(job)).faulty == 1


def test_what_changes_beside_it_does_not_matter() -> None:
    plan = make_plan()
    staged, other = (make_staged_target(make_commitment(plan), date(2023, 6, 30)) for _ in range(2))
    header = ("code", "milestone", "value")
    job = confirmed(handed_in(csv_of((staged.code, 1, 1), header=header), plan))
    make_entry(other, 1, TODAY, milestone=other.milestones.get())
    assert worked_on(job).state == ImportState.APPLIED


# Background ----------------------------------------------------------------------------------------


def test_what_another_worker_holds_is_left_to_it() -> None:
    job = uploaded()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [background.LOCKS, job.pk])
        assert worked_on(job).attempts == 0
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [background.LOCKS, job.pk])
    other.close()
    assert worked_on(job).state == ImportState.REFUSED


def test_a_sheet_that_ends_its_workers_is_given_up() -> None:
    job = uploaded()
    ImportJob.objects.filter(pk=job.pk).update(attempts=background.MOST_ATTEMPTS)
    assert worked_on(job).state == ImportState.REFUSED


def test_what_was_half_checked_is_checked_from_the_beginning() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 20)), target.commitment.plan)
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RECEIVED)
    job = worked_on(job)
    assert (job.rows, ImportRow.objects.count()) == (1, 1)


def test_the_task_does_all_that_waits_and_tidies_up() -> None:
    target = make_target()
    recorded(csv_of((target.code, 20)), target.commitment.plan)
    waiting = jobs.upload(
        plan=target.commitment.plan, file_name="a.csv", content=csv_of((target.code, 1)), effective_on=TODAY,
        by=make_user(), at=clock.now(),
    )  # fmt: skip
    tasks.work_on_sheets()
    assert ImportJob.objects.get(pk=waiting.pk).state == ImportState.CHECKED
    done = ImportJob.objects.get(state=ImportState.APPLIED)
    assert (bytes(done.content), done.staged.count()) == (b"", 0)


def test_applying_takes_the_same_number_of_statements_for_any_number_of_rows() -> None:
    target = make_target()

    def asked(count: int) -> int:
        sheet = csv_of(*((target.code, n, "2023-09-01", "x") for n in range(1, count + 1)))
        job = confirmed(handed_in(sheet, target.commitment.plan))
        with statements() as sent:
            worked_on(job)
        return len(sent)

    assert asked(2) == asked(200)


def test_an_upload_wakes_a_worker(settings: Settings, django_capture_on_commit_callbacks: Any) -> None:
    settings.IMPORT_HINT = "tests.progress_import.test_jobs.hint"
    hinted.clear()
    with django_capture_on_commit_callbacks(execute=True):
        uploaded()
    assert hinted.wait(2)


def test_the_hint_is_a_message_to_the_worker() -> None:
    tasks.send_import_hint()


def test_sheets_rows_and_mappings_say_what_they_are() -> None:
    job = handed_in(csv_of((1, "改造", 20), header=OWN_WORDS), make_plan())
    named(job)
    row = ImportRow.objects.get()
    assert (str(job), str(row), str(ColumnMapping.objects.get())) == (
        "sheet.csv",
        f"{job.pk}: 2",
        "重点工作, 1-9月完成",
    )
