"""Checked rows on their way into the ledger, kept apart until all of them are confirmed."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from ..actions.proposals import Proposed, ProposedNarrative
from ..models import ImportJob
from ..spreadsheets.reader.problems import Remark
from .row_checks import CheckedRow
from .row_messages import serialize

COPY = """
COPY commitments_importrow (job_id, number, commitment_id, target_id, milestone_id, effective_on, value, denominator,
    includes_earlier, no_figure, progress, problems, next_steps, faults, doubts, remarks, written) FROM STDIN
"""


def stage(job: ImportJob, checked: Iterable[CheckedRow]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for each in checked:
            copy.write_row(_to_columns(job, each))


def _to_columns(job: ImportJob, checked: CheckedRow) -> tuple[object, ...]:
    """Return the columns of a staged row; a faulty row keeps only its text, what it is about, and its faults."""
    row, proposed, faults, doubts, remarks, target, commitment = checked
    # A column may not be able to hold the values of a faulty row.
    if proposed is None:
        return (
            job.pk, row.number, commitment.pk if commitment else None, target.pk if target else None, None,
            job.effective_on, None, None, False, "", "", "", "", json.dumps(serialize(faults)), None, None,
            json.dumps(row.written),
        )  # fmt: skip
    return (
        job.pk, row.number, proposed.commitment.pk, proposed.target.pk if proposed.target else None,
        *_to_figure(proposed), proposed.progress, proposed.problems, proposed.next_steps,
        None, _stored(doubts), _stored(remarks), json.dumps(row.written) if doubts else None,
    )  # fmt: skip


def _to_figure(proposed: Proposed) -> tuple[object, ...]:
    """Return milestone, day, value, denominator, the tick for earlier periods, and why there is no figure."""
    if isinstance(proposed, ProposedNarrative):
        return None, proposed.effective_on, None, None, False, proposed.no_figure or ""
    milestone = proposed.milestone.pk if proposed.milestone else None
    ticked = bool(proposed.includes_earlier)
    return milestone, proposed.effective_on, proposed.value, proposed.denominator, ticked, ""


def _stored(remarks: Sequence[Remark]) -> str | None:
    return json.dumps(serialize(remarks)) if remarks else None
