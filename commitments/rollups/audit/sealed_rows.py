"""The rows that a seal covers, as digests computed by the database over one canonical text of each row.

A row's text is a JSON array of its columns in the order given here. A column taken out, put in or moved would
break every earlier seal; one added to a table later needs a seal of another form.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import DateTimeField, DecimalField, Model

from ...models import (
    DeliveryConfidence,
    Evidence,
    LifecycleDecision,
    ProgressEntry,
    Review,
    TargetRevision,
    Withdrawal,
)
from ..sql.run import column, fetch_rows

OF_COMMITMENT = "{table} r ON r.commitment_id = s.commitment"
OF_TARGET = "commitments_target t ON t.commitment_id = s.commitment JOIN {table} r ON r.target_id = t.id"
OF_ENTRY = "commitments_progressentry e ON e.commitment_id = s.commitment JOIN {table} r ON r.entry_id = e.id"


class SealedTable(NamedTuple):
    """A table of the ledger with its sealed columns; `recorded` is the one with the instant of recording.

    `of_narrative` are the further columns of a row in words, which older seals do not know.
    """

    model: type[Model]
    join: str
    recorded: str
    columns: tuple[str, ...]
    of_narrative: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self.model._meta.db_table  # noqa: SLF001 - Django's own public name for it


# Only columns that never change after a row is recorded.
SEALED = {
    "progressentry": SealedTable(
        ProgressEntry, OF_COMMITMENT, "recorded_at",
        ("id", "target_id", "milestone_id", "effective_on", "value", "denominator", "progress", "problems",
         "next_steps", "corrects_id", "recorded_by_id", "recorded_at", "includes_earlier", "is_sample"),
        ("commitment_id", "no_figure"),
    ),
    "review": SealedTable(
        Review, OF_ENTRY, "reviewed_at",
        ("id", "entry_id", "decision", "reason", "reviewed_by_id", "reviewed_at"),
    ),
    "withdrawal": SealedTable(
        Withdrawal, OF_ENTRY, "withdrawn_at", ("id", "entry_id", "reason", "withdrawn_by_id", "withdrawn_at")
    ),
    "evidence": SealedTable(
        Evidence, OF_ENTRY, "added_at",
        ("id", "entry_id", "title", "url", "file", "sha256", "added_by_id", "added_at"),
    ),
    "targetrevision": SealedTable(
        TargetRevision, OF_TARGET, "revised_at",
        ("id", "target_id", "effective_from", "old_value", "new_value", "old_value_high", "new_value_high",
         "old_tolerance", "new_tolerance", "old_within", "new_within", "old_due_on", "new_due_on", "authority",
         "reason", "revised_by_id", "revised_at"),
    ),
    "deliveryconfidence": SealedTable(
        DeliveryConfidence, OF_COMMITMENT, "stated_at",
        ("id", "commitment_id", "holder", "confidence", "note", "stated_by_id", "stated_at"),
    ),
    "lifecycledecision": SealedTable(
        LifecycleDecision, OF_COMMITMENT, "decided_at",
        ("id", "commitment_id", "lifecycle", "on", "authority", "reason", "decided_by_id", "decided_at"),
    ),
}  # fmt: skip
# Ids by the names of the tables.
Extent = Mapping[str, int]


class RowsDigest(NamedTuple):
    """The number of rows, and one SHA-256 over theirs in the order of their ids."""

    rows: int
    sha256: str


class RowsRead(NamedTuple):
    """A commitment's rows of a table: those covered by its seal, and those that a new one would cover.

    `left_out` is the number of rows that its seal does not cover, though another seal of the plan reaches
    beyond them.
    """

    covered: RowsDigest
    to_cover: RowsDigest
    left_out: int


NO_DIGEST = RowsDigest(0, sha256().hexdigest())
NO_ROWS = RowsRead(NO_DIGEST, NO_DIGEST, 0)
# The text must not depend on settings of the session or on a column's number of places.
TEXTS = {DateTimeField: "{} AT TIME ZONE 'UTC'", DecimalField: "trim_scale({})"}
DIGEST = "encode(sha256(coalesce(string_agg(digest, ''::bytea ORDER BY id) FILTER (WHERE {rows}), ''::bytea)), 'hex')"
ROWS = """
SELECT '{name}', commitment,
    count(*) FILTER (WHERE id <= through), {covered}, count(*), {to_cover},
    count(*) FILTER (WHERE id > through AND id <= %({name}_known)s)
FROM (
    SELECT s.commitment, s.through, r.id, sha256(convert_to({row}::text, 'UTF8')) AS digest
    FROM unnest(%(commitments)s::bigint[], %({name}_through)s::bigint[]) s (commitment, through) JOIN {rows}
    WHERE r.id <= %({name}_until)s
) one
GROUP BY commitment
"""
NEWEST = "coalesce((SELECT max(id) FROM {table} WHERE {recorded} < %(before)s), 0)"


def find_settled(before: datetime) -> Extent:
    """Return the highest id of each table among the rows recorded before an instant."""
    newest = ", ".join(NEWEST.format(table=table.table, recorded=table.recorded) for table in SEALED.values())
    [row] = fetch_rows(f"SELECT {newest}", {"before": before})
    return dict(zip(SEALED, row, strict=True))


def read_rows(
    through: Mapping[int, Extent], *, known: Extent, until: Extent
) -> dict[int, Mapping[str, RowsRead]]:
    """Read the digests of some commitments with one statement.

    `through` is the extent of each one's seal, `known` the farthest one of any seal, and `until` that of a
    new one.
    """
    given: dict[str, Any] = {"commitments": column(through)}
    for name in SEALED:
        given[f"{name}_through"] = column(extent[name] for extent in through.values())
        given |= {f"{name}_known": known[name], f"{name}_until": until[name]}
    found: dict[int, dict[str, RowsRead]] = {each: dict.fromkeys(SEALED, NO_ROWS) for each in through}
    for name, commitment, rows, digest, all_rows, all_digest, left_out in fetch_rows(STATEMENT, given):
        found[commitment][name] = RowsRead(
            RowsDigest(rows, digest), RowsDigest(all_rows, all_digest), left_out
        )
    return dict(found)


def _statement(name: str, table: SealedTable) -> str:
    return ROWS.format(
        name=name,
        covered=DIGEST.format(rows="id <= through"),
        to_cover=DIGEST.format(rows="true"),
        row=_row_text(table),
        rows=table.join.format(table=table.table),
    )


def _row_text(table: SealedTable) -> str:
    figure = f"json_build_array({_texts(table, table.columns)})"
    if not table.of_narrative:
        return figure
    narrative = f"json_build_array({_texts(table, table.columns + table.of_narrative)})"
    return f"(CASE WHEN r.value IS NULL THEN {narrative} ELSE {figure} END)"


def _texts(table: SealedTable, columns: Iterable[str]) -> str:
    return ", ".join(_text(table, column) for column in columns)


def _text(table: SealedTable, name: str) -> str:
    [field] = [each for each in table.model._meta.concrete_fields if each.column == name]  # noqa: SLF001 - as above
    return TEXTS.get(type(field), "{}").format(f'r."{name}"')


STATEMENT = " UNION ALL ".join(_statement(name, table) for name, table in SEALED.items())
