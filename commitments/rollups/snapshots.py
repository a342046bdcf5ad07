"""The verdicts at the end of each of a plan's days, as known then: a cache that can be rebuilt at any time.

What was not yet known at the end of a day never enters its snapshot, so rebuilding gives the same rows.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from ..models import CommitmentSnapshot, Plan
from .batches import all_of
from .judge import assess_and_store
from .store import DAILY

MOMENT = timedelta(microseconds=1)


def end_of(day: date, time_zone: str) -> datetime:
    """The last moment of a day of the zone's calendar."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone))
    # In UTC, since clocks may be put back at midnight.
    return midnight.astimezone(UTC) - MOMENT


def write(plan: Plan, *, on: date) -> None:
    """Stores the plan's verdicts at the end of a day, as known at that end."""
    _write(plan, all_of(plan), on)


def rebuild(plan: Plan, *, first: date, last: date) -> int:
    """Writes the days' snapshots anew, in place, each day in one transaction; returns how many days those were."""
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    joined = _joined(plan)
    for day in days:
        there = [commitment for commitment in all_of(plan) if joined.get(commitment, day) <= day]
        _write(plan, there, day)
    return len(days)


def _write(plan: Plan, commitments: Sequence[int], on: date) -> None:
    known_at = end_of(on, plan.time_zone)
    with transaction.atomic():
        assess_and_store(commitments, on=on, tables=DAILY, known_at=known_at)


def _joined(plan: Plan) -> dict[int, date]:
    """The first kept day of each commitment that came to the plan after its first kept day."""
    kept = CommitmentSnapshot.objects.filter(commitment__plan=plan).order_by()
    first = dict(kept.values_list("commitment").annotate(first=Min("on")))
    earliest = min(first.values(), default=date.min)
    return {commitment: day for commitment, day in first.items() if day > earliest}
