"""The recording of a confirmed sheet: its right rows become entries of the ledger in one transaction, or none does."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain

from django.db import transaction

from ..actions import ledger, period_locks
from ..actions.proposals import ProposedEntry, ProposedNarrative
from ..domain.enums import NoFigure
from ..domain.import_enums import ImportState
from ..models import Commitment, ImportJob, ImportRow, Milestone, Target
from ..spreadsheets.reader.problems import FileError
from .amendments import join_runs
from .context import CheckContext, read_context
from .recorded_entries import read_recorded, targets_in
from .row_checks import find_faults


@transaction.atomic
def apply(job: ImportJob, *, at: datetime) -> None:
    """Record a confirmed job once, even if it is called again.

    Wrong rows stay open with the sheet. It is checked anew if the entries of its targets have changed since the
    check, or if a row no longer passes.
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
    context = read_context(job.plan, by=job.uploaded_by, at=at)
    if _has_changed(job) or (context.digest() != job.frame and not _all_pass(job, context)):
        _check_anew(job)
        return
    ledger.record_staged(job, at=at)
    if job.faulty:
        _keep_wrong_rows(job)
    else:
        end(job, rows=job.recorded_before + job.rows, at=at)


def end(job: ImportJob, *, rows: int, at: datetime, given_up: int = 0, why: FileError | None = None) -> None:
    """End a sheet of which so many rows are recorded; others may be given up, for a reason or without one.

    A sheet that somebody has acted on since `job` was read goes on.
    """
    ImportJob.objects.filter(pk=job.pk, state=job.state, checked_at=job.checked_at).update(
        state=ImportState.APPLIED,
        rows=rows,
        faulty=0,
        doubtful=0,
        given_up=given_up,
        refusal=why.message if why and given_up else "",
        refusal_params=dict(why.params) if why and given_up else {},
        applied_at=at,
    )


def _keep_wrong_rows(job: ImportJob) -> None:
    """Leave only the wrong rows to the sheet, and remember the others, so that none is recorded twice."""
    right = ImportRow.objects.filter(job=job, faults__isnull=True)
    runs = join_runs(job.recorded_rows, right.values_list("number", flat=True))
    right.delete()
    ImportJob.objects.filter(pk=job.pk).update(
        state=ImportState.CHECKED, rows=job.faulty, doubtful=0, recorded_rows=runs, repeats=None, attempts=0
    )


def _has_changed(job: ImportJob) -> bool:
    """Tell whether the entries of the sheet's targets have changed since its rows were checked."""
    named = targets_in(job)
    return read_recorded(named).digest(named) != job.recorded


def _all_pass(job: ImportJob, context: CheckContext) -> bool:
    """Tell whether all rows still pass."""
    commitments = {each.pk: each for group in context.commitments.values() for each in group}
    targets = {target.pk: target for group in context.targets.values() for target in group}
    milestones = {milestone.pk: milestone for group in context.milestones.values() for milestone in group}
    proposals = chain(_propose(job, targets, milestones), _propose_words(job, commitments, targets))
    return not any(proposed is None or find_faults(proposed, context) for proposed in proposals)


def _propose(
    job: ImportJob, targets: dict[int, Target], milestones: dict[int, Milestone]
) -> Iterator[ProposedEntry | None]:
    """Yield the proposals of the staged figures; None for a row with a target or milestone that is gone."""
    rows = ImportRow.objects.filter(job=job, value__isnull=False).values_list(
        "target", "milestone", "effective_on", "value", "denominator", "includes_earlier"
    )
    for target, milestone, effective_on, value, denominator, includes_earlier in rows.iterator(
        chunk_size=5_000
    ):
        gone = target not in targets or (milestone is not None and milestone not in milestones)
        done = milestones.get(milestone) if milestone else None
        yield (
            None
            if gone
            else ProposedEntry(
                targets[target],
                effective_on,
                value or Decimal(0),
                denominator,
                done,
                includes_earlier=includes_earlier,
            )
        )


def _propose_words(
    job: ImportJob, commitments: dict[int, Commitment], targets: dict[int, Target]
) -> Iterator[ProposedNarrative | None]:
    """Yield the proposals of the staged rows in words; None for one whose commitment or target is gone."""
    rows = ImportRow.objects.filter(job=job, faults__isnull=True, value__isnull=True).values_list(
        "commitment", "target", "effective_on", "no_figure", "progress", "problems", "next_steps"
    )
    for commitment, target, effective_on, no_figure, progress, problems, next_steps in rows.iterator(
        chunk_size=5_000
    ):
        gone = commitment not in commitments or (target is not None and target not in targets)
        yield (
            None
            if gone
            else ProposedNarrative(
                commitments[commitment],
                effective_on,
                targets[target] if target else None,
                NoFigure(no_figure) if no_figure else None,
                progress,
                problems,
                next_steps,
            )
        )


def _check_anew(job: ImportJob) -> None:
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RECEIVED, attempts=0)
