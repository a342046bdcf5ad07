"""The start page: the prefilled sheet to download, the filled one to upload, and earlier uploads."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from .... import clock, file_types
from ....accounts import unsent_forms
from ....models import Agency, ImportJob
from ....permissions import acts_for_all
from ....progress_import import jobs
from ....progress_import.prefilled_sheet import build_sheet
from ....progress_import.told_commitments import select_told_commitments
from ....reporting.due import report_rows
from ....uploads import NoRoomError, status_of
from ...base.kinds import user_of
from ...base.refusals import add_refusal
from ..quick_log.sheet import Sheet, asked_for
from .forms import UploadForm
from .page import page, xlsx

NEWEST_JOBS = 20


def start(request: HttpRequest) -> HttpResponse:
    _check_may_record(request)
    unsent_forms.put_back(request)
    chosen = _chosen(request)
    form = UploadForm(request.POST or None, request.FILES or None, initial=_initial(chosen))
    status = 200
    if request.method == "POST" and not unsent_forms.is_shown_again(request) and form.is_valid():
        try:
            return redirect("staff:import_job", _uploaded(request, form).pk)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            status = status_of(refusal)
    own = ImportJob.objects.filter(uploaded_by=user_of(request)).defer("content", "heading")
    return page(
        request,
        "admin/import_start.html",
        _("Spreadsheets"),
        {
            "form": form,
            "jobs": own[:NEWEST_JOBS],
            "sheet": chosen,
            "for_all": acts_for_all(user_of(request)),
            "agency": chosen and _agency(request, chosen),
        },
        status=status,
    )


@require_GET
def sheet(request: HttpRequest) -> FileResponse:
    """Return the prefilled sheet of a period, for the user's agency."""
    # The supervision office may ask for any agency, or for all of them.
    _check_may_record(request)
    chosen = _chosen(request)
    if chosen is None:
        raise Http404
    agency, user = _agency(request, chosen), user_of(request)
    content = build_sheet(
        chosen.plan,
        report_rows(chosen.plan, user=user, period=chosen.period, day=chosen.day, agency=agency),
        select_told_commitments(chosen.plan, user=user, agency=agency),
        day=chosen.day,
        today=chosen.today,
        with_agencies=acts_for_all(user),
    )
    return xlsx(content, _file_name(chosen, agency))


def _chosen(request: HttpRequest) -> Sheet | None:
    """Return plan and period, as on the quick-log."""
    return asked_for(request.GET, user_of(request), clock.now())


def _agency(request: HttpRequest, chosen: Sheet) -> Agency | None:
    """Return the agency; None if the supervision office asks for all agencies."""
    if acts_for_all(user_of(request)) and chosen.agency.code != request.GET.get("agency"):
        return None
    return chosen.agency


def _file_name(chosen: Sheet, agency: Agency | None) -> str:
    """Return a name such as `区住建局_2023年9月填报表.xlsx`."""
    who = {"who": agency or chosen.plan, "month": chosen.month_name}
    return _("%(who)s_%(month)s progress sheet.xlsx") % who


def _uploaded(request: HttpRequest, form: UploadForm) -> ImportJob:
    file = form.cleaned_data["file"]
    if file.size > file_types.LARGEST:
        raise jobs.too_large()
    return jobs.upload(
        plan=form.cleaned_data["plan"],
        file_name=file.name,
        content=_content(file),
        effective_on=form.cleaned_data["effective_on"],
        by=user_of(request),
        at=clock.now(),
    )


def _content(file: "UploadedFile[Any]") -> bytes:
    try:
        content: bytes = file.read()
    except OSError as error:
        raise NoRoomError from error
    return content


def _initial(chosen: Sheet | None) -> dict[str, Any]:
    """Return the plan and day of the prefilled sheet."""
    return {"plan": chosen.plan, "effective_on": chosen.day} if chosen else {}


def _check_may_record(request: HttpRequest) -> None:
    if not request.user.has_perm("commitments.add_progressentry"):
        raise PermissionDenied
