"""Writes assessments: one statement for any number of commitments and their targets."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from .assess import AssessedCommitment, AssessedTarget
from .sql import rows

TARGET_COLUMNS = {
    "target_id": "bigint",
    "actual": "numeric",
    "planned": "numeric",
    "target_value": "numeric",
    "due_on": "date",
    "progress": "numeric",
    "gap": "numeric",
    "status": "text",
    "reason": "text",
    "rule_set": "text",
    "freshness": "text",
    "latest_on": "date",
    "first_met_on": "date",
    "newest_entry": "bigint",
    "is_sample": "boolean",
}
COMMITMENT_COLUMNS = {"commitment_id": "bigint", "status": "text", "reason": "text", "freshness": "text"}


class Tables(NamedTuple):
    """Where verdicts go: `key` is what a row is unique by besides the target or commitment."""

    targets: str
    commitments: str
    day: str
    key: str


CURRENT = Tables("commitments_targetrollup", "commitments_commitmentrollup", "assessed_on", "")
DAILY = Tables("commitments_targetsnapshot", "commitments_commitmentsnapshot", '"on"', ', "on"')


def store(assessed: Sequence[AssessedCommitment], *, on: date, tables: Tables) -> None:
    """Inserts or replaces the verdicts of the day."""
    targets = [target for commitment in assessed for target in commitment.targets]
    rows(
        f"WITH targets AS ({_upsert(tables.targets, TARGET_COLUMNS, 't', tables)}) "
        f"{_upsert(tables.commitments, COMMITMENT_COLUMNS, 'c', tables)}",
        {
            "on": on,
            **_arrays("t", TARGET_COLUMNS, [_target_row(target) for target in targets]),
            **_arrays("c", COMMITMENT_COLUMNS, [_commitment_row(commitment) for commitment in assessed]),
        },
    )


def _upsert(table: str, columns: dict[str, str], prefix: str, tables: Tables) -> str:
    key, *values = columns
    arrays = ", ".join(f"%({prefix}_{name})s::{kind}[]" for name, kind in columns.items())
    changes = [f"{name} = excluded.{name}" for name in (*values, tables.day)]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}, {tables.day}) "
        f"SELECT s.*, %(on)s::date FROM unnest({arrays}) AS s "
        f"ON CONFLICT ({key}{tables.key}) DO UPDATE SET {', '.join(changes)}"
        + (", assessed_at = DEFAULT" if tables is CURRENT else "")
    )


def _arrays(prefix: str, columns: dict[str, str], table: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """The table turned on its side: one array a column."""
    return {f"{prefix}_{name}": [row[index] for row in table] for index, name in enumerate(columns)}


def _target_row(target: AssessedTarget) -> tuple[Any, ...]:
    """In the order of TARGET_COLUMNS."""
    assessment, standing, spec = target.assessment, target.found.standing, target.case.spec
    return (
        target.case.id,
        assessment.actual,
        assessment.planned,
        spec.value,
        spec.due_on,
        assessment.progress,
        assessment.gap,
        assessment.status.value,
        assessment.reason.value,
        target.rule_set,
        assessment.freshness.value,
        standing.latest_on,
        standing.first_met_on,
        target.found.newest_entry,
        target.found.is_sample,
    )


def _commitment_row(commitment: AssessedCommitment) -> tuple[Any, ...]:
    """In the order of COMMITMENT_COLUMNS."""
    verdict = commitment.verdict
    return (
        commitment.id,
        verdict.status.value,
        verdict.reason.value,
        None if verdict.freshness is None else verdict.freshness.value,
    )
