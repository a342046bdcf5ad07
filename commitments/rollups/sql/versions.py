"""SQL for the version of a plan, target or part that was known at an instant: the newest such version in its history.

A version is known from the newest instant that the service stored with it or with a version before it
(`change_log.editing`). An edit past the service stores no instant: it is known together with the version that it
changed. Without any instant, it is known always. So are the versions of the first load, since the plan had been
published before.

A statement that uses any of these has `KNOWN_BY` in its FROM.
"""

from ...change_log.editing import AT

TOLD = f"coalesce((h.pgh_context->>'{AT}')::timestamptz, '-infinity')"
# The instant is no earlier than the plan's own first version. `plan` is a query for its id.
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
    """Return the condition that the row had been added; the row still exists."""
    return f"{FIRST_TOLD.format(table=table, row=row)} <= known_by.instant"


def newest(table: str, row: str) -> str:
    """Return a subquery for the version of one row, which still exists."""
    return NEWEST.format(table=table, key="pgh_obj_id", row=row)


def parts(table: str, *, whole: str, row: str) -> str:
    """Return a subquery for the versions of all parts of the row, those deleted since included."""
    return PARTS.format(table=table, key=f"{whole}_id", row=row)
