"""What the database itself does: it keeps the ledger append-only and marks what a write made stale.

Triggers, because an import, an admin save, the API and plain SQL must all obey them.
"""

from collections.abc import Sequence

import pgtrigger
from pgtrigger import Delete, Insert, Statement, Truncate, Update

# The first half of the advisory locks that writers of a plan share and who closes its periods has alone.
PERIODS = 7201
# The advisory lock of whoever takes an administrator away: of two at once, the second sees what the first has done.
ADMINISTRATORS = 7202
# Each names (commitment, target, month) of the rows; target and month only where the ledger itself changed.
OF_COMMITMENT = "SELECT id, NULL::bigint, NULL::date FROM {rows}"
OF_PART = "SELECT commitment_id, NULL::bigint, NULL::date FROM {rows}"
# A deleted commitment is named by another one of its plan, whose recomputation recounts the plan.
OF_SIBLING = (
    "SELECT (SELECT min(c.id) FROM commitments_commitment c WHERE c.plan_id = r.plan_id),"
    " NULL::bigint, NULL::date FROM {rows} r"
    " WHERE EXISTS (SELECT FROM commitments_commitment c WHERE c.plan_id = r.plan_id)"
)
OF_PLAN = (
    "SELECT c.id, NULL::bigint, NULL::date FROM commitments_commitment c JOIN {rows} r ON r.id = c.plan_id"
)
OF_PLAN_PART = (
    "SELECT c.id, NULL::bigint, NULL::date"
    " FROM commitments_commitment c JOIN {rows} r ON r.plan_id = c.plan_id"
)
OF_TARGET_PART = (
    "SELECT t.commitment_id, NULL::bigint, NULL::date FROM commitments_target t"
    " WHERE t.id IN (SELECT target_id FROM {rows})"
)
OF_ENTRY = (
    "SELECT t.commitment_id, r.target_id, date_trunc('month', r.effective_on::timestamp)::date"
    " FROM {rows} r JOIN commitments_target t ON t.id = r.target_id"
)
# A stage's weight is what its entries add.
OF_MILESTONE = (
    f"{OF_TARGET_PART} UNION SELECT t.commitment_id, e.target_id, date_trunc('month', e.effective_on::timestamp)::date"
    " FROM {rows} r JOIN commitments_progressentry e ON e.milestone_id = r.id"
    " JOIN commitments_target t ON t.id = e.target_id"
)
OF_EVIDENCE = (
    "SELECT t.commitment_id, NULL::bigint, NULL::date FROM {rows} r"
    " JOIN commitments_progressentry e ON e.id = r.entry_id JOIN commitments_target t ON t.id = e.target_id"
)

# django-pgtrigger lets a session switch its triggers off by a setting. These first take that setting back.
ALWAYS = [("_armed", "TEXT := set_config('pgtrigger.ignore', '{}', true)")]

ON_ANY_CHANGE: tuple[pgtrigger.Operation, ...] = (Insert, Update, Delete)
ON_INSERT_OR_UPDATE: tuple[pgtrigger.Operation, ...] = (Insert, Update)


def append_only(*, mutable: Sequence[str] = ()) -> list[pgtrigger.Trigger]:
    """Rows may be added; facts may not be changed, deleted or truncated. `mutable` columns may be set."""
    no_update = (
        pgtrigger.ReadOnly(name="facts_stay", exclude=list(mutable), declare=ALWAYS)
        if mutable
        else pgtrigger.Protect(name="facts_stay", operation=Update, declare=ALWAYS)
    )
    return [
        no_update,
        pgtrigger.Protect(name="no_delete", operation=Delete, declare=ALWAYS),
        refuse(
            "no_truncate",
            Truncate,
            "RAISE EXCEPTION '% is append-only: it cannot be truncated', TG_TABLE_NAME;",
            level=Statement,
        ),
    ]


def stays_with(parent: str) -> pgtrigger.Trigger:
    """A row never moves to another parent: what was judged there would be left behind."""
    return pgtrigger.ReadOnly(name=f"stays_with_its_{parent}", fields=[parent], declare=ALWAYS)


def refuse(
    name: str,
    operation: pgtrigger.Operation,
    function: str,
    *,
    condition: str = "",
    level: pgtrigger.Level = pgtrigger.Row,
    declare: Sequence[tuple[str, str]] = (),
) -> pgtrigger.Trigger:
    """A check of our own before the operation."""
    return pgtrigger.Trigger(
        name=name,
        level=level,
        when=pgtrigger.Before,
        operation=operation,
        condition=pgtrigger.Condition(condition) if condition else None,
        declare=[*ALWAYS, *declare],
        func=function,
    )


