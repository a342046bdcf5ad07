"""The verdicts at the end of each of a plan's days, as known then: a cache that can be rebuilt at any time.

What was not yet known at the end of a day never enters its snapshot, so rebuilding gives the same rows.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from ..models import Plan
from .batches import known_of
from .judge import assess_and_store
from .store import DAILY

MOMENT = timedelta(microseconds=1)


def end_of(day: date, time_zone: str) -> datetime:
    """The last moment of a day of the zone's calendar."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone))
    # In UTC, since clocks may be put back at midnight.
    return midnight.astimezone(UTC) - MOMENT


def write(plan: Plan, *, on: date) -> None:
    """Stores the plan's verdicts at the end of a day, as known at that end, in one transaction."""
    known_at = end_of(on, plan.time_zone)
    with transaction.atomic():
        assess_and_store(known_of(plan, known_at), on=on, tables=DAILY, known_at=known_at)


def rebuild(plan: Plan, *, first: date, last: date) -> int:
    """Writes the days' snapshots anew, in place, day by day; returns how many days those were."""
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    for day in days:
        write(plan, on=day)
    return len(days)
