"""Pages that publish a plan or let it count for its place, and show beforehand the changes this makes."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ... import clock, permissions
from ...actions import plans
from ...models import Plan
from ..base.kinds import user_of

decision_page = require_http_methods(["GET", "HEAD", "POST"])


@decision_page
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the parts that become public and those that are missing, and ask."""
    plan = _plan(request, pk)
    if _decided(request, plan, plans.publish):
        messages.success(request, _("%(plan)s is now public.") % {"plan": plan})
        return _back(plan)
    context = {"contents": plans.review_contents(plan), "counting": plans.find_counting(plan)}
    return _page(request, "publish", plan, _("Publish %(plan)s") % {"plan": plan}, context)


@decision_page
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which plan counts for the place today, and ask."""
    plan = _plan(request, pk)
    if _decided(request, plan, plans.count_for_place):
        messages.success(request, _("%(plan)s now counts for its place.") % {"plan": plan})
        return _back(plan)
    title = _("Count %(plan)s for its place") % {"plan": plan}
    return _page(request, "count", plan, title, {"counting": plans.find_counting(plan)})


def _plan(request: HttpRequest, pk: int) -> Plan:
    """Return the plan; refuse users without the right before they learn whether it exists."""
    permissions.check_publish(user_of(request))
    return get_object_or_404(Plan.objects.select_related("jurisdiction"), pk=pk)


def _decided(request: HttpRequest, plan: Plan, decide: Callable[..., None]) -> bool:
    """Tell whether the decision was made; show a refusal on the page."""
    if request.method != "POST":
        return False
    try:
        decide(plan=plan, by=user_of(request), at=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    return True


def _back(plan: Plan) -> HttpResponse:
    return redirect("admin:commitments_plan_change", plan.pk)


def _page(request: HttpRequest, name: str, plan: Plan, title: str, context: dict[str, Any]) -> HttpResponse:
    known = {**admin.site.each_context(request), "title": title, "plan": plan}
    return render(request, f"admin/publishing/{name}.html", known | context)
