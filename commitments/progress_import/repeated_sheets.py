"""The question whether a sheet repeats an earlier one: all its amounts are those of that one, for whatever day."""

from datetime import datetime

from django.db import connection, transaction

from ..models import ImportJob

FEWEST = 3
# Entries of one person and one instant came in together: a sheet of the plan, or a page of the quick-log.
SAME_AMOUNTS = """
WITH amounts AS (
    SELECT number, target_id, value, denominator FROM commitments_importrow
    WHERE job_id = %(job)s AND faults IS NULL AND milestone_id IS NULL AND value <> 0
)
SELECT e.recorded_at
FROM amounts a
JOIN commitments_progressentry e ON e.target_id = a.target_id AND e.value = a.value
    AND e.denominator IS NOT DISTINCT FROM a.denominator AND e.counted_until IS NULL
GROUP BY e.recorded_by_id, e.recorded_at
HAVING count(DISTINCT a.number) >= %(fewest)s
    AND least(count(DISTINCT a.number), count(DISTINCT e.id)) = (SELECT count(*) FROM amounts)
ORDER BY e.recorded_at DESC
LIMIT 1
"""


def find_repeated(job: ImportJob) -> datetime | None:
    """Return when an earlier sheet with all amounts of this one was recorded; None without any.

    At least three amounts that are not 0 make a sheet. One that was returned or withdrawn repeats nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Rows staged a moment ago have no statistics: row by row, 100,000 of them took half a minute.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(SAME_AMOUNTS, {"job": job.pk, "fewest": FEWEST})
        found: tuple[datetime] | None = cursor.fetchone()
    return found[0] if found else None
