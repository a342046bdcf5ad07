"""The background part: uploaded sheets are checked and confirmed ones recorded.

It is safe to repeat, in any number of workers. Each worker holds a lock of the database's session while it works
on a job; the lock goes with the worker. Messages are kept untranslated and put into the reader's language later.
"""

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import translation

from ..actions.period_locks import waited_too_long
from ..domain.import_enums import ImportState
from ..models import ColumnMapping, ImportJob, ImportRow
from ..reporting.doubts import bounds_of
from ..spreadsheets.reader.problems import FileError
from ..spreadsheets.reader.problems import marked as _
from ..spreadsheets.reader.rows import Asked, Changes, LeftOut, SheetRow
from ..uploads import FULL
from . import column_mapping, reading
from .amendments import read_changes
from .column_fit import fit_names
from .context import CheckContext, read_context
from .fault_messages import instructions
from .figure_columns import FigureColumns, read_columns
from .recorded_entries import RecordedEntries, read_recorded, targets_in
from .recording import apply, end
from .repeated_sheets import find_repeated
from .row_checks import CheckedRow, check_rows
from .row_doubts import RowDoubts
from .row_figures import RowFigures
from .staging import stage

logger = logging.getLogger(__name__)

LOCKS = 0x49_4D_50_54
MOST_ATTEMPTS = 3
TOO_OFTEN = _("The sheet could not be processed. Nothing was recorded.")
OPEN_TOO_OFTEN = _("The open rows could not be processed.")
OPEN_BLANK = _("Read again, the open rows report nothing.")
FORGOTTEN = _("The open rows waited for %(days)d days.")
NOT_THE_SAME = _("The stored file differs from the one that was uploaded. Upload it again.")
NOTHING = _("No row reports anything: every value is blank.")
NO_TABLE = _("This is not a table: no line names its columns, and the lines have different numbers of cells.")
TOO_MUCH = _("The rows with problems have too much text. Split the sheet.")
MOST_CHARACTERS = 100_000_000
TO_DO = (ImportState.RECEIVED, ImportState.CONFIRMED)
ASKING = (ImportState.UNMAPPED, ImportState.CHECKED)
PATIENCE = timedelta(days=30)
ENDS = (ImportState.APPLIED, ImportState.REFUSED, ImportState.DISCARDED)


def run_waiting(*, clock: Callable[[], datetime], time_is_up: type[Exception] | tuple[()] = ()) -> None:
    """Work on the waiting jobs, oldest first; skip those of other workers and log failures.

    Raise only `time_is_up`, and errors that keep the list of jobs from being read.
    """
    for job in ImportJob.objects.filter(state__in=TO_DO).order_by("pk").values_list("pk", flat=True):
        try:
            run(job, clock=clock)
        except time_is_up:
            raise
        except Exception:
            logger.exception("Sheet %d could not be worked on", job)
    tidy(at=clock())


def run(pk: int, *, clock: Callable[[], datetime]) -> None:
    with _hold(pk) as held:
        if not held or not ImportJob.objects.filter(pk=pk, state__in=TO_DO).update(
            attempts=F("attempts") + 1
        ):
            return
        job = ImportJob.objects.select_related("plan", "uploaded_by").get(pk=pk)
        with translation.override(None):
            _run(job, clock)


def tidy(*, at: datetime) -> None:
    """Delete the rows and files of ended sheets, and discard sheets that wait too long for an answer."""
    # Whatever a person does to a sheet leads to a check or a confirmation.
    acted_at = Greatest("uploaded_at", "checked_at", "confirmed_at")
    waiting = ImportJob.objects.filter(state__in=ASKING).annotate(acted_at=acted_at)
    forgotten = waiting.filter(acted_at__lt=at - PATIENCE)
    for job in forgotten.exclude(recorded_rows=[]).defer("content"):
        why = FileError(FORGOTTEN, days=PATIENCE.days)
        end(job, rows=job.recorded_before, at=at, given_up=job.rows, why=why)
    # A sheet may have been acted on since: only one that is still without recorded rows is discarded.
    forgotten.filter(recorded_rows=[]).update(state=ImportState.DISCARDED)
    ImportRow.objects.filter(job__state__in=ENDS).delete()
    ImportJob.objects.filter(state__in=ENDS).exclude(content=b"").update(content=b"")


