"""People, instants and ages in the reader's language."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..formats import day, short_day
from ..models import User


def person(user: User) -> str:
    """Return the user's name, or the sign-in name, with the agency. Load `agency` with the user."""
    return (
        _("%(name)s (%(agency)s)") % {"name": user.name, "agency": user.agency} if user.agency else user.name
    )


def moment(at: datetime) -> str:
    """Format an instant to the minute, in the active time zone."""
    local = localtime(at)
    return f"{day(local)} {local:%H:%M}"


def short_moment(at: datetime) -> str:
    """Format an instant of this year to the minute, in the active time zone: `28 Sep 12:00`."""
    local = localtime(at)
    return f"{short_day(local)} {local:%H:%M}"


def signed(user: User, at: datetime) -> str:
    """Format a signature: `Wang Fang (Housing Bureau), 28 September 2023 12:00`."""
    return _("%(who)s, %(when)s") % {"who": person(user), "when": moment(at)}


def age(at: datetime, now: datetime) -> str:
    """Format an age in days of the active time zone: `3 days ago`, `today`."""
    days = days_since(at, now)
    if days < 1:
        return _("today")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


def waited(at: datetime, now: datetime) -> str:
    """Format the days that a report has waited for its reviewer: `waited 3 days`, `reported today`."""
    days = days_since(at, now)
    if days < 1:
        return _("reported today")
    return ngettext("waited %(days)d day", "waited %(days)d days", days) % {"days": days}


def days_since(at: datetime, now: datetime) -> int:
    """Count the days of the active time zone between two instants."""
    return (localtime(now).date() - localtime(at).date()).days
