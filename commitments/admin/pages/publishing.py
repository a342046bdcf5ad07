"""Publish a plan, and let it count for its place, on pages that say beforehand what they change."""

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
    """Show what becomes public and what is missing, and ask."""
    plan = _plan(request, pk)
    if _decided(request, plan, plans.publish):
        messages.success(request, _("%(plan)s is public now.") % {"plan": plan})
        return _back(plan)
    context = {"contents": plans.contents(plan), "counting": plans.counting(plan)}
    return _page(request, "publish", plan, _("Publish %(plan)s") % {"plan": plan}, context)


@decision_page
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which plan counts for the place today, and ask."""
    plan = _plan(request, pk)
    if _decided(request, plan, plans.count_for_place):
        messages.success(request, _("%(plan)s counts for its place now.") % {"plan": plan})
        return _back(plan)
    title = _("Let %(plan)s count for its place") % {"plan": plan}
    return _page(request, "count", plan, title, {"counting": plans.counting(plan)})


def _plan(request: HttpRequest, pk: int) -> Plan:
    """Refuse those who may not publish, before they learn whether there is such a plan."""
    permissions.check_publish(user_of(request))
    return get_object_or_404(Plan.objects.select_related("jurisdiction"), pk=pk)


def _decided(request: HttpRequest, plan: Plan, decide: Callable[..., None]) -> bool:
    """Return whether it was; tell on the page what it is refused for."""
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
