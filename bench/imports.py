"""Import of 100,000 rows, each checked, against the database's own minimum and the usual library."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db import connection
from django.test import override_settings
from openpyxl import Workbook

from bench.measure import BenchFigure, figure, medians
from bench.plain_import import plain_import
from bench.scale import Scale
from bench.tables import execute, make_large_plan, settle
from commitments import clock
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Plan, ProgressEntry, User
from commitments.progress_import import background, jobs
from tests.factories import make_user

ROWS, TARGETS, ROUNDS = 100_000, 1_000, 3
# The usual library is measured on fewer rows, and its time multiplied accordingly.
PLAIN_ROWS = 10_000
GOALS = {"CSV": 6.0, "XLSX": 12.0}
FASTER = {"CSV": 30, "XLSX": 20}
HEADER = ("code", "value", "day", "progress")
STAGING = """
CREATE TABLE bench_staging (target_id bigint, effective_on date, value numeric(20, 4), progress text)
"""
COPY = "COPY bench_staging FROM STDIN"
INSERT = """
INSERT INTO commitments_progressentry (commitment_id, target_id, effective_on, value, progress, problems, next_steps,
    recorded_by_id, recorded_at, is_sample, counted_from)
SELECT t.commitment_id, s.target_id, s.effective_on, s.value, s.progress, '', '', %(user)s, now(), false, now()
FROM bench_staging s JOIN commitments_target t ON t.id = s.target_id
"""
Row = tuple[str, int, date, str]


def no_hint() -> None:
    """Wake no worker: the work is done at once and by hand here."""


def figures(scale: Scale) -> list[BenchFigure]:
    size, plain_size, targets = scale.size(ROWS), scale.size(PLAIN_ROWS), scale.size(TARGETS)
    plan, user = make_large_plan(targets, year=2060), make_user()
    ids = dict(execute("SELECT code, id FROM commitments_target t WHERE commitment_id IN"
                       " (SELECT id FROM commitments_commitment WHERE plan_id = %(plan)s)", plan=plan.pk))  # fmt: skip
    rows = [_row(code, n) for n in range(size // targets) for code in ids]
    execute(STAGING)
    settle()
    with override_settings(ROLLUP_HINT="bench.imports.no_hint", IMPORT_HINT="bench.imports.no_hint"):
        csv_ours, xlsx_ours, floor, csv_plain, xlsx_plain = medians(
            _counted(_ours(plan, user, "CSV", _csv(rows)), size),
            _counted(_ours(plan, user, "XLSX", _xlsx(rows)), size),
            _counted(_floor(rows, ids, user), size),
            _counted(partial(plain_import, "CSV", _csv(rows[:plain_size]), user), plain_size),
            _counted(partial(plain_import, "XLSX", _xlsx(rows[:plain_size]), user), plain_size),
            rounds=scale.rounds(ROUNDS),
            between=_clear,
        )
    many = size / plain_size
    return [
        _against_floor("CSV", size, csv_ours, floor),
        _against_floor("XLSX", size, xlsx_ours, floor),
        _against_plain("CSV", size, plain_size, csv_ours, csv_plain * many),
        _against_plain("XLSX", size, plain_size, xlsx_ours, xlsx_plain * many),
    ]


def _against_floor(kind: str, size: int, ours: float, floor: float) -> BenchFigure:
    named = f"import of {size:,} rows of {kind}, every row checked, against COPY and INSERT … SELECT"
    return figure(named, ours, floor, goal=GOALS[kind], unit="ms")


def _against_plain(kind: str, size: int, plain_size: int, ours: float, plain: float) -> BenchFigure:
    named = (
        f"import of {size:,} rows of {kind}, checked and applied, against django-import-export's preview and import"
        f" (measured on {plain_size:,} rows, times {size // plain_size})"
    )
    return figure(named, ours, plain, goal=1 / FASTER[kind], unit="ms")


def _counted(way: Callable[[], None], rows: int) -> Callable[[], None]:
    """Fail if a way is quick because it did not record every row."""

    def run() -> None:
        way()
        if ProgressEntry.objects.count() != rows:
            raise RuntimeError("not every row was recorded")

    return run


def _row(code: str, n: int) -> Row:
    return code, n + 1, date(2023, 1, 1) + timedelta(days=n), f"已完成第{n + 1}批，正在推进下一批"


def _csv(rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADER, *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _ours(plan: Plan, user: User, kind: str, content: bytes) -> Callable[[], None]:
    """Import the uploaded file into the ledger, its preview included."""

    def run() -> None:
        job = jobs.upload(
            plan=plan, file_name=f"sheet.{kind.lower()}", content=content, effective_on=date(2023, 9, 28),
            by=user, at=clock.now(),
        )  # fmt: skip
        background.run(job.pk, clock=clock.now)
        jobs.confirm(job=ImportJob.objects.get(pk=job.pk), doubts_seen=True, by=user, at=clock.now())
        background.run(job.pk, clock=clock.now)
        if ImportJob.objects.get(pk=job.pk).state != ImportState.APPLIED:
            raise RuntimeError("the sheet was not recorded")

    return run


def _floor(rows: list[Row], targets: dict[str, int], user: User) -> Callable[[], None]:
    lines = "".join(f"{targets[code]}\t{on}\t{value}\t{text}\n" for code, value, on, text in rows).encode()

    def run() -> None:
        with connection.cursor() as cursor:
            with cursor.copy(COPY) as copy:
                copy.write(lines)
            cursor.execute(INSERT, {"user": user.pk})

    return run


def _clear() -> None:
    execute("SET session_replication_role = replica")
    execute(
        "TRUNCATE commitments_progressentry, commitments_importrow, commitments_stalemark, bench_staging CASCADE"
    )
    execute("SET session_replication_role = DEFAULT")
    execute("DELETE FROM commitments_importjob")
    settle()
