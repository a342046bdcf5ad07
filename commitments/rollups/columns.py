"""An assessment as the columns of its table, for the current verdict and for a day's snapshot."""

from typing import Any

from .assess import AssessedCommitment, AssessedTarget

# Words of the domain are `varchar`; `text` can hold any characters, so it is quoted when it is sent.
TARGET_COLUMNS = {
    "target_id": "bigint",
    "actual": "numeric",
    "planned": "numeric",
    "start_value": "numeric",
    "target_value": "numeric",
    "target_high": "numeric",
    "within": "boolean",
    "due_on": "date",
    "progress": "numeric",
    "gap": "numeric",
    "status": "varchar",
    "reason": "varchar",
    "rule_set": "text",
    "freshness": "varchar",
    "report_state": "varchar",
    "report_since": "date",
    "report_due_on": "date",
    "latest_on": "date",
    "first_met_on": "date",
    "standing_since": "date",
    "lowered_on": "date",
    "worst": "numeric",
    "overdue_since": "date",
    "forecast": "numeric",
    "forecast_low": "numeric",
    "forecast_high": "numeric",
    "pace": "numeric",
    "required_pace": "numeric",
    "flags": "text[]",
    "newest_entries": "bigint[]",
    "is_sample": "boolean",
}
COMMITMENT_COLUMNS = {
    "commitment_id": "bigint",
    "status": "varchar",
    "reason": "varchar",
    "freshness": "varchar",
    "report_state": "varchar",
    "report_since": "date",
    "report_due_on": "date",
    "decided_by_id": "bigint",
    "owner_confidence": "varchar",
    "supervision_confidence": "varchar",
    "confidence_gap": "smallint",
}
NO_FORECAST = (None, None, None, None)


def of_target(target: AssessedTarget) -> tuple[Any, ...]:
    """Return the values in the order of TARGET_COLUMNS; an array is the text of an array."""
    found, standing, spec = target.assessment, target.case.standing, target.case.spec
    return (
        target.case.id,
        found.actual,
        found.planned,
        spec.start_value,
        spec.stated,
        spec.high,
        spec.within,
        spec.due_on,
        found.progress,
        found.gap,
        found.status,
        found.reason,
        target.rule_set,
        found.freshness,
        *found.duty,
        standing.latest_on,
        standing.first_met_on,
        found.standing_since,
        standing.lowered_on,
        found.worst,
        standing.overdue_since,
        *(found.forecast or NO_FORECAST),
        found.required_pace,
        "{" + ",".join(found.flags) + "}",
        "{" + ",".join([str(reading.entry) for reading in standing.latest]) + "}",
        target.case.is_sample,
    )


def of_commitment(commitment: AssessedCommitment) -> tuple[Any, ...]:
    """Return the values in the order of COMMITMENT_COLUMNS."""
    case, verdict = commitment.case, commitment.verdict
    return (
        case.id,
        verdict.status,
        verdict.reason,
        verdict.freshness,
        *verdict.duty,
        verdict.decided_by,
        case.owner,
        case.supervision,
        commitment.confidence_gap,
    )
