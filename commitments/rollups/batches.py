"""A plan's commitments in batches: however large the plan, no more of it is held in memory at once."""

from collections.abc import Iterator, Sequence

from ..models import Commitment, Plan

# What the server answers for so many fits into a socket's buffer: it need not wait until we read it.
SIZE = 200


def all_of(plan: Plan) -> list[int]:
    return list(Commitment.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True))


def batches(commitments: Sequence[int], size: int = SIZE) -> Iterator[Sequence[int]]:
    return (commitments[start : start + size] for start in range(0, len(commitments), size))
