"""The public pages. They show stored verdicts to everybody, signed in or not."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import clock
from ..models import Plan
from ..rollups import history
from .filters import Filters
from .method import method
from .page import plan_page as page_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest plan, or how to get a first one."""
    plan = Plan.objects.select_related("jurisdiction").first()
    if plan is None:
        return render(request, "dashboard/no_plan.html")
    return _show(request, plan)


@require_safe
def plan_page(request: HttpRequest, code: str) -> HttpResponse:
    return _show(request, get_object_or_404(Plan.objects.select_related("jurisdiction"), code=code))


@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    """How statuses come about: by the rules of the plan in `?plan=`, else of the newest one."""
    plans, code = Plan.objects.select_related("jurisdiction", "rule_set"), request.GET.get("plan")
    plan = get_object_or_404(plans, code=code) if code else plans.first()
    if plan is None:
        return render(request, "dashboard/no_plan.html")
    return render(request, "dashboard/method.html", {"method": method(plan, on=clock.today(plan.time_zone))})


def _show(request: HttpRequest, plan: Plan) -> HttpResponse:
    """For the day in `?as_of=`; a day that makes no sense is named beside the present state."""
    today = clock.today(plan.time_zone)
    as_of, fault = _past_day(plan, request.GET.get("as_of", "").strip(), today)
    page = page_of(plan, Filters.from_query(request.GET), as_of=as_of)
    context = {"page": page, "today": today, "fault": fault}
    return render(request, "dashboard/plan.html", context, status=400 if fault else 200)


def _past_day(plan: Plan, text: str, today: date) -> tuple[date | None, str]:
    """The day asked for, None where none is, and what is wrong with it."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
        history.check_day(plan, day, today=today)
    except history.NoSuchDayError as error:
        return None, str(error)
    except ValueError:
        return None, _("%(text)s is not a day; write for example 2023-03-31.") % {"text": text}
    return day, ""
