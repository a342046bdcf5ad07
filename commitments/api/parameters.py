"""Reads parameters that are no filters. What is not understood is refused by name, in the reader's language."""

import re
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from rest_framework.request import Request

from ..models import Plan
from .errors import refusal

DAY = re.compile(r"\d{4}-\d\d-\d\d")
# A plus sign that nobody escaped arrives as a space.
LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)")


def plan(request: Request, name: str = "plan") -> Plan:
    """The one plan that is named."""
    code = request.query_params.get(name, "")
    if not code or "," in code:
        raise refusal(name, _("Name one plan, for example plan=610302-2023."), "required")
    return plan_of(code, name)


def plan_of(code: str, name: str = "plan") -> Plan:
    found = None if "\x00" in code else Plan.objects.published().filter(code=code).first()
    if found is None:
        raise refusal(name, _("There is no plan %(code)s.") % {"code": code})
    return found


def day(request: Request, name: str) -> date:
    text = request.query_params.get(name, "")
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise refusal(name, _("Write a day as in 2023-09-28.")) from None


def instant(request: Request, name: str, *, now: datetime) -> datetime:
    """Not after `now`."""
    found = _aware(request.query_params[name])
    if found is None:
        raise refusal(name, _("Write an instant with its offset from UTC, as in 2023-09-28T18:00:00+08:00."))
    if found > now:
        raise refusal(name, _("This instant is still to come."))
    return found


def _aware(text: str) -> datetime | None:
    """In UTC, since the database takes no offset of more than 16 hours."""
    try:
        found = datetime.fromisoformat(LOST_PLUS.sub("+", text))
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
