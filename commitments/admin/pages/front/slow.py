"""The reports that have waited for over five working days, with the names of those who let them wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ....domain.reviewing import REVIEW_DAYS
from ....formats import short_day
from ....models import ProgressEntry
from ....reporting.slow_reviews import SlowReview, slow_reviews
from .parts import SHOWN, Group, Item, subject_of

# No more of one agency are named; the queue has the others.
NAMED = 3


def list_slow_reviews(at: datetime) -> Group:
    """List them by lead agency; the count is that of reports. Two queries."""
    found = slow_reviews(at)
    return Group(
        "slow",
        _("In review for over %(days)d working days") % {"days": REVIEW_DAYS},
        sum(len(each.entries) for each in found),
        [_item(each) for each in found[:SHOWN]],
        "▲",
        "at_risk",
    )


def _item(slow: SlowReview) -> Item:
    many = len(slow.entries)
    said = ngettext(
        "%(count)d report, the oldest for %(days)d working days",
        "%(count)d reports, the oldest for %(days)d working days",
        many,
    ) % {"count": many, "days": slow.days}
    return Item(
        slow.agency.short_name,
        reverse("staff:review_queue", query={"agency": slow.agency.pk}),
        note=f"{said} · {_name_reviewers(slow)}",
        lines=[_line(entry) for entry in slow.entries[:NAMED]],
    )


def _name_reviewers(slow: SlowReview) -> str:
    if not slow.reviewers:
        return _("this agency has no reviewer, so the supervision office reviews")
    names = pgettext("between names", ", ").join(reviewer.name for reviewer in slow.reviewers)
    return ngettext("slow reviewer: %(names)s", "slow reviewers: %(names)s", len(slow.reviewers)) % {
        "names": names
    }


def _line(entry: ProgressEntry) -> Item:
    day = short_day(entry.commitment.plan.day_at(entry.recorded_at))
    note = _("reported %(day)s") % {"day": day}
    address = reverse("staff:review_queue", query={"agency": entry.commitment.lead_agency_id})
    return Item(subject_of(entry), f"{address}#entry-{entry.pk}", entry.code, note)
