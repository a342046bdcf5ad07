"""Where it starts: the prefilled sheet to take along, the filled one to hand in, and what was handed in before."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from ... import clock, documents
from ...models import Agency, ImportJob, Plan
from ...policy import acts_for_all
from ...sheets import jobs
from ...sheets.due import lines, sheet_day
from ...sheets.template import template
from ..base import user_of
from .forms import UploadForm
from .page import page, xlsx

NEWEST_JOBS = 20


def start(request: HttpRequest) -> HttpResponse:
    _check_may_record(request)
    plans = list(Plan.objects.all())
    form = UploadForm(request.POST or None, request.FILES or None, initial=_initial(plans))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("staff:import_job", _uploaded(request, form).pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    own = ImportJob.objects.filter(uploaded_by=user_of(request)).defer("content", "heading")
    return page(
        request,
        "admin/import_start.html",
        _("Spreadsheets"),
        {"form": form, "jobs": own[:NEWEST_JOBS], "plans": plans},
    )


@require_GET
def sheet(request: HttpRequest, plan: int) -> FileResponse:
    """The prefilled sheet of the person's agency."""
    _check_may_record(request)
    found = get_object_or_404(Plan, pk=plan)
    user, today = user_of(request), clock.today(found.time_zone)
    day, for_all = sheet_day(found, today), acts_for_all(user)
    content = template(found, lines(found, user=user, on=day), day=day, today=today, with_agencies=for_all)
    return xlsx(content, _file_name(found if for_all else user.agency or found, day))


def _file_name(who: Plan | Agency, day: date) -> str:
    """`区住建局_2023年9月填报表.xlsx`."""
    month = format_date(day, pgettext("month of a year", "F Y"))
    return _("%(who)s_%(month)s progress sheet.xlsx") % {"who": who, "month": month}


def _uploaded(request: HttpRequest, form: UploadForm) -> ImportJob:
    file = form.cleaned_data["file"]
    if file.size > documents.LARGEST:
        raise jobs.too_large()
    return jobs.upload(
        plan=form.cleaned_data["plan"],
        file_name=file.name,
        content=file.read(),
        effective_on=form.cleaned_data["effective_on"],
        by=user_of(request),
        at=clock.now(),
    )


def _initial(plans: list[Plan]) -> dict[str, Any]:
    """The newest plan, and the day of its prefilled sheet."""
    if not plans:
        return {}
    return {"plan": plans[0], "effective_on": sheet_day(plans[0], clock.today(plans[0].time_zone))}


def _check_may_record(request: HttpRequest) -> None:
    if not request.user.has_perm("commitments.add_progressentry"):
        raise PermissionDenied
