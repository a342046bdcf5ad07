"""Ways to run a statement, and to send it whole columns."""

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

FEW = 200


class PreparedCursor(psycopg.Cursor[Any]):
    """Has the server parse and plan a statement once per connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


def rows(statement: str, parameters: Mapping[str, Any], *, prepare: bool = False) -> list[tuple[Any, ...]]:
    """What the statement returns.

    `prepare` pays for statements that are run often for `FEW` rows; for many, the planner should see how many.
    """
    with _cursor(prepare=prepare) as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def run(statement: str, parameters: Mapping[str, Any], *, prepare: bool = False) -> None:
    """Runs a statement that returns nothing; `prepare` as in `rows`."""
    with _cursor(prepare=prepare) as cursor:
        cursor.execute(statement, parameters)


def column(values: Iterable[Any]) -> str:
    """Numbers, days and the like as the text of a PostgreSQL array: far quicker to send than a list of objects."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def text_column(values: Iterable[str | None]) -> str:
    """As `column`, for texts, which may hold anything."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cursor(*, prepare: bool) -> CursorWrapper:
    """A prepared one is wrapped as Django wraps its own, so that errors and counted queries are the same."""
    if not prepare:
        return connection.cursor()
    connection.ensure_connection()
    cursor: Any = PreparedCursor(connection.connection)
    return (
        connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
    )
