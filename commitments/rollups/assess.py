"""The judgement of commitments on a day: cases are read and handed to the domain; no verdict is stored."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ..domain.aggregate import CommitmentVerdict, TargetVerdict, commitment_verdict
from ..domain.assessment import Assessment, assess
from ..domain.confidence import disagreement
from ..domain.owed import NOTHING_DUE, words_duty
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
    targets = tuple([_assess_target(case, target, on) for target in case.targets])
    in_words = case.owes_reports and not targets
    words = words_duty(case.context.calendar, on, case.facts) if in_words else NOTHING_DUE
    verdict = commitment_verdict(map(_verdict, targets), dropped=case.dropped, words=words)
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
        facts=target.facts,
        owes_reports=case.owes_reports,
    )
    return AssessedTarget(target, assessment, case.context.rules.version)


def _verdict(target: AssessedTarget) -> TargetVerdict:
    found = target.assessment
    return TargetVerdict(
        target.case.id, target.case.headline, found.status, found.reason, found.duty, found.gap
    )


def with_duties(
    found: Iterable[AssessedCommitment], then: Iterable[AssessedCommitment]
) -> list[AssessedCommitment]:
    """Return verdicts with the duties to report of other verdicts; what is missing there owed nothing."""
    by_id = {each.case.id: each for each in then}
    return [_with_duty(each, by_id.get(each.case.id)) for each in found]


def _with_duty(found: AssessedCommitment, then: AssessedCommitment | None) -> AssessedCommitment:
    duties = {each.case.id: each.assessment.duty for each in then.targets} if then else {}
    targets = tuple(
        target._replace(assessment=target.assessment._replace(duty=duties.get(target.case.id, NOTHING_DUE)))
        for target in found.targets
    )
    verdict = found.verdict._replace(duty=then.verdict.duty if then else NOTHING_DUE)
    return found._replace(verdict=verdict, targets=targets)