def _run(job: ImportJob, clock: Callable[[], datetime]) -> None:
    if job.attempts > MOST_ATTEMPTS:
        _refuse(job, FileError(OPEN_TOO_OFTEN if job.recorded_rows else TOO_OFTEN), clock())
    elif job.state == ImportState.CONFIRMED:
        _record(job, clock)
    else:
        _check(job, clock)


def _record(job: ImportJob, clock: Callable[[], datetime]) -> None:
    """Record a confirmed sheet; if the ledger is busy for long, leave it to the next run, at no attempt."""
    try:
        apply(job, at=clock())
    except OperationalError as error:
        if not waited_too_long(error):
            raise
        _update(job, attempts=job.attempts - 1)


def _check(job: ImportJob, clock: Callable[[], datetime]) -> None:
    try:
        with _open_file(job) as path:
            context = read_context(job.plan, by=job.uploaded_by, at=clock())
            found, is_said = _find_layout(job, reading.read_heading(path, job.sheet), context)
            names = column_mapping.headings_of(dict(job.heading), found.header_row)
            if found.is_enough() and (is_said or not _asks(found, names, job.hidden_columns)):
                also = [] if is_said else column_mapping.other_values(found, names, job.hidden_columns)
                _check_rows(
                    job,
                    path,
                    Asked(found.header_row, found.columns, also=also, sheet=job.sheet),
                    context,
                    clock,
                )
            else:
                _update(
                    job,
                    state=ImportState.UNMAPPED,
                    header_row=found.header_row,
                    columns=found.columns,
                    checked_at=clock(),
                    attempts=0,
                )
    except FileError as error:
        _refuse(job, error, clock())
    except OSError as error:
        if error.errno not in FULL:
            raise
        logger.exception("Sheet %d waits: there is no room on the disk", job.pk)
        _update(job, attempts=job.attempts - 1)


def _find_layout(
    job: ImportJob, heading: reading.SheetHeading, context: CheckContext
) -> tuple[column_mapping.ColumnLayout, bool]:
    """Find the columns, by the agency's answer about the same headings, which is told, or by our own names and fit."""
    others = [name for name in heading.others if name not in instructions()]
    _update(
        job,
        heading=heading.rows,
        expected=heading.about,
        other_sheets=others,
        hidden_columns=heading.hidden,
    )
    understood = column_mapping.find_layout(heading.rows)
    number = job.header_row or understood.header_row
    names = column_mapping.headings_of(dict(heading.rows), number)
    said = ColumnMapping.objects.filter(
        agency=job.uploaded_by.agency_id, headings=column_mapping.digest(names)
    ).first()
    if said:
        return column_mapping.apply_mapping(names, number, said.columns), True
    if not understood.columns and not heading.is_even:
        raise FileError(NO_TABLE)
    fitting = fit_names(understood, names, heading.rows, context)
    return column_mapping.prefer_visible(fitting, names, heading.hidden), False


def _asks(found: column_mapping.ColumnLayout, names: Sequence[str], hidden: Collection[int]) -> bool:
    """Tell whether a person has to say which column is which, though enough of them are known."""
    return column_mapping.asks_for_day(found, names) or column_mapping.hides_figures(found, hidden)


def _check_rows(
    job: ImportJob, path: Path, asked: Asked, context: CheckContext, clock: Callable[[], datetime]
) -> None:
    left_out, changes = LeftOut(), read_changes(job)
    _begin_anew(job, changes)
    own = context.own_targets()
    # Entries are read before the bounds: one recorded in between is noticed when the sheet is applied.
    recorded = read_recorded(target.pk for target in own)
    doubts = RowDoubts(bounds_of(own, context.today()), recorded)
    names = column_mapping.headings_of(dict(job.heading), asked.after)
    figures = RowFigures(_read_columns(job, asked, names), recorded)
    _update(job, header_row=asked.after, columns=asked.columns, frame=context.digest())
    quiet = column_mapping.quiet_columns(asked.columns, names)
    rates = column_mapping.rate_columns(names, {*asked.columns.values(), *asked.also})
    asked = asked._replace(quiet=quiet, changes=changes, rates=rates)
    rows, faulty = _stage_rows(
        job,
        reading.read_rows(path, asked, left_out),
        lambda chunk: check_rows(chunk, context, job.effective_on, doubts, figures, left_out),
    )
    if rows == 0 and changes.recorded:
        end(job, rows=job.recorded_before, at=clock(), given_up=job.rows, why=FileError(OPEN_BLANK))
        return
    if rows == 0 and not changes.left_out:
        raise FileError(NOTHING)
    _end_check(job, at=clock(), rows=rows, faulty=faulty, left_out=left_out, recorded=recorded)


