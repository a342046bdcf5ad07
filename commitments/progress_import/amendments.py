"""A person's changes to the rows of a sheet, made in its preview; they are read in place of the file's cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from ..models import ImportAmendment, ImportJob, ImportRow, User
from ..spreadsheets.reader.rows import Changes
from .rejected_rows import cell_at
from .row_doubts import HIDDEN

# The first and the last number of rows without a gap.
Runs = Sequence[Sequence[int]]


class RowChange(NamedTuple):
    """A row left out, or texts in place of its cells, by column."""

    left_out: bool
    cells: Mapping[str, str]


def read_changes(job: ImportJob) -> Changes:
    """Return all changes to a sheet, with the rows of it that are recorded already."""
    found = list(ImportAmendment.objects.filter(job=job))
    return Changes(
        {each.number: each.cells for each in found if each.cells},
        [each.number for each in found if each.left_out],
        list(_numbers(job.recorded_rows)),
    )


def save_changes(
    job: ImportJob, changes: Mapping[int, RowChange], rows: Iterable[ImportRow], *, by: User, at: datetime
) -> None:
    """Keep the changes to some rows; an earlier one of the same row goes on for its other cells."""
    of_rows = ImportAmendment.objects.filter(job=job, number__in=changes)
    earlier = {each.number: each for each in of_rows}
    changed = [_changed(job, row, changes[row.number], earlier.get(row.number)) for row in rows]
    for each in changed:
        each.amended_by, each.amended_at = by, at
    of_rows.delete()
    ImportAmendment.objects.bulk_create(changed)


def hidden_rows(job: ImportJob) -> QuerySet[ImportRow]:
    """Return the right rows that are hidden in the sheet."""
    return ImportRow.objects.filter(job=job, doubts__contains=[["", HIDDEN, {}]])


def join_runs(runs: Runs, numbers: Iterable[int]) -> list[list[int]]:
    """Return the runs of rows together with further ones."""
    joined: list[list[int]] = []
    for number in sorted({*_numbers(runs), *numbers}):
        if joined and joined[-1][1] == number - 1:
            joined[-1][1] = number
        else:
            joined.append([number, number])
    return joined


def _changed(
    job: ImportJob, row: ImportRow, change: RowChange, earlier: ImportAmendment | None
) -> ImportAmendment:
    cells, written = (earlier.cells, earlier.written) if earlier else ({}, {})
    replaced = {name: cell_at(row, job.columns.get(name)) for name in change.cells}
    return ImportAmendment(
        job=job,
        number=row.number,
        left_out=change.left_out,
        cells={**cells, **change.cells},
        written={**replaced, **written},
    )


def _numbers(runs: Runs) -> Iterator[int]:
    return (number for first, last in runs for number in range(first, last + 1))
