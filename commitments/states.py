"""Commitments and targets in the state of a moment, as plain values: their rows, and the verdicts beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .domain.aggregate import rank
from .domain.enums import Status
from .models import Baseline, Commitment, RuleSet, Target
from .models.lifecycle import LifecycleTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetJudgement:
    """The verdict on a target for the day `assessed_on`, in the words and units of `models.rollups.TargetColumns`."""

    status: str
    reason: str
    rule_set: RuleSet
    freshness: str
    assessed_on: date
    start_value: Decimal
    target_value: Decimal
    due_on: date
    target_high: Decimal | None = None
    within: bool = False
    actual: Decimal | None = None
    planned: Decimal | None = None
    progress: Decimal | None = None
    gap: Decimal | None = None
    report_state: str | None = None
    report_since: date | None = None
    report_due_on: date | None = None
    latest_on: date | None = None
    first_met_on: date | None = None
    standing_since: date | None = None
    lowered_on: date | None = None
    worst: Decimal | None = None
    overdue_since: date | None = None
    forecast: Decimal | None = None
    forecast_low: Decimal | None = None
    forecast_high: Decimal | None = None
    pace: Decimal | None = None
    required_pace: Decimal | None = None
    flags: Sequence[str] = ()
    newest_entries: Sequence[int] = ()
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentJudgement:
    """The verdict on a commitment for the day `assessed_on`; `assessed_at` is None where it is not stored."""

    status: str
    reason: str
    assessed_on: date
    freshness: str | None = None
    report_state: str | None = None
    report_since: date | None = None
    report_due_on: date | None = None
    decided_by_id: int | None = None
    owner_confidence: str | None = None
    supervision_confidence: str | None = None
    confidence_gap: int | None = None
    assessed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target in its words of the moment, and its verdict: None where there is none yet."""

    target: Target
    baseline: Baseline | None
    verdict: TargetJudgement | None


@dataclass(frozen=True, slots=True)
class CommitmentState:
    """A commitment as it is called now, its newest decision, its verdict and its targets."""

    commitment: Commitment
    lifecycle: LifecycleTerms
    verdict: CommitmentJudgement | None
    targets: tuple[TargetState, ...]

    @property
    def status(self) -> str:
        """Return the word of the status, empty where there is no verdict."""
        return self.verdict.status if self.verdict else ""

    @property
    def decider(self) -> TargetState | None:
        """Return the target that decided the status, if it is still there."""
        decided_by = self.verdict.decided_by_id if self.verdict else None
        return next((state for state in self.targets if state.target.pk == decided_by), None)

    @property
    def rank(self) -> tuple[int, Decimal]:
        """Return the key that sorts judged commitments, the worst off first."""
        verdict = self.decider.verdict if self.decider else None
        return rank(Status(self.status), verdict.gap if verdict else None)
