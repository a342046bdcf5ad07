"""The update of stored verdicts: claim marks, lock, re-read the ledger, judge and store, in one transaction.

The order matters. Marks go first, so that a mark for an entry not yet read stays. The lock comes before the read:
of two workers, the later one then reads the committed entries of the earlier one's writers. Recomputing is safe
to repeat and safe in any number of workers.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from ..models import DailyRun, Plan
from . import counts, marks, months, snapshots
from .assess import AssessedCommitment, assess_commitments
from .batches import list_ids
from .judge import assess_and_store
from .marks import Claim
from .sql.run import pipelined
from .store import CURRENT, store

logger = logging.getLogger(__name__)
BATCH = 500
CATCH_UP = timedelta(days=14)
# A day is closed once writers of its last moment must have committed.
SETTLING = timedelta(minutes=5)


def drain(*, clock: Callable[[], datetime], limit: int = BATCH) -> int:
    """Recompute the commitments of up to `limit` marks; return the number of commitments.

    If a batch fails, its commitments are tried one by one, so that one failure does not hold up the others.
    """
    try:
        return _drain(clock, limit)
    except Exception:
        logger.exception("A batch could not be rolled up; trying its commitments one by one.")
        return sum(_drain_alone(clock, commitment) for commitment in marks.waiting(limit))


def _drain(clock: Callable[[], datetime], limit: int, only: int | None = None) -> int:
    """Recompute the commitments of some marks, or of one commitment only."""
    with transaction.atomic(), pipelined():
        claims = marks.claim(limit, only)
        if claims:
            # The clock is read after the claim: an entry of the new day must not be judged on the day before.
            _recompute(claims, clock())
    return sum(len(claim.commitments) for claim in claims)


def _drain_alone(clock: Callable[[], datetime], commitment: int) -> int:
    """Recompute one commitment; after a failure, log it and return 0."""
    try:
        return _drain(clock, BATCH, commitment)
    except Exception:
        # The commitment keeps its marks; `manage.py doctor` sees them grow old.
        logger.exception("Commitment %s could not be rolled up.", commitment)
        return 0


def refresh_plan(plan: Plan, *, at: datetime) -> None:
    """Judge a whole plan anew for its calendar day at the instant, from its stored months; marks do not matter."""
    with transaction.atomic():
        _judge(_lock(plan), list_ids(plan), plan.day_at(at))


def rebuild_plan(plan: Plan, *, at: datetime, without: Collection[int] = ()) -> None:
    """Read every stored month anew from the ledger, then judge the plan; leave some commitments as they are."""
    with transaction.atomic():
        found = _lock(plan)
        commitments = [each for each in list_ids(found) if each not in without]
        months.rebuild(commitments)
        _judge(found, commitments, plan.day_at(at))


def assess_all(*, at: datetime) -> None:
    """Do the daily work of every plan; a plan that fails does not hold up the others."""
    for plan in Plan.objects.all():
        try:
            assess_day(plan, at=at)
        except Exception:
            logger.exception("Plan %s could not be assessed.", plan.code)


def assess_day(plan: Plan, *, at: datetime) -> bool:
    """Assess a plan anew, since time alone moves a status, and keep the verdicts of past days.

    Return False if the day's work has been done already.
    """
    today = plan.day_at(at - SETTLING)
    newest = DailyRun.objects.filter(plan=plan).aggregate(newest=Max("on"))["newest"]
    if newest is not None and newest >= today:
        return False
    for day in _days_to_keep(plan, newest, today):
        snapshots.write(plan, on=day)
    refresh_plan(plan, at=at)
    DailyRun.objects.get_or_create(plan=plan, on=today)
    return True


def _days_to_keep(plan: Plan, newest: date | None, today: date) -> list[date]:
    """Return the days since the last run, but none before the plan starts."""
    # After a pause, no more than the last days are caught up with.
    first = max(plan.starts_on, today - CATCH_UP, newest or plan.starts_on)
    return [first + timedelta(days=count) for count in range((today - first).days)]


def _recompute(claims: Sequence[Claim], at: datetime) -> None:
    """Refresh months, verdicts and counts of the claims. The caller holds the plans' locks."""
    for claim in claims:
        months.refresh(claim.targets, claim.months)
        on = at.astimezone(ZoneInfo(claim.time_zone)).date()
        assessed = assess_commitments(claim.commitments, on=on)
        store(assessed, on=on, tables=CURRENT)
        if claim.beyond_ledger or any(map(_moved, assessed)):
            counts.refresh([claim.plan])


def _moved(assessed: AssessedCommitment) -> bool:
    return assessed.verdict.status != assessed.case.stored_status


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def _judge(plan: Plan, commitments: Sequence[int], on: date) -> None:
    assess_and_store(commitments, on=on, tables=CURRENT)
    counts.refresh([plan.pk])
