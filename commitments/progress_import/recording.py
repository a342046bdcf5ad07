"""All rows of a confirmed sheet become entries of the ledger in one transaction, or none does."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from ..actions import ledger, period_locks
from ..actions.proposals import ProposedEntry
from ..domain.import_enums import ImportState
from ..models import ImportJob, ImportRow, Milestone, Target
from .context import Frame, read_frame
from .recorded_entries import named_in, read_recorded
from .row_checks import faults_of


@transaction.atomic
def apply(job: ImportJob, *, at: datetime) -> None:
    """Records a confirmed job once, however often it is asked.

    All is checked anew where the ledger says something else of the sheet's targets than at the check, or where
    rows no longer pass. Who writes about the plan at this moment is done before, or comes after.
    """
    locked = (
        ImportJob.objects.select_for_update(of=("self",))
        .defer("content")
        .select_related("plan", "uploaded_by")
    )
    job = locked.get(pk=job.pk)
    if job.state != ImportState.CONFIRMED:
        return
    period_locks.wait_for_writers(job.plan)
    frame = read_frame(job.plan, by=job.uploaded_by, at=at)
    if _has_changed(job) or (frame.digest() != job.frame and not _all_pass(job, frame)):
        _check_anew(job)
        return
    ledger.record_staged(job, at=at)
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.APPLIED, applied_at=at)


def _has_changed(job: ImportJob) -> bool:
    """Whether the ledger says something else of the sheet's targets than when its rows were checked."""
    named = named_in(job)
    return read_recorded(named).digest(named) != job.recorded


def _all_pass(job: ImportJob, frame: Frame) -> bool:
    """Whether the rows are right still, whatever has changed that rows are checked against."""
    targets = {target.pk: target for group in frame.targets.values() for target in group}
    milestones = {milestone.pk: milestone for group in frame.milestones.values() for milestone in group}
    return not any(
        proposed is None or faults_of(proposed, frame) for proposed in _proposed(job, targets, milestones)
    )


def _proposed(
    job: ImportJob, targets: dict[int, Target], milestones: dict[int, Milestone]
) -> Iterator[ProposedEntry | None]:
    """What the staged rows propose; None where the target or milestone that one names is gone."""
    rows = ImportRow.objects.filter(job=job, value__isnull=False).values_list(
        "target", "milestone", "effective_on", "value", "denominator"
    )
    for target, milestone, effective_on, value, denominator in rows.iterator(chunk_size=5_000):
        gone = target not in targets or (milestone is not None and milestone not in milestones)
        done = milestones.get(milestone) if milestone else None
        yield (
            None
            if gone
            else ProposedEntry(targets[target], effective_on, value or Decimal(0), denominator, done)
        )


def _check_anew(job: ImportJob) -> None:
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RECEIVED, attempts=0)
