"""Proves every stored verdict against the ledger and reports each difference; repairs only when told to.

Batch by batch, what stands for today in a transaction that holds the plan's lock: however large the plan, little
of it is in memory at once, and roll-ups wait for one batch at most. Waiting marks are read last, so that whatever
changed while a batch was read is known to be stale rather than taken for a difference.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from ...models import AuditRun, CommitmentSnapshot, Plan, StaleMark, TargetSnapshot
from .. import refresh, snapshots
from ..batches import all_of, batches
from .differences import SNAPSHOTS, Difference, of_counts, of_months, of_snapshots, of_verdicts
from .recount import Batch

logger = logging.getLogger(__name__)
SIZE = 100  # commitments
NIGHTLY = time(2, 30)  # on the plan's own clock


class Outcome(NamedTuple):
    """Rows compared, commitments passed over as their roll-ups wait to be recomputed, and what differs."""

    checked: int
    skipped: int
    differences: list[Difference]


def run_due(*, at: datetime) -> None:
    """Audits each plan that has not been audited since tonight's hour; one that fails does not hold up the others.

    Differences are logged, never repaired. Of snapshots the newest is compared; `manage.py audit_rollups` compares
    every kept day.
    """
    for plan in Plan.objects.all():
        try:
            if _is_due(plan, at):
                yesterday = plan.day_at(at) - timedelta(days=1)
                _log(plan, audit(plan, at=at, since=yesterday))
        except Exception:
            logger.exception("Plan %s could not be audited.", plan.code)


def audit(plan: Plan, *, at: datetime, with_snapshots: bool = True, since: date | None = None) -> Outcome:
    """Compares what is stored about the plan with its ledger.

    Of snapshots those of every kept day, or from `since` on. What stands for today is always compared as a whole, and
    recorded.
    """
    days = _kept_days(plan, since) if with_snapshots else []
    today = plan.day_at(at)
    parts = [_audit_batch(plan, commitments, today, days) for commitments in batches(all_of(plan), SIZE)]
    parts.append(_audit_counts(plan))
    differences = [difference for part in parts for difference in part.differences]
    outcome = Outcome(sum(part.checked for part in parts), sum(part.skipped for part in parts), differences)
    AuditRun.objects.create(
        plan=plan, at=at, checked=outcome.checked, skipped=outcome.skipped, differences=len(differences)
    )
    return outcome


def repair(plan: Plan, found: Outcome, *, at: datetime) -> None:
    """Recomputes all that stands for today, and the snapshots of the days on which any differs."""
    refresh.rebuild_plan(plan, at=at)
    days = {difference.on for difference in found.differences if difference.table in SNAPSHOTS}
    for day in sorted(day for day in days if day):
        snapshots.rebuild(plan, first=day, last=day)


def _is_due(plan: Plan, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(plan.time_zone))
    tonight = datetime.combine(local.date(), NIGHTLY, local.tzinfo)
    return local >= tonight and not AuditRun.objects.filter(plan=plan, at__gte=tonight, skipped=0).exists()


def _log(plan: Plan, outcome: Outcome) -> None:
    for difference in outcome.differences:
        logger.error("%s: %s", plan.code, difference)
    logger.info("Audited %s: %d rows, %d differences.", plan.code, outcome.checked, len(outcome.differences))


def _kept_days(plan: Plan, since: date | None) -> list[date]:
    """On which anything was kept, be it of a commitment or of a target."""
    since = since or date.min
    of_commitments = CommitmentSnapshot.objects.filter(commitment__plan=plan, on__gte=since)
    of_targets = TargetSnapshot.objects.filter(target__commitment__plan=plan, on__gte=since)
    days = of_commitments.values_list("on", flat=True).union(of_targets.values_list("on", flat=True))
    return sorted(days)


def _audit_batch(plan: Plan, commitments: Sequence[int], today: date, days: Sequence[date]) -> Outcome:
    """Past days are compared without the lock: nothing that happens now changes them."""
    with transaction.atomic():
        batch = Batch(_locked(plan), commitments)
        rows = [*of_verdicts(batch, today), *of_months(batch)]
        waiting = StaleMark.objects.filter(commitment__in=commitments)
        stale = set(waiting.values_list("commitment", flat=True))
    rows += of_snapshots(batch, days)
    sure = [row for row in rows if row.commitment not in stale]
    return Outcome(len(sure), len(stale), [difference for row in sure for difference in row.differences])


def _audit_counts(plan: Plan) -> Outcome:
    """Any waiting mark may be one that moves a commitment from one place to another."""
    with transaction.atomic():
        rows = list(of_counts(_locked(plan)))
        if StaleMark.objects.filter(commitment__plan=plan).exists():
            return Outcome(0, 0, [])
    return Outcome(len(rows), 0, [difference for row in rows for difference in row])


def _locked(plan: Plan) -> Plan:
    found = Plan.objects.select_related("rule_set").select_for_update(no_key=True, of=["self"])
    return found.get(pk=plan.pk)
