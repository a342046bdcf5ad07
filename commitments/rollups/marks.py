"""Stale marks: the database's triggers write them, and a recomputation takes them off."""

from datetime import date
from typing import NamedTuple

from .sql.run import fetch_rows

CLAIM = """
WITH oldest AS MATERIALIZED (
    SELECT id FROM commitments_stalemark WHERE %(only)s::bigint IS NULL OR commitment_id = %(only)s
    ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), claimed AS (
    DELETE FROM commitments_stalemark WHERE id IN (SELECT id FROM oldest) RETURNING commitment_id, target, month
), commitment AS (
    SELECT id, plan_id FROM commitments_commitment WHERE id IN (SELECT commitment_id FROM claimed)
), touched AS (
    SELECT DISTINCT c.plan_id, m.target, m.month FROM claimed m JOIN commitment c ON c.id = m.commitment_id
)
SELECT p.id, p.time_zone, ARRAY(SELECT c.id FROM commitment c WHERE c.plan_id = p.id ORDER BY c.id),
       ARRAY(SELECT t.target FROM touched t WHERE t.plan_id = p.id AND t.target IS NOT NULL ORDER BY t.target, t.month),
       ARRAY(SELECT t.month FROM touched t WHERE t.plan_id = p.id AND t.target IS NOT NULL ORDER BY t.target, t.month),
       EXISTS (SELECT FROM touched t WHERE t.plan_id = p.id AND t.target IS NULL),
       set_config('synchronous_commit', 'off', true)
FROM commitments_plan p WHERE p.id IN (SELECT plan_id FROM commitment)
ORDER BY p.id FOR NO KEY UPDATE OF p
"""
WAITING = (
    "SELECT commitment_id FROM commitments_stalemark GROUP BY commitment_id ORDER BY min(id) LIMIT %(limit)s"
)
OLDEST_AGE = "SELECT extract(epoch FROM clock_timestamp() - min(marked_at)) FROM commitments_stalemark"


class Claim(NamedTuple):
    """The marks of one plan that are to be recomputed: `targets[i]` changed in `months[i]`.

    `beyond_ledger` tells whether anything but the ledger changed.
    """

    plan: int
    time_zone: str
    commitments: list[int]
    targets: list[int]
    months: list[date]
    beyond_ledger: bool


def claim(limit: int, only: int | None = None) -> list[Claim]:
    """Delete up to `limit` of the oldest marks, of one commitment or of all, and lock their plans.

    Call it in the transaction of the recomputation, before the ledger is read.
    """
    # A mark deleted after reading could be one for an entry not yet read. Without the lock, a worker that
    # read earlier could write later. The transaction does not wait for the disk either: after a crash, the
    # roll-up is lost together with the deletion of its marks.
    return [Claim(*row[:-1]) for row in fetch_rows(CLAIM, {"limit": limit, "only": only}, prepare=True)]


def waiting(limit: int) -> list[int]:
    """Return the commitments that have waited longest, without claiming them."""
    return [commitment for (commitment,) in fetch_rows(WAITING, {"limit": limit})]


def oldest_age_seconds() -> float:
    """Return the age of the oldest mark in seconds; 0 without marks."""
    return float(fetch_rows(OLDEST_AGE, {})[0][0] or 0)
