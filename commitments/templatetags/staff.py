"""Template tags for the head of the admin site's pages."""

from typing import Any

from django import template

from .. import clock
from ..accounts import unsent_forms
from ..admin.base.kinds import user_of
from ..admin.pages import behind, my_tasks
from ..admin.pages import first_steps as checklist

register = template.Library()


@register.inclusion_tag("admin/first_steps.html", takes_context=True)
def first_steps(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    return {"steps": checklist.pending_steps(user_of(request)), "csrf_token": context["csrf_token"]}


@register.inclusion_tag("admin/my_tasks.html", takes_context=True)
def tasks(context: dict[str, Any]) -> dict[str, Any]:
    return {"tasks": my_tasks.list_tasks(user_of(context["request"]), at=clock.now())}


@register.inclusion_tag("admin/behind.html", takes_context=True)
def standing(context: dict[str, Any]) -> dict[str, Any]:
    return {"standing": behind.plan_standing(user_of(context["request"]))}


@register.simple_tag(takes_context=True)
def unsent_texts(context: dict[str, Any]) -> list[str] | None:
    request = context.get("request")
    return unsent_forms.unshown_texts(request) if request else None
