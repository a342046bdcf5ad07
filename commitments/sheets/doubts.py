"""Rows that may be recorded, but that somebody should look at first."""

import json
from collections.abc import Mapping

from django.db import connection
from django.utils.translation import gettext as _

from ..domain.plausibility import Bound, doubts
from ..models import ImportJob
from ..plausibility import words
from .drafts import Draft, Remark
from .files.rows import Row

RECORDED = """
UPDATE commitments_importrow r SET doubts = coalesce(r.doubts, '[]'::jsonb) || %(remark)s::jsonb
WHERE r.job_id = %(job)s AND r.faults IS NULL AND EXISTS (
    SELECT FROM commitments_progressentry e
    WHERE e.target_id = r.target_id AND e.effective_on = r.effective_on AND e.value = r.value
      AND e.denominator IS NOT DISTINCT FROM r.denominator AND e.milestone_id IS NOT DISTINCT FROM r.milestone_id
      AND e.counted_until IS NULL)
"""


class Doubts:
    """Looks at the rows of one sheet in turn. `bounds` are those of `plausibility.bounds_of`, by target."""

    def __init__(self, bounds: Mapping[int, tuple[Bound, ...]]) -> None:
        self._bounds = bounds
        self._seen: dict[tuple[object, ...], int] = {}

    def of(self, row: Row, draft: Draft) -> list[Remark]:
        """A value that is explained beside it is no doubt; a row that stands there twice is one all the same."""
        found = self._twice(row, draft)
        if row.progress.strip() or row.problems.strip():
            return found
        overstepped = doubts(
            self._bounds.get(draft.target.pk, ()), draft.value, draft.denominator, evidenced=False
        )
        return [*(("value", words(bound, draft.target)) for bound in overstepped), *found]

    def _twice(self, row: Row, draft: Draft) -> list[Remark]:
        first = self._seen.setdefault((draft.target.pk, draft.milestone, draft.effective_on), row.number)
        if first == row.number:
            return []
        return [("code", _("Row %(row)d is of the same target and day.") % {"row": first})]


def doubt_what_is_recorded(job: ImportJob) -> None:
    """A sheet may have been uploaded before. One statement for all rows."""
    remark = [["value", _("The same value has been recorded for this day already.")]]
    with connection.cursor() as cursor:
        cursor.execute(RECORDED, {"job": job.pk, "remark": json.dumps(remark)})