def _read_columns(job: ImportJob, asked: Asked, names: Sequence[str]) -> FigureColumns:
    above = [cells for number, cells in job.heading if number < asked.after]
    groups = column_mapping.groups_of(dict(job.heading), asked.after)
    return read_columns(asked.columns, names, above, asked.also, groups)


def _stage_rows(
    job: ImportJob,
    chunks: Iterable[list[SheetRow]],
    check: Callable[[list[SheetRow]], Iterable[CheckedRow]],
) -> tuple[int, int]:
    """Stage the checked rows of each chunk; return the number of all and of the wrong ones."""
    rows = faulty = to_mend = 0
    for chunk in chunks:
        checked = list(check(chunk))
        kept = [each.row.written for each in checked if each.faults or each.doubts]
        to_mend += sum(len(cell) for written in kept for cell in written)
        if to_mend > MOST_CHARACTERS:
            raise FileError(TOO_MUCH)
        stage(job, checked)
        rows += len(checked)
        faulty += sum(bool(each.faults) for each in checked)
        _update(job, reached=chunk[-1].number)
    return rows, faulty


def _end_check(
    job: ImportJob, *, at: datetime, rows: int, faulty: int, left_out: LeftOut, recorded: RecordedEntries
) -> None:
    """Show a checked sheet to the person who has handed it in."""
    _update(
        job,
        state=ImportState.CHECKED,
        rows=rows,
        faulty=faulty,
        doubtful=ImportRow.objects.filter(job=job, doubts__isnull=False).count(),
        left_out=left_out,
        recorded=recorded.digest(targets_in(job)),
        repeats=find_repeated(job),
        checked_at=at,
        attempts=0,
    )


@transaction.atomic
def _begin_anew(job: ImportJob, changes: Changes) -> None:
    """Delete the rows of the check before; its numbers stand until this one is done, for rows to be given up."""
    before = ImportRow.objects.filter(job=job)
    # A worker may die after this: the next one finds the number of rows still open, but no longer the rows.
    _update(job, rows=job.rows - before.filter(number__in=changes.left_out).count())
    before.delete()


def _refuse(job: ImportJob, why: FileError, at: datetime) -> None:
    """Refuse a sheet; one of which rows are recorded ends with these and gives up the open ones."""
    if job.recorded_rows:
        end(job, rows=job.recorded_before, at=at, given_up=job.rows, why=why)
        return
    _update(job, state=ImportState.REFUSED, refusal=why.message, refusal_params=dict(why.params))


def _update(job: ImportJob, **given: object) -> None:
    for name, value in given.items():
        setattr(job, name, value)
    ImportJob.objects.filter(pk=job.pk).update(**given)


@contextmanager
def _hold(pk: int) -> Iterator[bool]:
    held = _run_lock("SELECT pg_try_advisory_lock(%s, %s)", pk)
    try:
        yield held
    finally:
        if held:
            _run_lock("SELECT pg_advisory_unlock(%s, %s)", pk)


def _run_lock(statement: str, pk: int) -> bool:
    """Run a statement about the lock and return its result."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, [LOCKS, pk % 2**31])
            return bool(cursor.fetchone() == (True,))
    except BaseException:
        # If the time is up just now, the lock goes with the connection: workers keep theirs for long.
        connection.close()
        raise


@contextmanager
def _open_file(job: ImportJob) -> Iterator[Path]:
    """Write the uploaded file to disk; raise FileError if the stored content has changed."""
    content = bytes(job.content)
    if hashlib.sha256(content).hexdigest() != job.sha256:
        logger.error("Sheet %d: its content is not that of its digest", job.pk)
        raise FileError(NOT_THE_SAME)
    with NamedTemporaryFile(prefix="sheet-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)
