"""Spreadsheets as people hand them in, and their way through the service."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from commitments.models import ImportJob, ImportRow, Plan, User
from commitments.progress_import import background, jobs
from commitments.progress_import.row_messages import render
from tests.factories import NOON, TODAY, make_user

HEADER = ("code", "value", "day", "progress")


def csv_of(*rows: Sequence[object], header: Sequence[str] = HEADER, encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def xlsx_of(*rows: Sequence[object], header: Sequence[str] = HEADER) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in (header, *rows):
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def handed_in(
    content: bytes, plan: Plan, by: User | None = None, *, name: str = "sheet.csv", on: date = TODAY
) -> ImportJob:
    """Return the sheet after it was checked."""
    by = by or make_user(language="en")
    job = jobs.upload(plan=plan, file_name=name, content=content, effective_on=on, by=by, at=NOON)
    return worked_on(job)


def recorded(content: bytes, plan: Plan, by: User | None = None, **given: Any) -> ImportJob:
    """Return the sheet after it was confirmed and applied."""
    job = handed_in(content, plan, by, **given)
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    return worked_on(job)


def worked_on(job: ImportJob) -> ImportJob:
    background.run(job.pk, clock=lambda: NOON)
    return ImportJob.objects.get(pk=job.pk)


def faults(job: ImportJob) -> list[tuple[int, str, str]]:
    """Return row, column and sentence of each fault."""
    return _remarks(job, "faults")


def doubts(job: ImportJob) -> list[tuple[int, str, str]]:
    return _remarks(job, "doubts")


def _remarks(job: ImportJob, kind: str) -> list[tuple[int, str, str]]:
    rows: Iterable[tuple[int, Any]] = (
        ImportRow.objects.filter(job=job).order_by("number").values_list("number", kind)
    )
    return [(number, column, sentence) for number, found in rows for column, sentence in render(found)]
