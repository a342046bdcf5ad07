"""Stale marks: what the database's triggers wrote, taken off by whoever recomputes."""

from .sql import rows

CLAIM = """
DELETE FROM commitments_stalemark
WHERE id IN (SELECT id FROM commitments_stalemark ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING commitment_id
"""
OLDEST_AGE = "SELECT extract(epoch FROM clock_timestamp() - min(marked_at)) FROM commitments_stalemark"


def claim(limit: int) -> list[int]:
    """Deletes up to `limit` of the oldest marks in the caller's transaction and names their commitments.

    Deleting comes before reading the ledger: a mark deleted after it could be one for an entry not yet read.
    """
    return sorted({commitment for (commitment,) in rows(CLAIM, {"limit": limit})})


def oldest_age_seconds() -> float:
    """How long the oldest mark has waited; 0 without marks."""
    return float(rows(OLDEST_AGE, {})[0][0] or 0)
