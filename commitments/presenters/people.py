"""Who did something, and when, as people read it."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..formats import day
from ..models import User


def person(user: User) -> str:
    """The name, or what they sign in with; and for whom they act. Load `agency` with the user."""
    return (
        _("%(name)s (%(agency)s)") % {"name": user.name, "agency": user.agency} if user.agency else user.name
    )


def moment(at: datetime) -> str:
    """To the minute, in the time zone that is active."""
    local = localtime(at)
    return f"{day(local)} {local:%H:%M}"


def signed(user: User, at: datetime) -> str:
    """`Wang Fang (Housing Bureau), 28 September 2023 12:00`."""
    return _("%(who)s, %(when)s") % {"who": person(user), "when": moment(at)}


def age(at: datetime, now: datetime) -> str:
    """`3 days ago`, `today`: by the calendar of the time zone that is active."""
    days = (localtime(now).date() - localtime(at).date()).days
    if days < 1:
        return _("today")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
