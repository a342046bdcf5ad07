"""The front pages of leaders and the supervision office: the standing of the plan, and all that needs them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....domain.reviewing import REVIEW_DAYS
from ....formats import sentence_of
from ....models import User
from ....rollups import read
from .late_agencies import list_late_agencies
from .parts import Front, Group, Link
from .reviewer import list_waiting
from .slow import list_slow_reviews
from .standing import describe_standing, read_standing


def leader_front(user: User) -> Front:
    """Return the page with the worst commitment first; overdue reports stand apart from it."""
    with read.one_moment():
        standing, late = read_standing(user), list_late_agencies(user)
    parts = [*describe_standing(standing), *_describe_overdue(late)]
    return Front(
        headline=sentence_of(parts) if parts else _("Nothing needs your decision this week."),
        groups=[group for group in (standing.behind, standing.at_risk) if group.count],
        beside=[late] if late.count else [],
        is_recomputing=standing.is_recomputing,
    )


def office_front(user: User, at: datetime) -> Front:
    """Return the page with the reports that lack or wait too long, then the plan's standing."""
    with read.one_moment():
        standing, late = read_standing(user), list_late_agencies(user)
    slow, waiting = list_slow_reviews(at), list_waiting(user, at)
    parts = [*_describe_overdue(late), *_describe_slow(slow), *describe_standing(standing)]
    groups = [group for group in (late, slow, standing.behind, standing.at_risk) if group.count]
    return Front(
        headline=sentence_of(parts) if parts else _("Every agency has reported on time."),
        groups=groups,
        beside=[waiting] if waiting.count else [],
        button=Link(reverse("staff:review_queue"), _("Review")) if waiting.count else None,
        is_recomputing=standing.is_recomputing,
    )


def _describe_overdue(late: Group) -> list[str]:
    said = ngettext("%(count)d overdue report", "%(count)d overdue reports", late.count)
    return [said % {"count": late.count}] if late.count else []


def _describe_slow(slow: Group) -> list[str]:
    said = ngettext(
        "%(count)d report in review for over %(days)d working days",
        "%(count)d reports in review for over %(days)d working days",
        slow.count,
    )
    return [said % {"count": slow.count, "days": REVIEW_DAYS}] if slow.count else []
