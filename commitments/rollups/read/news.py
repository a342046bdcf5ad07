"""Commitments with progress that was not counted before."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...models import Plan, ProgressEntry
from ...models.ledger import ProgressEntryQuerySet


def newly_counted(plan: Plan, since: date) -> set[int]:
    """Return the commitments with a figure that began to count after the end of a day of the plan's calendar."""
    return set(_new(plan, since).figures().values_list("commitment", flat=True))


def newly_told(plan: Plan, since: date) -> Mapping[int, ProgressEntry]:
    """Return by commitment the newest words among those that began to count after the end of such a day."""
    worded = _new(plan, since).narratives().exclude(progress="", problems="", next_steps="")
    return {entry.commitment_id: entry for entry in worded.order_by("effective_on", "pk")}


def _new(plan: Plan, since: date) -> ProgressEntryQuerySet:
    midnight = datetime.combine(since + timedelta(days=1), time.min, ZoneInfo(plan.time_zone))
    return ProgressEntry.objects.counted().filter(commitment__plan=plan, counted_from__gte=midnight)
