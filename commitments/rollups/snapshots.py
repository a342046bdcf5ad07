"""The verdicts at the end of each of a plan's days, as known then: a cache that can be rebuilt at any time.

A fact that was not yet known at the end of a day never enters its snapshot, so rebuilding gives the same rows.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from ..models import Plan
from .batches import list_known_ids
from .judge import assess_and_store
from .sql import versions
from .sql.run import send
from .store import DAILY

MOMENT = timedelta(microseconds=1)
KNOWN_BY = versions.KNOWN_BY.format(plan="%(plan)s")
UNKNOWN = (
    f"""
    DELETE FROM commitments_targetsnapshot s USING commitments_target t, commitments_commitment c, {KNOWN_BY}
    WHERE s."on" = %(on)s AND t.id = s.target_id AND c.id = t.commitment_id AND c.plan_id = %(plan)s
      AND NOT {versions.is_known("target", "t.id")}""",
    f"""
    DELETE FROM commitments_commitmentsnapshot s USING commitments_commitment c, {KNOWN_BY}
    WHERE s."on" = %(on)s AND c.id = s.commitment_id AND c.plan_id = %(plan)s
      AND NOT {versions.is_known("commitment", "c.id")}""",
)


def end_of(day: date, time_zone: str) -> datetime:
    """Return the last moment of a day of the zone's calendar."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone))
    # In UTC, since clocks may be put back at midnight.
    return midnight.astimezone(UTC) - MOMENT


def write(plan: Plan, *, on: date, without: Collection[int] = ()) -> None:
    """Store the plan's verdicts at the end of a day, as known at that end, in one transaction.

    The commitments in `without` are left as they are.
    """
    known_at = end_of(on, plan.time_zone)
    with transaction.atomic():
        commitments = [each for each in list_known_ids(plan, known_at) if each not in without]
        assess_and_store(commitments, on=on, tables=DAILY, known_at=known_at)


def rebuild(plan: Plan, *, first: date, last: date, without: Collection[int] = ()) -> int:
    """Write the days' snapshots anew, in place, day by day; return the number of days."""
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    for day in days:
        with transaction.atomic():
            _forget(plan, day)
            write(plan, on=day, without=without)
    return len(days)


def _forget(plan: Plan, day: date) -> None:
    """Delete the rows of targets and commitments that were added to the plan later."""
    given = {"plan": plan.pk, "on": day, "known_at": end_of(day, plan.time_zone)}
    for statement in UNKNOWN:
        send(statement, given)
