"""The public pages. They show stored verdicts to everybody, signed in or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..models import Plan
from .filters import Filters
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


def _show(request: HttpRequest, plan: Plan) -> HttpResponse:
    page = page_of(plan, Filters.from_query(request.GET))
    return render(request, "dashboard/plan.html", {"page": page})
