"""What the database itself does: it keeps the ledger append-only and marks what a write made stale.

Triggers, because an import, an admin save, the API and plain SQL must all obey them.
"""

from collections.abc import Sequence

import pgtrigger
from pgtrigger import Delete, Insert, Statement, Truncate, Update

OF_COMMITMENT = "SELECT id FROM {rows}"
OF_PLAN = "SELECT c.id FROM commitments_commitment c JOIN {rows} r ON r.id = c.plan_id"
OF_TARGET = "SELECT commitment_id FROM {rows}"
OF_TARGET_PART = (
    "SELECT t.commitment_id FROM commitments_target t WHERE t.id IN (SELECT target_id FROM {rows})"
)


def append_only(*, mutable: Sequence[str] = ()) -> list[pgtrigger.Trigger]:
    """Rows may be added; facts may not be changed, deleted or truncated. `mutable` columns may be set."""
    no_update = (
        pgtrigger.ReadOnly(name="facts_stay", exclude=list(mutable))
        if mutable
        else pgtrigger.Protect(name="facts_stay", operation=Update)
    )
    return [
        no_update,
        pgtrigger.Protect(name="no_delete", operation=Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            level=Statement,
            when=pgtrigger.Before,
            operation=Truncate,
            func="RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;",
        ),
    ]


def marks_stale(commitments: str, *, on: Sequence[pgtrigger.Operation]) -> list[pgtrigger.Trigger]:
    """After each statement, one stale mark per commitment that it touched.

    Marks are inserted, never upserted: a writer must not wait for another writer of the same commitment.
    """
    return [_mark(commitments, operation) for operation in on]


def _mark(commitments: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    rows = "old_values" if operation == Delete else "new_values"
    referencing = pgtrigger.Referencing(old=rows) if operation == Delete else pgtrigger.Referencing(new=rows)
    selected = commitments.format(rows=rows)
    return pgtrigger.Trigger(
        name=f"mark_on_{str(operation).lower()}",
        level=Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=(
            "INSERT INTO commitments_stalemark (commitment_id, marked_at) "
            f"SELECT DISTINCT s.commitment_id, clock_timestamp() FROM ({selected}) s (commitment_id); RETURN NULL;"
        ),
    )


ON_ANY_CHANGE: tuple[pgtrigger.Operation, ...] = (Insert, Update, Delete)
ON_INSERT_OR_UPDATE: tuple[pgtrigger.Operation, ...] = (Insert, Update)
