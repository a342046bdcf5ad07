"""What a plan, its targets and their parts were as known at an instant, as SQL: the newest versions in their histories.

An edit is known from the instant that the service told (`commitments.edits`); one past the service told none and
counts as always known. What a plan was loaded with counts so too: it had been published before.

A statement that uses any of these starts with `WITH {defined}`.
"""

from ..edits import AT

TOLD = f"coalesce((h.pgh_context->>'{AT}')::timestamptz, '-infinity')"
# From no earlier than the plan's own first version on. `plan` is a query for its id.
DEFINED = f"""defined AS MATERIALIZED (
    SELECT greatest(%(known_at)s, (
        SELECT {TOLD} FROM commitments_planedit h WHERE h.pgh_obj_id = ({{plan}}) ORDER BY h.pgh_id LIMIT 1)) AS at
)"""
KNOWN = f"{TOLD} <= (SELECT at FROM defined)"
NEWEST = f"""(
    SELECT h.* FROM commitments_{{table}}edit h WHERE h.pgh_obj_id = {{row}} AND {KNOWN} ORDER BY h.pgh_id DESC LIMIT 1
)"""
PARTS = f"""(
    SELECT * FROM (SELECT DISTINCT ON (h.pgh_obj_id) h.* FROM commitments_{{table}}edit h
                   WHERE h.{{whole}}_id = {{row}} AND {KNOWN} ORDER BY h.pgh_obj_id, h.pgh_id DESC) newest
    WHERE newest.pgh_label <> 'delete'
)"""


def newest(table: str, row: str) -> str:
    """A subquery for the version of one row, which is still there."""
    return NEWEST.format(table=table, row=row)


def parts(table: str, *, whole: str, row: str) -> str:
    """A subquery for the versions of all that the row consisted of, those deleted since included."""
    return PARTS.format(table=table, whole=whole, row=row)
