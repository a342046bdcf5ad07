"""Stale marks: what the database's triggers wrote, taken off by whoever recomputes."""

from dataclasses import dataclass

from .sql import rows

CLAIM = """
WITH oldest AS MATERIALIZED (
    SELECT id FROM commitments_stalemark WHERE %(only)s::bigint IS NULL OR commitment_id = %(only)s
    ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), claimed AS (
    DELETE FROM commitments_stalemark WHERE id IN (SELECT id FROM oldest) RETURNING commitment_id
), commitment AS (
    SELECT id, plan_id FROM commitments_commitment WHERE id IN (SELECT commitment_id FROM claimed)
)
SELECT p.id, p.time_zone, ARRAY(SELECT c.id FROM commitment c WHERE c.plan_id = p.id ORDER BY c.id)
FROM commitments_plan p WHERE p.id IN (SELECT plan_id FROM commitment)
ORDER BY p.id FOR NO KEY UPDATE OF p
"""
WAITING = (
    "SELECT commitment_id FROM commitments_stalemark GROUP BY commitment_id ORDER BY min(id) LIMIT %(limit)s"
)
OLDEST_AGE = "SELECT extract(epoch FROM clock_timestamp() - min(marked_at)) FROM commitments_stalemark"


@dataclass(frozen=True)
class Claim:
    """What of one plan is to be recomputed."""

    plan: int
    time_zone: str
    commitments: list[int]


def claim(limit: int, only: int | None = None) -> list[Claim]:
    """Deletes up to `limit` of the oldest marks, of one commitment or of all, and locks their plans.

    In the caller's transaction, and before the ledger is read: a mark deleted after it could be one for an
    entry not yet read; without the lock a worker that read earlier could write later.
    """
    return [Claim(*row) for row in rows(CLAIM, {"limit": limit, "only": only})]


def waiting(limit: int) -> list[int]:
    """The commitments that have waited longest, without claiming them."""
    return [commitment for (commitment,) in rows(WAITING, {"limit": limit})]


def oldest_age_seconds() -> float:
    """How long the oldest mark has waited; 0 without marks."""
    return float(rows(OLDEST_AGE, {})[0][0] or 0)
