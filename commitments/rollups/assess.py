"""The judgement of commitments on a day: cases are read and handed to the domain; no verdict is stored."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from ..domain.aggregate import CommitmentVerdict, TargetVerdict, commitment_verdict
from ..domain.assessment import Assessment, assess
from ..domain.confidence import disagreement
from . import cases
from .cases import CommitmentCase, TargetCase


class AssessedTarget(NamedTuple):
    case: TargetCase
    assessment: Assessment
    rule_set: str


class AssessedCommitment(NamedTuple):
    case: CommitmentCase
    verdict: CommitmentVerdict
    confidence_gap: int | None
    targets: tuple[AssessedTarget, ...]


def assess_commitments(
    commitments: Sequence[int],
    *,
    on: date,
    known_at: datetime | None = None,
    stated_by: datetime | None = None,
) -> list[AssessedCommitment]:
    """Return the verdicts on commitments of one plan on a day of its calendar, as known now or at `known_at`.

    Only confidence stated by `stated_by` stands beside them.
    """
    return [assess_case(case, on) for case in cases.read(commitments, on, known_at, stated_by)]


def assess_case(case: CommitmentCase, on: date) -> AssessedCommitment:
    """Return the verdict on the known facts of a commitment, on a day of its plan's calendar."""
    targets = tuple(_assess_target(case, target, on) for target in case.targets)
    verdict = commitment_verdict(map(_verdict, targets), dropped=case.dropped)
    gap = disagreement(case.owner, case.supervision, verdict.status)
    return AssessedCommitment(case, verdict, gap, targets)


def _assess_target(case: CommitmentCase, target: TargetCase, on: date) -> AssessedTarget:
    assessment = assess(
        target.spec,
        target.standing,
        on=on,
        rules=case.context.rules,
        calendar=case.context.calendar_of(target.spec.kind),
        dropped=case.dropped,
    )
    return AssessedTarget(target, assessment, case.context.rules.version)


def _verdict(target: AssessedTarget) -> TargetVerdict:
    found = target.assessment
    return TargetVerdict(
        target.case.id, target.case.headline, found.status, found.reason, found.freshness, found.gap
    )
