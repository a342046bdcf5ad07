"""Template tags for the head of the admin site's pages, and for the front page."""

from typing import Any

from django import template

from .. import clock
from ..accounts import unsent_forms
from ..admin.base.kinds import user_of
from ..admin.pages import first_steps as checklist
from ..admin.pages import ways
from ..admin.pages.front.page import front_of

register = template.Library()


@register.inclusion_tag("admin/first_steps.html", takes_context=True)
def first_steps(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    return {"steps": checklist.pending_steps(user_of(request)), "csrf_token": context["csrf_token"]}


@register.inclusion_tag("admin/front/page.html", takes_context=True)
def front(context: dict[str, Any]) -> dict[str, Any]:
    user = user_of(context["request"])
    return {
        "front": front_of(user, clock.now()),
        "request": context["request"],
        "csrf_token": context["csrf_token"],
    }


@register.simple_tag(takes_context=True)
def staff_ways(context: dict[str, Any]) -> list[ways.Way]:
    request = context["request"]
    return ways.ways_of(user_of(request), request.path)


@register.simple_tag(takes_context=True)
def signed_in_as(context: dict[str, Any]) -> str:
    return ways.describe_person(user_of(context["request"]))


@register.simple_tag(takes_context=True)
def unsent_texts(context: dict[str, Any]) -> list[str] | None:
    request = context.get("request")
    return unsent_forms.unshown_texts(request) if request else None
