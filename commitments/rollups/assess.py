"""Judges commitments on a day: reads, hands plain values to the domain, stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..domain.aggregate import CommitmentVerdict, TargetVerdict, commitment_verdict
from ..domain.assessment import Assessment, assess
from . import cases, standings
from .cases import CommitmentCase, TargetCase
from .standings import Found


@dataclass(frozen=True)
class AssessedTarget:
    case: TargetCase
    found: Found
    assessment: Assessment
    rule_set: str


@dataclass(frozen=True)
class AssessedCommitment:
    id: int
    verdict: CommitmentVerdict
    targets: tuple[AssessedTarget, ...]


def assess_commitments(
    plan: int, commitments: Sequence[int], *, on: date, known_at: datetime | None = None
) -> list[AssessedCommitment]:
    """The verdicts on a plan's commitments on a day of its calendar, as known now or at `known_at`."""
    found_cases = cases.read(plan, commitments, on)
    found = standings.read((target for case in found_cases for target in case.targets), on, known_at)
    return [_assess(case, found, on) for case in found_cases]


def _assess(case: CommitmentCase, found: dict[int, Found], on: date) -> AssessedCommitment:
    targets = tuple(_assess_target(case, target, found[target.id], on) for target in case.targets)
    verdicts = (
        TargetVerdict(t.case.headline, t.assessment.status, t.assessment.reason, t.assessment.freshness)
        for t in targets
    )
    return AssessedCommitment(case.id, commitment_verdict(verdicts, dropped=case.dropped), targets)


def _assess_target(case: CommitmentCase, target: TargetCase, found: Found, on: date) -> AssessedTarget:
    assessment = assess(
        target.spec, found.standing, on=on, rules=case.rules, calendar=case.calendar, dropped=case.dropped
    )
    return AssessedTarget(target, found, assessment, case.rules.version)