def refuses_locked_periods(entry: str) -> pgtrigger.Trigger:
    """No line about a day that its plan has locked, told by a constraint's name and the last locked day.

    `entry` selects, of a new line, the `target_id` and `effective_on` of the entry that it speaks of, and what that
    `corrects_id`. Whoever locks waits for those who are writing, and they for him (`actions.period_locks.lock`):
    before the line is in any index, where he could come to wait for them.
    The ledger is looked into for corrections alone: a plan made while it was empty reads it from end to end.
    """
    return refuse(
        "period_is_open",
        Insert,
        "SELECT c.plan_id, CASE WHEN r.corrects_id IS NULL THEN r.effective_on ELSE least(r.effective_on,"
        " (SELECT e.effective_on FROM commitments_progressentry e WHERE e.id = r.corrects_id)) END"
        f" INTO of_plan, first_day FROM ({entry}) r"
        " JOIN commitments_target t ON t.id = r.target_id JOIN commitments_commitment c ON c.id = t.commitment_id;"
        f" PERFORM pg_advisory_xact_lock_shared({PERIODS}, of_plan::int);"
        " SELECT l.through INTO locked_through FROM commitments_periodlock l"
        " WHERE l.plan_id = of_plan ORDER BY l.id DESC LIMIT 1;"
        " IF first_day <= locked_through THEN RAISE EXCEPTION 'the period is locked' USING"
        " ERRCODE = 'check_violation', CONSTRAINT = 'progressentry_period_is_open',"
        " DETAIL = locked_through; END IF; RETURN NEW;",
        declare=[("of_plan", "BIGINT"), ("first_day", "DATE"), ("locked_through", "DATE")],
    )


def stays_published() -> pgtrigger.Trigger:
    """Refuse to change when a plan was published, or to unpublish it."""
    return refuse(
        "published_once",
        Update,
        "RAISE EXCEPTION 'a published plan stays published';",
        condition="(OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)",
    )


def first_published_counts() -> pgtrigger.Trigger:
    """The first published plan of a place and year counts for the place, until another one takes that over.

    Two that are published at the same moment wait for each other at their place.
    """
    return pgtrigger.Trigger(
        name="first_published_counts",
        when=pgtrigger.Before,
        operation=Insert | pgtrigger.UpdateOf("published_at", "jurisdiction_id", "year"),
        condition=pgtrigger.Condition("(NEW.published_at IS NOT NULL)"),
        declare=ALWAYS,
        func=(
            "PERFORM FROM commitments_jurisdiction j WHERE j.id = NEW.jurisdiction_id FOR NO KEY UPDATE;"
            " NEW.counts_for_place := NOT EXISTS (SELECT FROM commitments_plan p"
            " WHERE p.jurisdiction_id = NEW.jurisdiction_id AND p.year = NEW.year"
            " AND p.counts_for_place AND p.id IS DISTINCT FROM NEW.id); RETURN NEW;"
        ),
    )


def last_administrator_stays() -> pgtrigger.Trigger:
    """Refuse that nobody is left who may add accounts: demoted, deactivated or deleted, by whatever way."""
    administers = "{row}.is_active AND {row}.is_staff AND ({row}.role = 'admin' OR {row}.is_superuser)"
    return refuse(
        "last_administrator_stays",
        Update | Delete,
        f"IF NOT ({administers.format(row='OLD')}) THEN RETURN coalesce(NEW, OLD); END IF;"
        f" IF TG_OP = 'UPDATE' THEN IF {administers.format(row='NEW')} THEN RETURN NEW; END IF; END IF;"
        f" PERFORM pg_advisory_xact_lock({ADMINISTRATORS});"
        " IF NOT EXISTS (SELECT FROM commitments_user u WHERE u.id <> OLD.id"
        f" AND {administers.format(row='u')})"
        " THEN RAISE EXCEPTION 'the last administrator stays one' USING"
        " ERRCODE = 'check_violation', CONSTRAINT = 'user_last_administrator_stays'; END IF;"
        " RETURN coalesce(NEW, OLD);",
    )


def counts_nothing_left() -> pgtrigger.Trigger:
    """A plan that lost its last commitment has nobody left to be marked: its counts fall at once."""
    return pgtrigger.Trigger(
        name="count_nothing_left",
        level=Statement,
        when=pgtrigger.After,
        operation=Delete,
        referencing=pgtrigger.Referencing(old="old_values"),
        declare=ALWAYS,
        func=(
            "UPDATE commitments_statuscount s SET commitments = 0"
            " WHERE s.plan_id IN (SELECT plan_id FROM old_values)"
            " AND NOT EXISTS (SELECT FROM commitments_commitment c WHERE c.plan_id = s.plan_id); RETURN NULL;"
        ),
    )


def marks_stale(commitments: str, *, on: Sequence[pgtrigger.Operation]) -> list[pgtrigger.Trigger]:
    """After each statement, one stale mark per commitment (and month of a target) of its rows, old and new.

    Marks are inserted, never upserted: a writer must not wait for another writer of the same commitment.
    """
    return [_mark(commitments, operation) for operation in on]


def _mark(commitments: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    rows = {"old": "old_values", "new": "new_values"}
    if operation in (Insert, Delete):
        rows.pop("old" if operation == Insert else "new")
    touched = " UNION ".join(commitments.format(rows=table) for table in rows.values())
    return pgtrigger.Trigger(
        name=f"mark_on_{str(operation).lower()}",
        level=Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),
        declare=ALWAYS,
        func=(
            "INSERT INTO commitments_stalemark (commitment_id, target, month, marked_at) "
            "SELECT DISTINCT s.commitment_id, s.target, s.month, clock_timestamp()"
            f" FROM ({touched}) s (commitment_id, target, month); RETURN NULL;"
        ),
    )
