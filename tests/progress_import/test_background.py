"""A worker keeps working, with any file, after a sheet that fails, and without any answer from users."""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from commitments.domain.import_enums import ImportState
from commitments.domain.texts import LONGEST
from commitments.models import ImportJob, Plan
from commitments.progress_import import background, jobs
from tests import disks
from tests.factories import NOON, TODAY, make_plan, make_target, make_user
from tests.progress_import.samples import csv_of, faults, handed_in, xlsx_of

pytestmark = pytest.mark.django_db


class TooLateError(Exception):
    """The time is up."""


def waiting(content: bytes = b"code,value\n", plan: Plan | None = None) -> ImportJob:
    plan = plan or Plan.objects.first() or make_plan()
    return jobs.upload(
        plan=plan, file_name="a.csv", content=content, effective_on=TODAY, by=make_user(), at=NOON
    )


def broken() -> ImportJob:
    """Hand in a sheet for a plan with an unknown time zone, in which no day can be told."""
    plan = make_plan(code="610302-2022", year=2022)
    Plan.objects.filter(pk=plan.pk).update(time_zone="Nowhere")
    return waiting(plan=plan)


def test_one_sheet_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    ended = waiting()
    ImportJob.objects.filter(pk=ended.pk).update(state=ImportState.DISCARDED)
    bad, good = broken(), waiting(plan=ended.plan)
    with caplog.at_level(logging.ERROR):
        background.run_waiting(clock=lambda: NOON)
    assert f"Sheet {bad.pk} could not be worked on" in caplog.text
    good.refresh_from_db()
    ended.refresh_from_db()
    assert (good.state, bytes(ended.content)) == (ImportState.REFUSED, b"")


def test_a_sheet_that_was_changed_on_the_server_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    job = waiting(b"code,value\nENV-CIT-01,1\n")
    ImportJob.objects.filter(pk=job.pk).update(content=b"code,value\nENV-CIT-01,9\n")
    background.run(job.pk, clock=lambda: NOON)
    job.refresh_from_db()
    assert (job.state, job.refusal) == (ImportState.REFUSED, background.NOT_THE_SAME)
    assert f"Sheet {job.pk}" in caplog.text


def test_a_sheet_waits_while_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = waiting(disks.TOO_MUCH)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with disks.full(tmp_path):
        for _ in range(background.MOST_ATTEMPTS + 1):
            background.run(job.pk, clock=lambda: NOON)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (ImportState.RECEIVED, 0)


def test_another_fault_of_the_disk_is_not_waited_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(FileNotFoundError):
        background.run(waiting().pk, clock=lambda: NOON)


def test_when_the_time_is_up_nothing_more_is_begun() -> None:
    def late() -> Any:
        raise TooLateError

    target = make_target()
    for content in (csv_of((target.code, 1)), csv_of((target.code, 2))):
        waiting(content)
    with pytest.raises(TooLateError):
        background.run_waiting(clock=late, time_is_up=TooLateError)
    assert sorted(ImportJob.objects.values_list("attempts", flat=True)) == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_not_given_back_goes_with_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    job, execute = waiting(), CursorWrapper.execute

    def interrupted(self: CursorWrapper, statement: Any, *given: Any) -> Any:
        if "advisory_unlock" in statement:
            raise TooLateError
        return execute(self, statement, *given)

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", interrupted)
        with pytest.raises(TooLateError):
            background.run(job.pk, clock=lambda: NOON)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE datname = current_database() AND locktype = 'advisory' AND classid = %s",
            [background.LOCKS],
        )
        assert cursor.fetchone() == (0,)


def test_sheets_that_nobody_ends_are_discarded() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 20)), target.commitment.plan)
    background.tidy(at=NOON + background.PATIENCE)
    assert ImportJob.objects.get(pk=job.pk).state == ImportState.CHECKED
    background.tidy(at=NOON + background.PATIENCE + timedelta(seconds=1))
    job = ImportJob.objects.get(pk=job.pk)
    assert (job.state, bytes(job.content), job.staged.count()) == (ImportState.DISCARDED, b"", 0)


def test_a_text_that_is_too_long_is_a_problem_of_its_cell() -> None:
    target = make_target()
    rows = [(target.code, 1, "", "长" * LONGEST), (target.code, 2, "", "长" * (LONGEST + 1))]
    job = handed_in(csv_of(*rows), target.commitment.plan)
    assert faults(job) == [(3, "progress", "Longer than 5000 characters: shorten it.")]
    written = job.staged.get(number=3).written or []
    assert max(map(len, written)) < LONGEST


def test_a_sheet_full_of_long_texts_fills_nothing_up() -> None:
    """Hand in 60 million characters, packed into almost no space by their workbook."""
    target = make_target()
    rows = [(target.code, number, "", "长" * 30_000) for number in range(2_000)]
    job = handed_in(xlsx_of(*rows), target.commitment.plan)
    assert (job.state, job.faulty) == (ImportState.CHECKED, 2_000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(length(written::text) + length(faults::text)) FROM commitments_importrow")
        (stored,) = cursor.fetchone() or (0,)
    assert 0 < stored < 2_000_000


@pytest.mark.parametrize(
    ("code", "state"),
    [(None, ImportState.CHECKED), ("NO-SUCH", ImportState.REFUSED)],
    ids=["right", "faulty"],
)
def test_columns_that_nobody_reads_cost_only_where_rows_are_to_be_mended(
    monkeypatch: pytest.MonkeyPatch, code: str | None, state: ImportState
) -> None:
    target = make_target()
    monkeypatch.setattr(background, "MOST_CHARACTERS", 50)
    sheet = csv_of((code or target.code, 1, "台账" * 50), header=("code", "value", "说明书"))
    job = handed_in(sheet, target.commitment.plan)
    assert (job.state, "too much text" in job.refusal) == (state, state == ImportState.REFUSED)


def test_characters_that_cannot_be_stored_break_nothing() -> None:
    target = make_target()
    nul = csv_of((target.code, 1, "", "a\0b"), header=("code", "value", "day", "progress"))
    job = handed_in(nul, target.commitment.plan)
    assert faults(job) == [(2, "progress", "Contains a character that cannot be stored.")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_utf_16_without_its_mark_is_told(encoding: str, end: str) -> None:
    sheet = end.join(["重点工作台账", "编号,本期数值", "A,1"]).encode(encoding)
    job = handed_in(sheet, make_plan())
    assert (job.state, "UTF-16" in job.refusal or "UTF-8" in job.refusal) == (ImportState.REFUSED, True)
