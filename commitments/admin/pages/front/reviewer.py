"""The reviewer's front page: the reports that wait, the oldest first."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ....domain.reviewing import REVIEW_DAYS, is_slow_review
from ....models import ProgressEntry, User
from ....presenters.entries import format_entry
from ....presenters.people import person, waited
from ..review_queue import waiting
from ..review_queue.headline import describe_queue
from .parts import SHOWN, Front, Group, Item, Link, all_of, subject_of


def reviewer_front(user: User, at: datetime) -> Front:
    group = list_waiting(user, at)
    return Front(
        headline=describe_queue(waiting.waiting_for(user), user, at),
        groups=[group] if group.count else [],
        button=Link(reverse("staff:review_queue"), _("Review")) if group.count else None,
    )


def list_waiting(user: User, at: datetime) -> Group:
    """List the reports that the user may review, each with its address in the queue; two queries."""
    # Another person reviews an entry that the user recorded.
    found = waiting.waiting_for(user)
    items = [_item(entry, at) for entry in found[:SHOWN]]
    count = found.count()
    queue = reverse("staff:review_queue")
    return Group("to-review", _("To review"), count, items, "○", more=all_of(count, queue))


def _item(entry: ProgressEntry, at: datetime) -> Item:
    """Describe a report; the shown ones are on the first page of the queue."""
    plan = entry.commitment.plan
    slow = is_slow_review(plan.day_at(entry.recorded_at), plan.day_at(at), plan.holidays)
    facts = [format_entry(entry), person(entry.recorded_by), waited(entry.recorded_at, at)]
    warning = _("over %(days)d working days") % {"days": REVIEW_DAYS} if slow else ""
    return Item(
        subject_of(entry), waiting.address(entry), entry.code, " · ".join(facts), _("Review"), warning=warning
    )
