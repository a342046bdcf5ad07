"""Reads what the ledger says of many targets: `domain.ledger.standing` as one SQL statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ..domain.ledger import ADDED_UP, Standing
from .cases import TargetCase
from .sql import rows

# Entries that count now, or that counted at an instant.
COUNTS_NOW = "e.counted_from IS NOT NULL AND e.counted_until IS NULL"
COUNTED_THEN = (
    "e.counted_from <= %(known_at)s AND (e.counted_until IS NULL OR e.counted_until > %(known_at)s)"
)

READ = """
WITH spec AS (
    SELECT * FROM unnest(%(targets)s::bigint[], %(values)s::numeric[], %(comparators)s::text[], %(added_up)s::bool[])
        AS s (target_id, goal, comparator, added_up)
), reading AS (
    SELECT e.target_id, e.id, e.milestone_id, e.effective_on, e.is_sample, coalesce(m.weight, e.value) AS value
    FROM commitments_progressentry e LEFT JOIN commitments_milestone m ON m.id = e.milestone_id
    WHERE e.target_id = ANY(%(targets)s) AND e.effective_on <= %(on)s AND {counts}
), stood AS (
    SELECT r.*, s.goal, s.comparator, CASE
        WHEN s.added_up THEN sum(r.value) OVER (PARTITION BY r.target_id ORDER BY r.effective_on)
        ELSE last_value(r.value) OVER (PARTITION BY r.target_id, r.effective_on ORDER BY r.id
                                       ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        END AS actual
    FROM reading r JOIN spec s USING (target_id)
), judged AS (
    SELECT *, CASE comparator WHEN '>=' THEN actual >= goal WHEN '>' THEN actual > goal
                              WHEN '<=' THEN actual <= goal ELSE actual < goal END AS met
    FROM stood
), ledger AS (
    SELECT target_id,
           (array_agg(actual ORDER BY effective_on DESC, id DESC))[1] AS actual,
           max(effective_on) AS latest_on,
           min(effective_on) FILTER (WHERE met) AS first_met_on,
           bool_or(NOT met) AS breached,
           bool_or(is_sample) AS is_sample,
           max(id) AS newest_entry
    FROM judged GROUP BY target_id
), overdue AS (
    SELECT m.target_id, min(m.due_on) AS since
    FROM commitments_milestone m
    WHERE m.target_id = ANY(%(targets)s) AND m.due_on < %(on)s
      AND NOT EXISTS (SELECT FROM reading r WHERE r.milestone_id = m.id)
    GROUP BY m.target_id
)
SELECT s.target_id, l.actual, l.latest_on, l.first_met_on, coalesce(l.breached, false), o.since,
       coalesce(l.is_sample, false), l.newest_entry
FROM spec s LEFT JOIN ledger l USING (target_id) LEFT JOIN overdue o USING (target_id)
"""


@dataclass(frozen=True)
class Found:
    """A target's standing, and which entries it rests on."""

    standing: Standing
    is_sample: bool
    newest_entry: int | None


def read(targets: Iterable[TargetCase], on: date, known_at: datetime | None = None) -> dict[int, Found]:
    """Standings on a day, as known now or, with `known_at`, as known at that instant."""
    given = list(targets)
    found = rows(
        READ.format(counts=COUNTED_THEN if known_at else COUNTS_NOW),
        {
            "targets": [target.id for target in given],
            "values": [target.spec.value for target in given],
            "comparators": [target.spec.comparator.value for target in given],
            "added_up": [target.spec.accumulation in ADDED_UP for target in given],
            "on": on,
            "known_at": known_at,
        },
    )
    return {target: Found(Standing(*facts), sample, newest) for target, *facts, sample, newest in found}
