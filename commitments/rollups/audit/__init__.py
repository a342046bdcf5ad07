"""The audit: ledger and seals, then stored verdicts and ledger are compared, and each difference is reported.

A repair is a call of its own.

It runs batch by batch, each in a transaction that holds the plan's lock. So little of a large plan is in memory
at once, and roll-ups wait for one batch at most.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from ...models import AuditRun, CommitmentSnapshot, Plan, StaleMark, TargetSnapshot
from .. import refresh, snapshots
from ..batches import batches, list_ids
from .differences import (
    SNAPSHOTS,
    AuditDifference,
    compare_counts,
    compare_months,
    compare_snapshots,
    compare_verdicts,
)
from .ledger import accept_ledger, commitments_of, compare_ledger
from .ledger_differences import SealDifference
from .recount import AuditBatch

__all__ = ["AuditOutcome", "accept_ledger", "audit", "compare_ledger", "repair", "run_due"]

logger = logging.getLogger(__name__)
SIZE = 100  # commitments in a batch
NIGHTLY = time(2, 30)  # on the plan's own clock


class AuditOutcome(NamedTuple):
    """The result of an audit: the rows compared, the commitments skipped and the differences.

    A commitment is skipped while its roll-up waits to be recomputed. `ledger` has the differences between the
    ledger and its seals.
    """

    checked: int
    skipped: int
    differences: list[AuditDifference]
    ledger: Sequence[SealDifference] = ()

    @property
    def all_differences(self) -> list[SealDifference | AuditDifference]:
        return [*self.ledger, *self.differences]

    @property
    def doubtful(self) -> frozenset[int]:
        """Return the ids of the commitments whose ledger differs from its seal."""
        return commitments_of(self.ledger)


def run_due(*, at: datetime) -> None:
    """Audit each plan not audited since tonight's hour; a plan that fails does not hold up the others.

    Differences are logged, never repaired. The newest snapshot is compared; `manage.py audit_rollups` compares
    every kept day.
    """
    for plan in Plan.objects.all():
        try:
            if _is_due(plan, at):
                yesterday = plan.day_at(at) - timedelta(days=1)
                _log(plan, audit(plan, at=at, since=yesterday))
        except Exception:
            logger.exception("Plan %s could not be audited.", plan.code)


def audit(
    plan: Plan, *, at: datetime, with_snapshots: bool = True, since: date | None = None
) -> AuditOutcome:
    """Compare the ledger with its seals and the stored verdicts, months and counts with it; record the run.

    The rows for today are always compared as a whole. Snapshots are compared for every kept day, or from `since`
    on. Commitments without a difference to their seals are sealed anew.
    """
    ledger = compare_ledger(plan, at=at)
    days = _kept_days(plan, since) if with_snapshots else []
    today = plan.day_at(at)
    parts = [_audit_batch(plan, commitments, today, days) for commitments in batches(list_ids(plan), SIZE)]
    parts.append(_audit_counts(plan))
    differences = [difference for part in parts for difference in part.differences]
    outcome = AuditOutcome(
        sum(part.checked for part in parts), sum(part.skipped for part in parts), differences, ledger
    )
    count = len(outcome.all_differences)
    AuditRun.objects.create(
        plan=plan, at=at, checked=outcome.checked, skipped=outcome.skipped, differences=count
    )
    return outcome


def repair(plan: Plan, found: AuditOutcome, *, at: datetime) -> None:
    """Recompute all rows for today, and the snapshots of each day with a difference.

    Commitments whose ledger differs from its seal are left: a forged value would be published.
    """
    refresh.rebuild_plan(plan, at=at, without=found.doubtful)
    days = {difference.on for difference in found.differences if difference.table in SNAPSHOTS}
    for day in sorted(day for day in days if day):
        snapshots.rebuild(plan, first=day, last=day, without=found.doubtful)


def _is_due(plan: Plan, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(plan.time_zone))
    tonight = datetime.combine(local.date(), NIGHTLY, local.tzinfo)
    return local >= tonight and not AuditRun.objects.filter(plan=plan, at__gte=tonight, skipped=0).exists()


def _log(plan: Plan, outcome: AuditOutcome) -> None:
    for difference in outcome.all_differences:
        logger.error("%s: %s", plan.code, difference)
    logger.info(
        "Audited %s: %d rows, %d differences.", plan.code, outcome.checked, len(outcome.all_differences)
    )


def _kept_days(plan: Plan, since: date | None) -> list[date]:
    """Return the days with a snapshot of a commitment or a target."""
    since = since or date.min
    of_commitments = CommitmentSnapshot.objects.filter(commitment__plan=plan, on__gte=since)
    of_targets = TargetSnapshot.objects.filter(target__commitment__plan=plan, on__gte=since)
    days = of_commitments.values_list("on", flat=True).union(of_targets.values_list("on", flat=True))
    return sorted(days)


def _audit_batch(plan: Plan, commitments: Sequence[int], today: date, days: Sequence[date]) -> AuditOutcome:
    """Compare the rows of some commitments, but for stale ones."""
    with transaction.atomic():
        batch = AuditBatch(_locked(plan), commitments)
        rows = [*compare_verdicts(batch, today), *compare_months(batch)]
        # Marks are read last: a change while the batch was read is then known to be stale, and no difference.
        waiting = StaleMark.objects.filter(commitment__in=commitments)
        stale = set(waiting.values_list("commitment", flat=True))
    # Past days need no lock: later writes do not change them.
    rows += compare_snapshots(batch, days)
    sure = [row for row in rows if row.commitment not in stale]
    return AuditOutcome(len(sure), len(stale), [difference for row in sure for difference in row.differences])


def _audit_counts(plan: Plan) -> AuditOutcome:
    """Compare the counts, unless a mark waits."""
    with transaction.atomic():
        rows = list(compare_counts(_locked(plan)))
        # Any waiting mark may move a commitment from one place to another.
        if StaleMark.objects.filter(commitment__plan=plan).exists():
            return AuditOutcome(0, 0, [])
    return AuditOutcome(len(rows), 0, [difference for row in rows for difference in row])


def _locked(plan: Plan) -> Plan:
    found = Plan.objects.select_related("rule_set").select_for_update(no_key=True, of=["self"])
    return found.get(pk=plan.pk)
