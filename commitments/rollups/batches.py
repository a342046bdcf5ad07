"""A plan's commitments in batches, so that few of a large plan are in memory at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ..models import Commitment, Plan
from .sql import versions
from .sql.run import fetch_rows

# The server's answer for so many commitments fits into a socket's buffer: it need not wait until we read it.
SIZE = 200
KNOWN = f"""
SELECT c.id FROM commitments_commitment c CROSS JOIN {versions.KNOWN_BY.format(plan="%(plan)s")}
WHERE c.plan_id = %(plan)s AND {versions.is_known("commitment", "c.id")} ORDER BY c.id
"""


def list_ids(plan: Plan) -> list[int]:
    return list(Commitment.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True))


def list_known_ids(plan: Plan, at: datetime) -> list[int]:
    """Return the ids of commitments that had been added to the plan by the instant."""
    return [
        commitment for (commitment,) in fetch_rows(KNOWN, {"plan": plan.pk, "known_at": at}, prepare=True)
    ]


def batches(commitments: Sequence[int], size: int = SIZE) -> Iterator[Sequence[int]]:
    return (commitments[start : start + size] for start in range(0, len(commitments), size))
