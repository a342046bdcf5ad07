"""Verdicts by column, as the models hold them: what is shown of a past day, and what the audit compares."""

from typing import Any

from .assess import AssessedCommitment, AssessedTarget
from .columns import COMMITMENT_COLUMNS, TARGET_COLUMNS, of_commitment, of_target

Fields = dict[str, Any]


def target_fields(target: AssessedTarget) -> Fields:
    return {
        **dict(zip(TARGET_COLUMNS, of_target(target), strict=True)),
        "flags": [flag.value for flag in target.assessment.flags],
        "newest_entries": [reading.entry for reading in target.case.standing.latest],
    }


def commitment_fields(commitment: AssessedCommitment) -> Fields:
    return dict(zip(COMMITMENT_COLUMNS, of_commitment(commitment), strict=True))
