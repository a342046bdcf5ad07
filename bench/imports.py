"""Import of 100,000 rows, every one checked, against what the database itself needs, and against the usual library."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db import connection
from django.test import override_settings
from openpyxl import Workbook

from bench.measure import Figure, figure, medians, milliseconds
from bench.plain_import import plain_import
from bench.tables import execute, make_large_plan, settle
from commitments import clock
from commitments.domain.imports import ImportState
from commitments.models import ImportJob, Plan, ProgressEntry, User
from commitments.sheets import jobs, work
from tests.factories import make_user

ROWS, TARGETS, ROUNDS = 100_000, 1_000, 3
# The usual library is measured on fewer rows, and its time taken as many times as it would need.
PLAIN_ROWS = 10_000
GOALS = {"CSV": 6.0, "XLSX": 12.0}
FASTER = {"CSV": 60, "XLSX": 20}
HEADER = ("code", "value", "day", "progress")
STAGING = """
CREATE TABLE bench_staging (target_id bigint, effective_on date, value numeric(20, 4), progress text)
"""
COPY = "COPY bench_staging FROM STDIN"
INSERT = """
INSERT INTO commitments_progressentry (target_id, effective_on, value, progress, problems, next_steps, recorded_by_id,
    recorded_at, is_sample, counted_from)
SELECT target_id, effective_on, value, progress, '', '', %(user)s, now(), false, now() FROM bench_staging
"""
Row = tuple[str, int, date, str]


def no_hint() -> None:
    """The work is done at once and by hand here."""


def figures() -> list[Figure]:
    plan, user = make_large_plan(TARGETS, year=2060), make_user()
    targets = dict(execute("SELECT code, id FROM commitments_target t WHERE commitment_id IN"
                           " (SELECT id FROM commitments_commitment WHERE plan_id = %(plan)s)", plan=plan.pk))  # fmt: skip
    rows = [_row(code, n) for n in range(ROWS // TARGETS) for code in targets]
    files = {"CSV": _csv(rows), "XLSX": _xlsx(rows)}
    execute(STAGING)
    settle()
    with override_settings(ROLLUP_HINT="bench.imports.no_hint", IMPORT_HINT="bench.imports.no_hint"):
        ways = [_ours(plan, user, kind, content) for kind, content in files.items()]
        *ours, floor = medians(*ways, _floor(rows, targets, user), rounds=ROUNDS, between=_clear)
        small = {"CSV": _csv(rows[:PLAIN_ROWS]), "XLSX": _xlsx(rows[:PLAIN_ROWS])}
        plain = {kind: _plain(kind, content, user) for kind, content in small.items()}
    return [
        *(_against_floor(kind, ms, floor) for kind, ms in zip(files, ours, strict=True)),
        *(_against_plain(kind, ms, plain[kind]) for kind, ms in zip(files, ours, strict=True)),
    ]


def _against_floor(kind: str, ours: float, floor: float) -> Figure:
    named = f"import of {ROWS:,} rows of {kind}, every row checked, against COPY and INSERT … SELECT"
    return figure(named, ours, floor, goal=GOALS[kind], unit="ms")


def _against_plain(kind: str, ours: float, plain: float) -> Figure:
    named = (
        f"import of {ROWS:,} rows of {kind}, checked and applied, against django-import-export's preview and import"
        f" (measured on {PLAIN_ROWS:,} rows, times {ROWS // PLAIN_ROWS})"
    )
    return figure(named, ours, plain, goal=1 / FASTER[kind], unit="ms")


def _plain(kind: str, content: bytes, user: User) -> float:
    return milliseconds(partial(plain_import, kind, content, user)) * ROWS / PLAIN_ROWS


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
    """From the file as uploaded to the entries in the ledger, the preview between them included."""

    def run() -> None:
        job = jobs.upload(
            plan=plan, file_name=f"sheet.{kind.lower()}", content=content, effective_on=date(2023, 9, 28),
            by=user, at=clock.now(),
        )  # fmt: skip
        work.run(job.pk, clock=clock.now)
        jobs.confirm(job=ImportJob.objects.get(pk=job.pk), doubts_seen=True, by=user, at=clock.now())
        work.run(job.pk, clock=clock.now)
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
    if ProgressEntry.objects.filter(target__commitment__plan__year=2060).count() != ROWS:
        raise RuntimeError("not every row was recorded")
    execute("SET session_replication_role = replica")
    execute(
        "TRUNCATE commitments_progressentry, commitments_importrow, commitments_stalemark, bench_staging CASCADE"
    )
    execute("SET session_replication_role = DEFAULT")
    execute("DELETE FROM commitments_importjob")
    settle()
