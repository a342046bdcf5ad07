"""The status of a commitment, from the verdicts on its targets."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from .enums import Freshness, Reason, Status

# Above commitments there are only counts: unlike units are never averaged.
# From worst to best; a commitment is as good as its worst headline target. The last two stand aside.
WORST_FIRST = (
    Status.NOT_ACHIEVED,
    Status.OFF_TRACK,
    Status.NO_DATA,
    Status.AT_RISK,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED_LATE,
    Status.ACHIEVED,
    Status.NOT_RATED,
    Status.DROPPED,
)
RANKS = {status: rank for rank, status in enumerate(WORST_FIRST)}
LATENESS = (Freshness.LATE, Freshness.DUE, Freshness.CURRENT)
UNKNOWN = Decimal("Infinity")


class TargetVerdict(NamedTuple):
    """One target's verdict; `gap` is in percentage points, or None if there is no way to go."""

    target: int
    headline: bool
    status: Status
    reason: Reason
    freshness: Freshness
    gap: Decimal | None


class CommitmentVerdict(NamedTuple):
    """One commitment's verdict.

    `freshness` is None if no report is owed. `decided_by` is the id of the deciding target.
    """

    status: Status
    reason: Reason
    freshness: Freshness | None
    decided_by: int | None


def commitment_verdict(targets: Iterable[TargetVerdict], *, dropped: bool) -> CommitmentVerdict:
    """Return the verdict of the worst headline target; among equals, of the one furthest behind.

    Dropped and unmeasurable commitments come first.
    """
    if dropped:
        return CommitmentVerdict(Status.DROPPED, Reason.DROPPED, None, None)
    headline = [target for target in targets if target.headline]
    if not headline:
        return CommitmentVerdict(Status.NOT_RATED, Reason.NOTHING_MEASURABLE, None, None)
    worst = min(headline, key=lambda target: (*rank(target.status, target.gap), target.target))
    return CommitmentVerdict(worst.status, worst.reason, _latest(headline), worst.target)


def rank(status: Status, gap: Decimal | None) -> tuple[int, Decimal]:
    """Return a sort key: worst status first, then the largest gap behind, unknown gaps last."""
    return RANKS[status], UNKNOWN if gap is None else gap


def _latest(targets: Sequence[TargetVerdict]) -> Freshness:
    return min((target.freshness for target in targets), key=LATENESS.index)
