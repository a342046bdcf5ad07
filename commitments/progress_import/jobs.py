"""The user's actions on an uploaded sheet.

`job` is the sheet in the version that the user has seen, `by` the acting user and `at` an aware instant. Invalid
input raises ValidationError. An actor without the right gets PermissionDenied.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from .. import file_types, wake
from ..actions import ledger
from ..domain.import_enums import DISCARDABLE, ImportState
from ..domain.texts import LONGEST, find_barred
from ..models import ColumnMapping, ImportAmendment, ImportJob, ImportRow, Plan, User
from . import column_mapping
from .amendments import RowChange, save_changes
from .fault_messages import column_name

UPLOADS = 0x49_4D_50_55
MOST_WAITING = 5
OPEN = (ImportState.RECEIVED, ImportState.UNMAPPED, ImportState.CHECKED, ImportState.CONFIRMED)


def upload(
    *, plan: Plan, file_name: str, content: bytes, effective_on: date, by: User, at: datetime
) -> ImportJob:
    """Take a file in, to be checked in the background; `effective_on` is the day of rows without one.

    The same file of the same user, plan and day returns the job that is still open.
    """
    if not by.has_perm("commitments.add_progressentry"):
        raise PermissionDenied(_("You may not record progress."))
    if plan.is_draft:
        raise ValidationError({"plan": ledger.unpublished(plan)})
    if not content:
        raise ValidationError({"file": _("The file is empty.")})
    if len(content) > file_types.LARGEST:
        raise too_large()
    same = {
        "plan": plan,
        "uploaded_by": by,
        "sha256": hashlib.sha256(content).hexdigest(),
        "effective_on": effective_on,
    }
    with transaction.atomic():
        _wait_for_uploads_of(by)
        waiting = ImportJob.objects.filter(uploaded_by=by, state__in=OPEN).defer("content")
        job = waiting.filter(**same).first()
        if job is None and waiting.count() >= MOST_WAITING:
            raise ValidationError(_too_many())
        job = job or ImportJob.objects.create(
            **same, uploaded_at=at, file_name=file_name[-200:], content=content
        )
        transaction.on_commit(wake.wake_imports, robust=True)
    return job


def _wait_for_uploads_of(by: User) -> None:
    """Take the user's lock, so that the second of two clicks finds the job of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [UPLOADS, by.pk])


def _too_many() -> str:
    said = _("%(most)d of your sheets are neither recorded nor discarded yet. End one of them first.")
    return said % {"most": MOST_WAITING}


def too_large() -> ValidationError:
    return ValidationError({"file": _("A file may have at most 20 MB.")})


def name_columns(
    *, job: ImportJob, header_row: int, mapping: Mapping[str, str], by: User, at: datetime
) -> None:
    """Set the heading of each column, and remember it for the agency's next sheet of the kind.

    A sheet that was checked already is checked again.
    """
    _check_own(job, by)
    names = column_mapping.headings_of(dict(job.heading), header_row)
    if not column_mapping.apply_mapping(names, header_row, mapping).is_enough():
        raise ValidationError(
            _("Choose at least the column of the value, and that of the code or the title.")
        )
    if len(set(mapping.values())) < len(mapping):
        raise ValidationError(_("The same column was chosen twice."))
    with transaction.atomic():
        expected = (ImportState.UNMAPPED, ImportState.CHECKED)
        _move(job, *expected, state=ImportState.RECEIVED, header_row=header_row, reached=0)
        ColumnMapping.objects.update_or_create(
            agency=by.agency,
            headings=column_mapping.digest(names),
            defaults={"columns": dict(mapping), "saved_by": by, "saved_at": at},
        )
        transaction.on_commit(wake.wake_imports, robust=True)


def choose_sheet(*, job: ImportJob, name: str, by: User) -> None:
    """Read another sheet of the workbook instead; changes to rows of the present one are gone."""
    _check_own(job, by)
    if name not in job.other_sheets or job.recorded_rows:
        raise ValidationError(changed())
    with transaction.atomic():
        expected = (ImportState.UNMAPPED, ImportState.CHECKED)
        _move(job, *expected, state=ImportState.RECEIVED, sheet=name, header_row=None, columns={}, reached=0)
        ImportAmendment.objects.filter(job=job).delete()
        transaction.on_commit(wake.wake_imports, robust=True)


