"""The verdicts of a moment by the ids of commitments and targets, from any source."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from ...models import CommitmentRollup, CommitmentSnapshot, Plan, RuleSet, TargetRollup, TargetSnapshot
from ...states import CommitmentJudgement, TargetJudgement
from ..assess import AssessedCommitment, AssessedTarget, assess_commitments, with_duties
from ..batches import list_ids, list_known_ids
from ..columns import COMMITMENT_COLUMNS, TARGET_COLUMNS, of_commitment, of_target
from ..snapshots import end_of


class Verdicts(NamedTuple):
    """The verdicts of one moment; a commitment without one did not exist, or is not judged yet."""

    commitments: Mapping[int, CommitmentJudgement]
    targets: Mapping[int, TargetJudgement]


def _names(judgement: type[Any], *without: str) -> list[str]:
    return [field.name for field in fields(judgement) if field.name not in without]


OF_TARGET = _names(TargetJudgement, "assessed_on")
OF_COMMITMENT = _names(CommitmentJudgement, "assessed_on", "assessed_at")
target_values, commitment_values = attrgetter(*OF_TARGET), attrgetter(*OF_COMMITMENT)


def of_target_row(row: TargetRollup | TargetSnapshot, on: date) -> TargetJudgement:
    """Return the stored verdict on a target; load `rule_set` with the row."""
    return TargetJudgement(**dict(zip(OF_TARGET, target_values(row), strict=True)), assessed_on=on)


def of_commitment_row(
    row: CommitmentRollup | CommitmentSnapshot, on: date, at: datetime | None = None
) -> CommitmentJudgement:
    values = dict(zip(OF_COMMITMENT, commitment_values(row), strict=True))
    return CommitmentJudgement(**values, assessed_on=on, assessed_at=at)


def kept(plan: Plan, on: date) -> Verdicts:
    """Return the commitments' verdicts kept for a day, and those of the targets that decided: 2 queries."""
    rows = CommitmentSnapshot.objects.filter(commitment__plan=plan, on=on)
    deciders = TargetSnapshot.objects.filter(on=on, target__in=rows.values("decided_by"))
    return Verdicts(
        {row.commitment_id: of_commitment_row(row, on) for row in rows},
        {row.target_id: of_target_row(row, on) for row in deciders.select_related("rule_set")},
    )


def judged(plan: Plan, on: date, known_at: datetime | None = None) -> Verdicts:
    """Return the verdicts at the end of a day of the plan's calendar, as known now or at `known_at`.

    They are judged anew from the ledger and never stored. The state of a report is a fact of its day, made from
    what was known at its end or at `known_at`, if earlier.
    """
    day_ends = end_of(on, plan.time_zone)
    by = min(day_ends, known_at) if known_at else day_ends
    there = list_known_ids(plan, known_at) if known_at else list_ids(plan)
    found = assess_commitments(there, on=on, known_at=known_at, stated_by=by)
    if known_at != by:
        found = with_duties(found, assess_commitments(list_known_ids(plan, by), on=on, known_at=by))
    targets = [target for commitment in found for target in commitment.targets]
    versions = {target.rule_set for target in targets}
    rule_sets = RuleSet.objects.in_bulk(versions, field_name="version")
    return Verdicts(
        {commitment.case.id: _of_commitment(commitment, on) for commitment in found},
        {target.case.id: _of_target(target, rule_sets[target.rule_set], on) for target in targets},
    )


def at_end_of(plan: Plan, on: date) -> Verdicts:
    """Return the verdicts at the end of a day as known then: those kept, else judged anew."""
    found = kept(plan, on)
    return found if found.commitments else judged(plan, on, end_of(on, plan.time_zone))


def _of_commitment(commitment: AssessedCommitment, on: date) -> CommitmentJudgement:
    _key, *names = COMMITMENT_COLUMNS
    _id, *values = of_commitment(commitment)
    return CommitmentJudgement(**dict(zip(names, values, strict=True)), assessed_on=on)


def _of_target(target: AssessedTarget, rule_set: RuleSet, on: date) -> TargetJudgement:
    """Return the verdict, with lists instead of the stored texts of arrays."""
    _key, *names = TARGET_COLUMNS
    _id, *values = of_target(target)
    other = {
        "rule_set": rule_set,
        "flags": [flag.value for flag in target.assessment.flags],
        "newest_entries": [reading.entry for reading in target.case.standing.latest],
    }
    return TargetJudgement(**dict(zip(names, values, strict=True)) | other, assessed_on=on)
