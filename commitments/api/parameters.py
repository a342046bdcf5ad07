"""Reading of parameters that are no filters; an invalid one is refused by name, in the reader's language.

The view's filters have checked the kind of each value before.
"""

from datetime import date, datetime
from typing import cast

from django.utils.translation import gettext as _
from rest_framework.request import Request

from ..models import Plan
from . import kinds
from .errors import absent, conflict


def plan(request: Request, name: str = "plan") -> Plan:
    """Return the one plan that the parameter names."""
    code = request.query_params.get(name)
    if code is None or "," in code:
        raise conflict(name, _("Name one plan, for example plan=610302-2023."), "required")
    found = Plan.objects.published().filter(code=code).first()
    if found is None:
        raise absent(name, _("There is no plan %(code)s.") % {"code": code})
    return found


def day(request: Request, name: str) -> date:
    return date.fromisoformat(request.query_params[name])


def instant(request: Request, name: str, *, now: datetime) -> datetime:
    """Return the instant; refuse one after `now`."""
    found = cast("datetime", kinds.instant(request.query_params[name]))
    if found > now:
        raise absent(name, _("This time is in the future."))
    return found
