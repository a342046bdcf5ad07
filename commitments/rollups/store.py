"""Writing of assessments: one statement for any number of commitments and their targets."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from .assess import AssessedCommitment
from .columns import COMMITMENT_COLUMNS, TARGET_COLUMNS, of_commitment, of_target
from .sql.run import FEW, column, nested_column, send, text_column


class VerdictTables(NamedTuple):
    """The tables for verdicts; a row is unique by `key` and the target or commitment."""

    targets: str
    commitments: str
    day: str
    key: str


CURRENT = VerdictTables("commitments_targetrollup", "commitments_commitmentrollup", "assessed_on", "")
DAILY = VerdictTables("commitments_targetsnapshot", "commitments_commitmentsnapshot", '"on"', ', "on"')


def _upsert(table: str, columns: dict[str, str], prefix: str, tables: VerdictTables) -> str:
    key, *values = columns
    # A column of arrays is sent as a column of their texts.
    sent = {name: "text" if kind.endswith("[]") else kind for name, kind in columns.items()}
    arrays = ", ".join(f"%({prefix}{number})s::{kind}[]" for number, kind in enumerate(sent.values()))
    picked = ", ".join(name if kind == sent[name] else f"{name}::{kind}" for name, kind in columns.items())
    changes = [f"{name} = excluded.{name}" for name in (*values, tables.day)]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}, {tables.day}) "
        f"SELECT {picked}, %(on)s::date FROM unnest({arrays}) AS s ({', '.join(columns)}) "
        f"ON CONFLICT ({key}{tables.key}) DO UPDATE SET {', '.join(changes)}"
        + (", assessed_at = DEFAULT" if tables is CURRENT else "")
    )


# Short enough for psycopg to know again, as `sql.cases.READ_NOW`.
STATEMENTS = {
    tables: f"WITH targets AS ({_upsert(tables.targets, TARGET_COLUMNS, 't', tables)}) "
    f"{_upsert(tables.commitments, COMMITMENT_COLUMNS, 'c', tables)}"
    for tables in (CURRENT, DAILY)
}


ENCODERS: dict[str, Callable[[Iterable[Any]], str]] = {
    "text": text_column,
    "text[]": nested_column,
    "bigint[]": nested_column,
}


def store(assessed: Sequence[AssessedCommitment], *, on: date, tables: VerdictTables) -> None:
    """Insert or replace the verdicts of the day."""
    targets = [of_target(target) for commitment in assessed for target in commitment.targets]
    send(
        STATEMENTS[tables],
        {
            "on": on,
            **_arrays("t", TARGET_COLUMNS, targets),
            **_arrays("c", COMMITMENT_COLUMNS, [of_commitment(commitment) for commitment in assessed]),
        },
        prepare=len(assessed) <= FEW,
    )


def _arrays(prefix: str, columns: dict[str, str], table: list[tuple[Any, ...]]) -> dict[str, str]:
    """Transpose the table into one array for each column, by its number."""
    turned = zip(*table, strict=True) if table else ((),) * len(columns)
    return {
        f"{prefix}{number}": ENCODERS.get(kind, column)(values)
        for number, (kind, values) in enumerate(zip(columns.values(), turned, strict=True))
    }
