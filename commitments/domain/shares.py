"""Shares of a whole that add up to it after rounding."""

from collections.abc import Sequence
from decimal import Decimal


def shares(counts: Sequence[int], places: int) -> list[Decimal]:
    """Return each count's fraction of their sum, rounded so that all add up to 1; zeros for nothing counted.

    The rest that rounding down leaves goes to the largest remainders, to earlier ones among equals.
    """
    total, whole = sum(counts), 10**places
    if not total:
        return [Decimal(0) for _count in counts]
    parts = [divmod(count * whole, total) for count in counts]
    by_remainder = sorted(range(len(parts)), key=lambda index: -parts[index][1])
    raised = set(by_remainder[: whole - sum(part for part, _left in parts)])
    return [Decimal(part + (index in raised)).scaleb(-places) for index, (part, _left) in enumerate(parts)]
