"""The addresses at which reports are typed."""

from datetime import date

from django.urls import reverse

from .. import permissions
from ..domain.periods import Period
from ..models import Agency, Commitment, ProgressEntry, Target, User
from .periods import monthly_calendar, period_of, period_of_entry


def build_row_address(target: Target, user: User, day: date) -> str:
    """Return the address of the row for a day: on the user's own sheet, else on that of the lead agency."""
    return _build_address(target.commitment, target.code, period_of(target, day), user)


def build_owed_address(commitment: Commitment, target: Target | None, user: User, since: date) -> str:
    """Return the address of the row of a report that is owed, about a target or in words alone."""
    period = monthly_calendar(commitment.plan).period_of(since)
    return _build_address(commitment, target.code if target else commitment.code, period, user)


def build_entry_address(entry: ProgressEntry, user: User) -> str:
    """Return the address of the row of an entry."""
    return _build_address(entry.commitment, entry.code, period_of_entry(entry), user)


def _build_address(commitment: Commitment, row: str, period: Period, user: User) -> str:
    asked = {
        "plan": commitment.plan.code,
        "agency": _reporting(commitment, user).code,
        "period": f"{period.last:%Y-%m}",
        "row": row,
    }
    return reverse("staff:quick_log", query=asked)


def _reporting(commitment: Commitment, user: User) -> Agency:
    if user.agency and not permissions.acts_for_all(user):
        return user.agency
    return commitment.lead_agency
