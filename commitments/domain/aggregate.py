"""From targets to commitments. Above commitments only counts: unlike units are never averaged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .words import Freshness, Reason, Status

# From worst to best; a commitment is as good as its worst headline target.
SEVERITY = (
    Status.NOT_ACHIEVED,
    Status.OFF_TRACK,
    Status.NO_DATA,
    Status.AT_RISK,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED_LATE,
    Status.ACHIEVED,
)
LATENESS = (Freshness.LATE, Freshness.DUE, Freshness.CURRENT)


@dataclass(frozen=True)
class TargetVerdict:
    headline: bool
    status: Status
    reason: Reason
    freshness: Freshness


@dataclass(frozen=True)
class CommitmentVerdict:
    """`freshness` is None where nothing is to be reported."""

    status: Status
    reason: Reason
    freshness: Freshness | None


def commitment_verdict(targets: Iterable[TargetVerdict], *, dropped: bool) -> CommitmentVerdict:
    """The worst headline target decides; dropped and unmeasurable commitments come first."""
    if dropped:
        return CommitmentVerdict(Status.DROPPED, Reason.DROPPED, None)
    headline = [target for target in targets if target.headline]
    if not headline:
        return CommitmentVerdict(Status.NOT_RATED, Reason.NOTHING_MEASURABLE, None)
    worst = min(headline, key=lambda target: SEVERITY.index(target.status))
    return CommitmentVerdict(worst.status, worst.reason, _latest(headline))


def _latest(targets: Sequence[TargetVerdict]) -> Freshness:
    return min((target.freshness for target in targets), key=LATENESS.index)
