"""An uploaded sheet: its state and the possible actions; other agencies' sheets are not found."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from .... import clock
from ....accounts import unsent_forms
from ....domain.import_enums import ImportState
from ....models import ImportJob
from ....progress_import import jobs
from ....progress_import.fault_messages import refusal
from ....progress_import.rejected_rows import build_rejects
from ...base.kinds import user_of
from .amending import changes_page, typed_changes
from .forms import ColumnsForm
from .page import page, xlsx
from .shown import asked_columns, column_rows, preview, progress

ROW = re.compile("[0-9]{1,7}")
TO_BE_NAMED = (ImportState.UNMAPPED, ImportState.CHECKED)


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    context: dict[str, Any] = {"job": found, "progress": progress(found), "refusal": refusal(found)}
    if found.state in TO_BE_NAMED:
        context |= _asked_columns(request, found)
    if found.state == ImportState.CHECKED:
        context |= preview(found, request.GET)
    if found.state in (ImportState.CHECKED, ImportState.APPLIED):
        context |= changes_page(found, request.GET.get("c"))
    return page(request, "admin/import_job.html", found.file_name, context)


@require_GET
def state(request: HttpRequest, pk: int) -> JsonResponse:
    """Return the progress, for the script that shows it."""
    return JsonResponse(progress(_own(request, pk)))


@require_GET
def to_mend(request: HttpRequest, pk: int) -> FileResponse:
    """Return the rows with problems, while the sheet is checked and not ended."""
    found = _own(request, pk)
    if found.state != ImportState.CHECKED:
        raise Http404
    return xlsx(build_rejects(found), f"to-mend-{pk}.xlsx")


@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if not found.heading:
        messages.error(request, jobs.changed())
        return _back(pk)
    asked = asked_columns(found, request.POST.get("header_row", ""))
    form = ColumnsForm(asked["headings"], asked["known"], request.POST)
    with _refusal_shown(request):
        _check_version(request, found)
        if not form.is_valid():
            raise ValidationError([str(error) for errors in form.errors.values() for error in errors])
        jobs.name_columns(
            job=found,
            header_row=asked["header_row"],
            mapping=form.mapping(),
            by=user_of(request),
            at=clock.now(),
        )
    return _back(pk)


@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    with _refusal_shown(request):
        jobs.choose_sheet(job=_seen(request, pk), name=request.POST.get("sheet", ""), by=user_of(request))
    return _back(pk)


@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend or leave out rows; the sheet is checked again."""
    with _refusal_shown(request):
        found = _seen(request, pk)
        changes = typed_changes(found, request.POST.dict())
        jobs.amend(job=found, changes=changes, by=user_of(request), at=clock.now())
    return _back(pk)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a changed row as it stands in the file again."""
    with _refusal_shown(request):
        row = request.POST.get("restore", "")
        number = int(row) if ROW.fullmatch(row) else 0
        jobs.restore(job=_seen(request, pk), number=number, by=user_of(request))
    return _back(pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    with _refusal_shown(request):
        jobs.confirm(
            job=_seen(request, pk),
            doubts_seen="doubts_seen" in request.POST,
            by=user_of(request),
            at=clock.now(),
        )
    return _back(pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    with _refusal_shown(request):
        jobs.discard(job=_own(request, pk), by=user_of(request), at=clock.now())
    return redirect("staff:imports")


def _asked_columns(request: HttpRequest, found: ImportJob) -> dict[str, Any]:
    typed = unsent_forms.typed(request, reverse("staff:import_columns", args=[found.pk]))
    row = request.GET.get("row", "") if typed is None else typed.get("header_row", "")
    asked = asked_columns(found, row)
    if typed is not None:
        asked["columns_form"] = ColumnsForm(asked["headings"], asked["known"], typed)
    return asked | {"column_rows": column_rows(asked)}


def _own(request: HttpRequest, pk: int) -> ImportJob:
    return get_object_or_404(ImportJob.objects.defer("content"), pk=pk, uploaded_by=user_of(request))


def _seen(request: HttpRequest, pk: int) -> ImportJob:
    """Return the sheet if it is still as the page of the form showed it; the action then holds it to that."""
    found = _own(request, pk)
    _check_version(request, found)
    return found


def _check_version(request: HttpRequest, found: ImportJob) -> None:
    if request.POST.get("checked") != found.version:
        raise ValidationError(jobs.too_late(found))


def _back(pk: int) -> HttpResponseRedirect:
    return redirect("staff:import_job", pk)


@contextmanager
def _refusal_shown(request: HttpRequest) -> Iterator[None]:
    try:
        yield
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
