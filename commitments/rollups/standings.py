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

# Day by day first: however long the ledger, a target has no more days than its year.
READ = """
WITH spec AS (
    SELECT * FROM unnest(%(targets)s::bigint[], %(values)s::numeric[], %(comparators)s::text[], %(added_up)s::bool[],
                         %(until)s::date[]) AS s (target_id, goal, comparator, added_up, until)
), day AS (
    SELECT e.target_id, e.effective_on, sum(coalesce(m.weight, e.value)) AS added,
           min(e.value) AS lowest, max(e.value) AS highest, max(e.id) AS newest_entry, bool_or(e.is_sample) AS is_sample
    FROM spec s JOIN commitments_progressentry e ON e.target_id = s.target_id AND e.effective_on <= s.until
    LEFT JOIN commitments_milestone m ON m.id = e.milestone_id
    WHERE {counts}
    GROUP BY e.target_id, e.effective_on
), course AS (
    SELECT d.*, s.goal, s.comparator,
           CASE WHEN s.added_up THEN sum(d.added) OVER (PARTITION BY d.target_id ORDER BY d.effective_on) END AS total
    FROM day d JOIN spec s USING (target_id)
), judged AS (
    SELECT *,
           CASE comparator WHEN '>=' THEN coalesce(total, highest) >= goal WHEN '>' THEN coalesce(total, highest) > goal
               WHEN '<=' THEN coalesce(total, lowest) <= goal ELSE coalesce(total, lowest) < goal END AS met,
           CASE comparator WHEN '>=' THEN coalesce(total, lowest) >= goal WHEN '>' THEN coalesce(total, lowest) > goal
               WHEN '<=' THEN coalesce(total, highest) <= goal ELSE coalesce(total, highest) < goal END AS kept
    FROM course
), ledger AS (
    SELECT target_id, max(effective_on) AS latest_on, (array_agg(total ORDER BY effective_on DESC))[1] AS total,
           min(effective_on) FILTER (WHERE met) AS first_met_on, bool_or(NOT kept) AS breached,
           bool_or(is_sample) AS is_sample, max(newest_entry) AS newest_entry
    FROM judged GROUP BY target_id
), overdue AS (
    SELECT m.target_id, min(m.due_on) AS since
    FROM commitments_milestone m
    WHERE m.target_id = ANY(%(targets)s) AND m.due_on < %(on)s AND NOT EXISTS (
        SELECT FROM commitments_progressentry e
        WHERE e.milestone_id = m.id AND e.effective_on <= %(on)s AND {counts}
    )
    GROUP BY m.target_id
)
SELECT s.target_id, coalesce(l.total, newest.value), l.latest_on, l.first_met_on, coalesce(l.breached, false), o.since,
       coalesce(l.is_sample, false), l.newest_entry
FROM spec s LEFT JOIN ledger l USING (target_id) LEFT JOIN overdue o USING (target_id)
LEFT JOIN LATERAL (
    SELECT e.value FROM commitments_progressentry e
    WHERE e.target_id = s.target_id AND NOT s.added_up AND e.effective_on <= s.until AND {counts}
    ORDER BY e.effective_on DESC, e.id DESC LIMIT 1
) newest ON true
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
            "until": [target.spec.last_day(on) for target in given],
            "on": on,
            "known_at": known_at,
        },
    )
    return {target: Found(Standing(*facts), sample, newest) for target, *facts, sample, newest in found}
