"""The addresses at which reports are typed."""

from datetime import date

from django.urls import reverse

from .. import permissions
from ..models import Agency, Target, User
from .periods import period_of


def build_row_address(target: Target, user: User, day: date) -> str:
    """Return the address of the row for a day: on the user's own sheet, else on that of the lead agency."""
    asked = {
        "plan": target.commitment.plan.code,
        "agency": _reporting(target, user).code,
        "period": f"{period_of(target, day).last:%Y-%m}",
        "row": target.code,
    }
    return reverse("staff:quick_log", query=asked)


def _reporting(target: Target, user: User) -> Agency:
    if user.agency and not permissions.acts_for_all(user):
        return user.agency
    return target.commitment.lead_agency
