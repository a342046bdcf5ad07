"""Triggers that keep the ledger append-only and mark roll-ups stale.

An import, an admin save, the API and plain SQL must all obey them, so the rules stand in the database.
"""

from collections.abc import Sequence

import pgtrigger
from pgtrigger import Delete, Insert, Statement, Truncate, Update

# First half of the advisory lock on a plan's periods: writers share it, a person closing the periods holds
# it alone.
PERIODS = 7201
# Advisory lock for removing an administrator: of two at once, the second sees the result of the first.
ADMINISTRATORS = 7202
# Each selects (commitment, target, month) of the rows; target and month only if the ledger itself changed.
OF_COMMITMENT = "SELECT id, NULL::bigint, NULL::date FROM {rows}"
OF_PART = "SELECT commitment_id, NULL::bigint, NULL::date FROM {rows}"
# A deleted commitment is represented by another one of its plan: recomputing that recounts the plan.
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
# A narrative adds to no month.
OF_ENTRY = (
    "SELECT r.commitment_id, CASE WHEN r.value IS NOT NULL THEN r.target_id END,"
    " CASE WHEN r.value IS NOT NULL THEN date_trunc('month', r.effective_on::timestamp)::date END FROM {rows} r"
)
# A stage's entries add its weight, so a changed weight changes their months.
OF_MILESTONE = (
    f"{OF_TARGET_PART} UNION SELECT t.commitment_id, e.target_id, date_trunc('month', e.effective_on::timestamp)::date"
    " FROM {rows} r JOIN commitments_progressentry e ON e.milestone_id = r.id"
    " JOIN commitments_target t ON t.id = e.target_id"
)
OF_ENTRY_PART = (
    "SELECT e.commitment_id, NULL::bigint, NULL::date FROM {rows} r"
    " JOIN commitments_progressentry e ON e.id = r.entry_id"
)

# django-pgtrigger lets a session switch its triggers off by a setting. These triggers first reset that
# setting.
ALWAYS = [("_armed", "TEXT := set_config('pgtrigger.ignore', '{}', true)")]

ON_ANY_CHANGE: tuple[pgtrigger.Operation, ...] = (Insert, Update, Delete)
ON_INSERT_OR_UPDATE: tuple[pgtrigger.Operation, ...] = (Insert, Update)


def append_only(*, mutable: Sequence[str] = ()) -> list[pgtrigger.Trigger]:
    """Build triggers that allow new rows but refuse to change, delete or truncate them.

    Only the `mutable` columns may be set later.
    """
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
    """Build a trigger that keeps a row with its parent."""
    # A moved row would leave behind verdicts that rest on it.
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
    """Build a check of our own before the operation."""
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
    """Build a trigger that refuses a line about a locked day, by a constraint's name and the last locked
    day.

    `entry` selects, for a new line, the `commitment_id`, `effective_on` and `corrects_id` of its entry.
    """
    # A lock waits for running writers, and later writers wait for it (`actions.period_locks.lock`). The
    # trigger runs before the line is in any index, where the locking transaction could come to wait for its
    # writer.
    return refuse(
        "period_is_open",
        Insert,
        # Only corrections look into the ledger: a plan made while the ledger was empty would read it from
        # end to end.
        "SELECT c.plan_id, CASE WHEN r.corrects_id IS NULL THEN r.effective_on ELSE least(r.effective_on,"
        " (SELECT e.effective_on FROM commitments_progressentry e WHERE e.id = r.corrects_id)) END"
        f" INTO of_plan, first_day FROM ({entry}) r"
        " JOIN commitments_commitment c ON c.id = r.commitment_id;"
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
    """Build the trigger that lets the first published plan of a place and year count for the place.

    The mark stays until another plan takes it over.
    """
    # Two plans published at the same moment wait for each other at the row of their place.
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


def next_published_counts() -> pgtrigger.Trigger:
    """Let the plan that was published next count for a place and year that the counting one has left."""
    return pgtrigger.Trigger(
        name="next_published_counts",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("jurisdiction_id", "year") | Delete,
        condition=pgtrigger.Condition("(OLD.counts_for_place)"),
        declare=ALWAYS,
        func=(
            # One that is being published there meanwhile waits, or is waited for.
            "PERFORM FROM commitments_jurisdiction j WHERE j.id = OLD.jurisdiction_id FOR NO KEY UPDATE;"
            " UPDATE commitments_plan SET counts_for_place = true WHERE id = (SELECT p.id FROM commitments_plan p"
            " WHERE p.jurisdiction_id = OLD.jurisdiction_id AND p.year = OLD.year AND p.published_at IS NOT NULL"
            " ORDER BY p.published_at, p.id LIMIT 1) AND NOT EXISTS (SELECT FROM commitments_plan p"
            " WHERE p.jurisdiction_id = OLD.jurisdiction_id AND p.year = OLD.year AND p.counts_for_place);"
            " RETURN NULL;"
        ),
    )


def last_administrator_stays() -> pgtrigger.Trigger:
    """Refuse to demote, deactivate or delete the last administrator, since only administrators add accounts."""
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
    """Set a plan's counts to 0 when it lost its last commitment."""
    # No commitment is left to be marked stale, so the counts fall at once.
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
    """Build triggers that write one stale mark per commitment (and month of a target) after each statement.

    The marks cover the old and the new rows.
    """
    # Marks are inserted, never upserted: a writer must not wait for another writer of the same commitment.
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
