"""Earlier returns of what is reported again."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ....domain.enums import Decision
from ....domain.periods import month_start
from ....formats import short_day
from ....models import ProgressEntry
from ....presenters.entries import format_entry

Place = tuple[int, int | None, int | None, date]


def describe_returns(entries: Sequence[ProgressEntry]) -> dict[int, str]:
    """Describe by entry the newest return of its subject, stage and month before it. One query."""
    commitments = {entry.commitment_id for entry in entries}
    # A reviewer is told of a return even if its author has given that report up since.
    returned_once = ProgressEntry.objects.filter(review__decision=Decision.RETURN)
    found = returned_once.filter(commitment__in=commitments).order_by("pk")
    returned = list(found.select_related("review", "target", "milestone"))
    return {entry.pk: said for entry in entries if (said := _describe_newest(entry, returned))}


def _describe_newest(entry: ProgressEntry, returned: Iterable[ProgressEntry]) -> str:
    before = [each for each in returned if each.pk < entry.pk and _place(each) == _place(entry)]
    if not before:
        return ""
    newest = before[-1]
    facts = {
        "figure": format_entry(newest),
        "day": short_day(localtime(newest.review.reviewed_at).date()),
        "reason": newest.review.reason,
    }
    return _("%(figure)s was returned on %(day)s: “%(reason)s”") % facts


def _place(entry: ProgressEntry) -> Place:
    return entry.commitment_id, entry.target_id, entry.milestone_id, month_start(entry.effective_on)
