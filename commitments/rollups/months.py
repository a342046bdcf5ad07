"""The months of targets: the sums of the ledger's counted readings of one calendar month.

They keep a roll-up as quick after ten thousand entries as after ten: it reads only the months named by marks. The
audit compares all months with the ledger.
"""

from collections.abc import Sequence
from datetime import date

from .sql.counting import CLOSING, COUNTS_NOW, MONTH, OWN, SUMS_NOW
from .sql.run import FEW, column, send

NAMES = (
    "entries",
    "added",
    "out_of",
    "lowest",
    "highest",
    "last_on",
    "is_sample",
    "includes_earlier",
    "closing",
)
UPSERT = (
    f"INSERT INTO commitments_targetmonth (target_id, month, {', '.join(NAMES)}) {{sums}}"
    " ON CONFLICT (target_id, month) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in NAMES)
)
OF_MONTH = (
    "e.target_id = s.target_id AND e.effective_on >= s.month"
    f" AND e.effective_on < (s.month + interval '1 month')::date AND {COUNTS_NOW}"
)
# A month without any counted entry left keeps an empty row.
REFRESH = UPSERT.format(
    sums=f"""
SELECT s.target_id, s.month, m.*, last.value
FROM unnest(%(targets)s::bigint[], %(months)s::date[]) AS s (target_id, month)
JOIN commitments_target t ON t.id = s.target_id
CROSS JOIN LATERAL (SELECT {SUMS_NOW} FROM commitments_progressentry e WHERE {OF_MONTH}) m
LEFT JOIN LATERAL (
    SELECT {OWN} AS value FROM commitments_progressentry e WHERE {OF_MONTH}
    ORDER BY e.effective_on DESC, e.id DESC LIMIT 1
) last ON true
"""
)
FILLED = UPSERT.format(
    sums=f"""
SELECT e.target_id, {MONTH}, {SUMS_NOW}, {CLOSING}
FROM commitments_progressentry e JOIN commitments_target t ON t.id = e.target_id
WHERE t.commitment_id = ANY(%(commitments)s) AND {COUNTS_NOW}
GROUP BY 1, 2
"""
)
# Only months without any counted entry left are emptied, so that no month is written twice.
REBUILD = f"""
WITH filled AS ({FILLED} RETURNING target_id, month)
UPDATE commitments_targetmonth m SET entries = 0, added = NULL, out_of = NULL, lowest = NULL, highest = NULL,
       closing = NULL, last_on = NULL, is_sample = NULL, includes_earlier = false
FROM commitments_target t
WHERE t.id = m.target_id AND t.commitment_id = ANY(%(commitments)s)
  AND NOT EXISTS (SELECT FROM filled f WHERE f.target_id = m.target_id AND f.month = m.month)
"""


def refresh(targets: Sequence[int], months: Sequence[date]) -> None:
    """Read `months[i]` of `targets[i]` anew. The caller holds the plans' locks."""
    if targets:
        send(REFRESH, {"targets": column(targets), "months": column(months)}, prepare=len(targets) <= FEW)


def rebuild(commitments: Sequence[int]) -> None:
    """Read every month of the commitments anew. The caller holds the plans' locks."""
    send(REBUILD, {"commitments": list(commitments)})
