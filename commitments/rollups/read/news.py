"""Commitments with progress that was not counted before."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...models import Plan, ProgressEntry


def newly_counted(plan: Plan, since: date) -> set[int]:
    """Return the commitments with an entry that began to count after the end of a day of the plan's calendar."""
    midnight = datetime.combine(since + timedelta(days=1), time.min, ZoneInfo(plan.time_zone))
    entries = ProgressEntry.objects.counted().filter(commitment__plan=plan, counted_from__gte=midnight)
    return set(entries.values_list("commitment", flat=True))
