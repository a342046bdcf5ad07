"""The page of a user's own sessions, to end those not in use or unknown."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ... import clock
from ...accounts import security_log, sessions, user_agents
from ...models import StaffSession
from ..base.kinds import user_of

OTHERS = "others"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _end(request, request.POST.get("end", ""))
        return redirect("staff:sessions")
    own = sessions.list_sessions(user_of(request), clock.real())
    context = {
        **admin.site.each_context(request),
        "title": _("Your sessions"),
        "sessions": [_line(request, each) for each in own],
        "hours": sessions.LASTS.total_seconds() / 3600,
        "idle_hours": sessions.IDLE.total_seconds() / 3600,
    }
    return render(request, "admin/own_sessions.html", context)


def _end(request: HttpRequest, which: str) -> None:
    """End one session by its name, or all but the current one."""
    # A name that is not found has ended already.
    own = sessions.list_sessions(user_of(request), clock.real()).exclude(pk=request.session.session_key)
    found = [each for each in own if which in (OTHERS, sessions.name_of(each))]
    for each in found:
        each.delete()
        security_log.note("session_ended", request=request, ended_at_address=each.address)
    messages.success(request, _("Session ended. That device has to sign in again."))


def _line(request: HttpRequest, session: StaffSession) -> dict[str, Any]:
    return {
        "name": sessions.name_of(session),
        "browser": user_agents.describe(session.browser) or _("unknown browser"),
        "address": session.address,
        "started_at": session.started_at,
        "seen_at": session.seen_at,
        "is_this": session.pk == request.session.session_key,
    }
