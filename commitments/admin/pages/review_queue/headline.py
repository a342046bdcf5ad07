"""The first sentence of the queue: how much waits, and for how long."""

from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....domain.enums import Decision
from ....formats import joined, sentence_of, short_day
from ....models import ProgressEntry, Review, User
from ....presenters.people import days_since
from ...base.scope import own


def describe_queue(waiting: QuerySet[ProgressEntry], user: User, now: datetime) -> str:
    """Say how many entries wait and since when; if none does, when one was approved last. At most two queries."""
    found = waiting.order_by().aggregate(many=Count("pk"), oldest=Min("recorded_at"))
    if not found["many"]:
        return joined(_("Nothing to review."), _describe_last(user))
    many = ngettext(
        "%(number)d report waits for your review", "%(number)d reports wait for your review", found["many"]
    )
    days = days_since(found["oldest"], now)
    since = ngettext("the oldest for %(days)d day", "the oldest for %(days)d days", days) % {"days": days}
    return sentence_of([many % {"number": found["many"]}, *([since] if days else [])])


def _describe_last(user: User) -> str:
    approved = Review.objects.filter(decision=Decision.APPROVE)
    last = own(approved, user, commitment="entry__commitment").order_by("-reviewed_at").first()
    return (
        _("Last approval: %(day)s.") % {"day": short_day(localtime(last.reviewed_at).date())} if last else ""
    )
