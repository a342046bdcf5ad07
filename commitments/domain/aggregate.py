"""The status of a commitment, from the verdicts on its targets."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from .enums import DutyState, Freshness, Reason, Status
from .owed import NOTHING_DUE, ReportDuty, worst_duty

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
UNKNOWN = Decimal("Infinity")


class TargetVerdict(NamedTuple):
    """One target's verdict; `gap` is in percentage points, or None if there is no way to go."""

    target: int
    headline: bool
    status: Status
    reason: Reason
    duty: ReportDuty
    gap: Decimal | None


class CommitmentVerdict(NamedTuple):
    """One commitment's verdict.

    `duty` is the worst of its targets' or, without targets, its own. `decided_by` is the id of the deciding target.
    """

    status: Status
    reason: Reason
    duty: ReportDuty
    decided_by: int | None

    @property
    def freshness(self) -> Freshness | None:
        """Return the freshness; None where no report is ever owed."""
        is_silent = self.decided_by is None and self.duty.state == DutyState.NOT_DUE
        return None if is_silent else self.duty.freshness


def commitment_verdict(
    targets: Iterable[TargetVerdict], *, dropped: bool, words: ReportDuty = NOTHING_DUE
) -> CommitmentVerdict:
    """Return the verdict of the worst headline target; among equals, of the one furthest behind.

    Dropped and unmeasurable commitments come first. `words` is the duty to report of a commitment without targets.
    """
    if dropped:
        return CommitmentVerdict(Status.DROPPED, Reason.DROPPED, NOTHING_DUE, None)
    judged = list(targets)
    duty = worst_duty([target.duty for target in judged]) if judged else words
    headline = [target for target in judged if target.headline]
    if not headline:
        return CommitmentVerdict(Status.NOT_RATED, Reason.NOTHING_MEASURABLE, duty, None)
    worst = min(headline, key=lambda target: (*rank(target.status, target.gap), target.target))
    return CommitmentVerdict(worst.status, worst.reason, duty, worst.target)


def rank(status: Status, gap: Decimal | None) -> tuple[int, Decimal]:
    """Return a sort key: worst status first, then the largest gap behind, unknown gaps last."""
    return RANKS[status], UNKNOWN if gap is None else gap
