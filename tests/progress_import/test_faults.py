"""A real worker on a real broker, killed half-way: a sheet is recorded whole and once, or not at all."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from bench import processes
from commitments import clock
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, ProgressEntry, Target
from commitments.progress_import import jobs
from commitments.tasks import work_on_sheets
from tests.factories import make_commitment, make_plan, make_target, make_user
from tests.progress_import.samples import faults, xlsx_of

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, TARGETS, BAD = 10_000, 20, 100
PATIENCE_SECONDS = 120.0
# Makes the one statement that writes the rows last, so that the worker can be killed within it.
SLOW = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END $$;
CREATE TRIGGER slowly AFTER INSERT ON commitments_progressentry FOR EACH STATEMENT EXECUTE FUNCTION slowly()
"""
FAST = "DROP TRIGGER IF EXISTS slowly ON commitments_progressentry; DROP FUNCTION IF EXISTS slowly()"
# In this database: other workers' tests write into theirs.
WRITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND query LIKE %s AND state = 'active' AND pid <> pg_backend_pid()
"""


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.05)


def is_in(job: ImportJob, state: ImportState) -> Callable[[], bool]:
    return lambda: ImportJob.objects.get(pk=job.pk).state == state


def is_writing() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WRITING, ["%INSERT INTO commitments_progressentry%"])
        found: tuple[int] = cursor.fetchone()
        return found == (1,)


def execute(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)


def upload(targets: list[Target], bad: int) -> ImportJob:
    rows = [(targets[n % TARGETS].code, "二十" if n < bad else n, "", f"第{n}批") for n in range(ROWS)]
    plan = targets[0].commitment.plan
    return jobs.upload(plan=plan, file_name="九月.xlsx", content=xlsx_of(*rows), by=make_user(), at=clock.now(),
                       effective_on=clock.today(plan.time_zone))  # fmt: skip


@pytest.fixture
def _fast_again() -> Iterator[None]:
    yield
    execute(FAST)


@pytest.mark.usefixtures("_fast_again")
def test_ten_thousand_rows_all_or_nothing_whatever_happens_to_the_worker() -> None:
    plan = make_plan(year=clock.today("Asia/Shanghai").year)
    targets = [make_target(make_commitment(plan)) for _ in range(TARGETS)]
    with processes.running(*processes.WORKER) as worker:
        processes.wait_for_worker()
        bad = upload(targets, bad=BAD)
        work_on_sheets.delay()
        wait_until(is_in(bad, ImportState.CHECKED))
        assert len({row for row, _column, _said in faults(bad)}) == BAD
        assert not ProgressEntry.objects.exists()

        mended = upload(targets, bad=0)
        work_on_sheets.delay()
        wait_until(is_in(mended, ImportState.CHECKED))
        execute(SLOW)
        mended.refresh_from_db()
        jobs.confirm(job=mended, doubts_seen=True, by=mended.uploaded_by, at=clock.now())
        work_on_sheets.delay()
        wait_until(is_writing)
        processes.kill(worker)
    wait_until(lambda: not is_writing())
    execute(FAST)
    assert not ProgressEntry.objects.exists()
    assert is_in(mended, ImportState.CONFIRMED)()

    with processes.running(*processes.WORKER), processes.running(*processes.WORKER):
        processes.wait_for_worker()
        for _ in range(4):
            work_on_sheets.delay()
        wait_until(is_in(mended, ImportState.APPLIED))
        work_on_sheets.delay()
        time.sleep(1)
    assert ProgressEntry.objects.count() == ROWS
