"""Where it starts: the prefilled sheet to take along, the filled one to hand in, and what was handed in before."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ... import clock
from ...domain.periods import ReportingCalendar
from ...models import ImportJob, Plan
from ...sheets import jobs
from ...sheets.due import lines
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
    today = clock.today(found.time_zone)
    content = template(found, lines(found, user=user_of(request), on=today), today=today)
    return xlsx(content, f"{found.code}-{today.isoformat()}.xlsx")


def _uploaded(request: HttpRequest, form: UploadForm) -> ImportJob:
    file = form.cleaned_data["file"]
    if file.size > jobs.LARGEST:
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
    """The newest plan, and the end of its last complete period."""
    return {"plan": plans[0], "effective_on": _period_end(plans[0])} if plans else {}


def _period_end(plan: Plan) -> date:
    calendar = ReportingCalendar(plan.reporting_due_day, plan.reporting_grace_days)
    return calendar.last_complete(clock.today(plan.time_zone)).last


def _check_may_record(request: HttpRequest) -> None:
    if not request.user.has_perm("commitments.add_progressentry"):
        raise PermissionDenied
