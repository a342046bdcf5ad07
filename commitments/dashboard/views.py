"""The public pages: stored verdicts for everybody, signed in or not."""

from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import clock
from ..models import Plan
from ..rollups import read
from .filters import Filters
from .method import describe_method
from .page import plan_page as page_of

DAY = "as_of"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Redirect to the newest published plan, or explain how to get a first one."""
    plan = Plan.objects.in_front().select_related("jurisdiction").first()
    if plan is None:
        return render(request, "dashboard/no_plan.html")
    return _show(request, plan)


@require_safe
def plan_page(request: HttpRequest, code: str) -> HttpResponse:
    return _show(
        request, get_object_or_404(Plan.objects.published().select_related("jurisdiction"), code=code)
    )


@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    """Show the method, by the rules of the plan in `?plan=`, else the newest, on the day in `?as_of=`."""
    plans, code = Plan.objects.in_front().select_related("jurisdiction", "rule_set"), request.GET.get("plan")
    plan = get_object_or_404(plans, code=code) if code else plans.first()
    if plan is None:
        return render(request, "dashboard/no_plan.html")
    today = clock.today(plan.time_zone)
    as_of, fault = _day_asked_for(request, plan, today)
    context = {"method": describe_method(plan, on=as_of or today), "fault": fault}
    return render(request, "dashboard/method.html", context, status=400 if fault else 200)


def _show(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the plan on the day in `?as_of=`; for an invalid day, show the present state and a message."""
    today = clock.today(plan.time_zone)
    as_of, fault = _day_asked_for(request, plan, today)
    page = page_of(plan, Filters.from_query(request.GET), as_of=as_of)
    context = {"page": page, "today": today, "fault": fault}
    return render(request, "dashboard/plan.html", context, status=400 if fault else 200)


def _day_asked_for(request: HttpRequest, plan: Plan, today: date) -> tuple[date | None, str]:
    """Return the result of `_past_day`; an invalid day is also removed from the page's links."""
    as_of, fault = _past_day(plan, request.GET.get(DAY, "").strip(), today)
    if as_of is None and DAY in request.GET:
        rest = request.GET.copy()
        del rest[DAY]
        request.GET = QueryDict(rest.urlencode())
    return as_of, fault


def _past_day(plan: Plan, text: str, today: date) -> tuple[date | None, str]:
    """Return the requested past day, or None, and the message for an invalid one."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
        read.check_day(plan, day, today=today)
    except read.NoSuchDayError as error:
        return None, str(error)
    except ValueError:
        return None, _("%(text)s is not a day; write for example 2023-03-31.") % {"text": text}
    return (None if day == today else day), ""
