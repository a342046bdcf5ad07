"""What a plan, its targets and their parts were as known at an instant, as SQL: the newest versions in their histories.

A version is known from the newest instant that the service told of it or of a version before it (`change_log.editing`).
An edit past the service tells none: it counts as known with the version that it changed, always where that told none
either. So is what a plan was loaded with: it had been published before.

A statement that uses any of these has `KNOWN_BY` in its FROM.
"""

from ...change_log.editing import AT

TOLD = f"coalesce((h.pgh_context->>'{AT}')::timestamptz, '-infinity')"
# No earlier than the plan's own first version. `plan` is a query for its id.
KNOWN_BY = f"""(
    SELECT greatest(%(known_at)s, (
        SELECT {TOLD} FROM commitments_planedit h WHERE h.pgh_obj_id = ({{plan}}) ORDER BY h.pgh_id LIMIT 1)) AS instant
) known_by"""
FIRST_TOLD = f"""(
    SELECT {TOLD} FROM commitments_{{table}}edit h WHERE h.pgh_obj_id = {{row}} ORDER BY h.pgh_id LIMIT 1
)"""
VERSIONS = f"""
    SELECT v.* FROM (
        SELECT h.*, max({TOLD}) OVER (PARTITION BY h.pgh_obj_id ORDER BY h.pgh_id) AS known_from
        FROM commitments_{{table}}edit h WHERE h.{{key}} = {{row}}
    ) v WHERE v.known_from <= known_by.instant"""
NEWEST = f"({VERSIONS} ORDER BY v.pgh_id DESC LIMIT 1)"
PARTS = f"""(
    SELECT * FROM (
        SELECT DISTINCT ON (k.pgh_obj_id) k.* FROM ({VERSIONS}) k ORDER BY k.pgh_obj_id, k.pgh_id DESC
    ) newest WHERE newest.pgh_label <> 'delete'
)"""


def is_known(table: str, row: str) -> str:
    """Whether the row had been added; it is still there."""
    return f"{FIRST_TOLD.format(table=table, row=row)} <= known_by.instant"


def newest(table: str, row: str) -> str:
    """A subquery for the version of one row, which is still there."""
    return NEWEST.format(table=table, key="pgh_obj_id", row=row)


def parts(table: str, *, whole: str, row: str) -> str:
    """A subquery for the versions of all that the row consisted of, those deleted since included."""
    return PARTS.format(table=table, key=f"{whole}_id", row=row)