def confirm(*, job: ImportJob, doubts_seen: bool, by: User, at: datetime) -> None:
    """Let all right rows be recorded in the background; wrong ones stay open with the sheet."""
    _check_own(job, by)
    if job.rows <= job.faulty:
        raise ValidationError(_("No row can be recorded yet. Correct a row or discard the sheet."))
    if job.doubtful and not doubts_seen:
        raise ValidationError(_("Tick that you have checked the rows with doubts."))
    if job.repeats and not doubts_seen:
        raise ValidationError(_("Tick that these amounts are not a repeat of the earlier sheet."))
    if job.other_sheets and not doubts_seen:
        raise ValidationError(_("Tick that the other sheets of the workbook are left out."))
    with transaction.atomic():
        _move(job, ImportState.CHECKED, state=ImportState.CONFIRMED, confirmed_at=at, attempts=0)
        transaction.on_commit(wake.wake_imports, robust=True)


def amend(*, job: ImportJob, changes: Mapping[int, RowChange], by: User, at: datetime) -> None:
    """Mend rows of a checked sheet or leave them out; the sheet is then checked again, the file stays as it is."""
    _check_own(job, by)
    if not changes:
        raise ValidationError(_("Nothing was changed."))
    _check_texts(changes)
    with transaction.atomic():
        _check_again(job)
        rows = list(ImportRow.objects.filter(job=job, number__in=changes))
        # The cells as written are kept of rows with problems or doubts alone; others have nothing to replace.
        settled = [row for row in rows if row.written is None and changes[row.number].cells]
        if settled or len(rows) < len(changes):
            raise ValidationError(changed())
        save_changes(job, changes, rows, by=by, at=at)


def _check_texts(changes: Mapping[int, RowChange]) -> None:
    """Refuse typed texts that no cell of a file may have."""
    for number, change in changes.items():
        for column, text in change.cells.items():
            where = {"row": number, "column": column_name(column), "most": LONGEST}
            if len(text) > LONGEST:
                said = _("Row %(row)d, %(column)s: longer than %(most)d characters. Shorten it.")
                raise ValidationError(said % where)
            if find_barred(text):
                said = _("Row %(row)d, %(column)s: contains an invisible character. Retype it.")
                raise ValidationError(said % where)


def restore(*, job: ImportJob, number: int, by: User) -> None:
    """Read a row as it stands in the file again."""
    _check_own(job, by)
    with transaction.atomic():
        _check_again(job)
        ImportAmendment.objects.filter(job=job, number=number).delete()


def discard(*, job: ImportJob, by: User, at: datetime) -> None:
    """Take a sheet back that has not been confirmed; one of which rows are recorded ends with these."""
    _check_own(job, by)
    recorded = job.recorded_before
    ended = {"rows": recorded, "faulty": 0, "doubtful": 0, "given_up": job.rows, "applied_at": at}
    ends = {"state": ImportState.APPLIED, **ended} if recorded else {"state": ImportState.DISCARDED}
    _move(job, *DISCARDABLE, **ends)


def _check_again(job: ImportJob) -> None:
    _move(job, ImportState.CHECKED, state=ImportState.RECEIVED, reached=0)
    transaction.on_commit(wake.wake_imports, robust=True)


def _check_own(job: ImportJob, by: User) -> None:
    if job.uploaded_by_id != by.pk:
        raise PermissionDenied(_("This sheet was uploaded by somebody else."))


def _move(job: ImportJob, *expected: ImportState, **given: object) -> None:
    """Update the job if it is in an expected state and the version given; else raise ValidationError."""
    # The filter refuses the second of two clicks, so that neither counts twice.
    seen = {"checked_at": job.checked_at, "recorded_rows": job.recorded_rows, "sheet": job.sheet}
    if not ImportJob.objects.filter(pk=job.pk, state__in=expected, **seen).update(**given):
        raise ValidationError(too_late(job))


def too_late(job: ImportJob) -> str:
    """Return the refusal of an action on a sheet that is no longer as it was seen."""
    job.refresh_from_db(fields=["state"])
    if job.state in (ImportState.CONFIRMED, ImportState.APPLIED):
        return _("This sheet has already been recorded.")
    return changed()


def changed() -> str:
    return _("This sheet has changed in the meantime. Reload the page.")
