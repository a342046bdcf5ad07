"""The verdicts at the end of each of a plan's days, as known then: a cache that can be rebuilt at any time.

What was not yet known at the end of a day never enters its snapshot, so rebuilding gives the same rows.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from ..models import Plan
from .assess import assess_commitments
from .batches import all_of, batches
from .store import DAILY, store

MOMENT = timedelta(microseconds=1)


def end_of(day: date, time_zone: str) -> datetime:
    """The last moment of a day of the zone's calendar."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone)) - MOMENT


def write(plan: Plan, *, on: date) -> None:
    """Stores the plan's verdicts at the end of a day, as known at that end."""
    known_at = end_of(on, plan.time_zone)
    for commitments in batches(all_of(plan)):
        store(assess_commitments(commitments, on=on, known_at=known_at), on=on, tables=DAILY)


def rebuild(plan: Plan, *, first: date, last: date) -> int:
    """Writes the days' snapshots anew, in place, each day in one transaction; returns how many days those were."""
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    for day in days:
        with transaction.atomic():
            write(plan, on=day)
    return len(days)
