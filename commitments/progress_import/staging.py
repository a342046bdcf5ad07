"""Checked rows on their way into the ledger: kept apart until somebody has said yes to all of them."""

import json
from collections.abc import Iterable

from django.db import connection

from ..models import ImportJob
from .row_checks import Checked
from .row_messages import kept

COPY = """
COPY commitments_importrow (job_id, number, target_id, milestone_id, effective_on, value, denominator,
    progress, problems, next_steps, faults, doubts, written) FROM STDIN
"""


def stage(job: ImportJob, checked: Iterable[Checked]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for each in checked:
            copy.write_row(_line(job, each))


def _line(job: ImportJob, checked: Checked) -> tuple[object, ...]:
    """Of a faulty row only what it says is kept: its values may be none that a column could hold."""
    row, proposed, faults, doubts = checked
    if proposed is None:
        return (
            job.pk, row.number, None, None, job.effective_on, None, None,
            "", "", "", json.dumps(kept(faults)), None, json.dumps(row.written),
        )  # fmt: skip
    milestone = proposed.milestone.pk if proposed.milestone else None
    return (
        job.pk, row.number, proposed.target.pk, milestone, proposed.effective_on, proposed.value, proposed.denominator,
        proposed.progress, proposed.problems, proposed.next_steps,
        None, json.dumps(kept(doubts)) if doubts else None, None,
    )  # fmt: skip
