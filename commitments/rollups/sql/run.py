"""Ways to run a statement, and to send it whole columns."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

FEW = 200
NAME = "rollups"


class PreparedCursor(psycopg.Cursor[Any]):
    """Has the server parse and plan a statement once per connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements are sent without waiting for the answers to those before: the server works while we do.

    What goes wrong in one is raised when the next answer is fetched, or at the end.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def send(statement: str, parameters: Mapping[str, Any], *, prepare: bool = False) -> CursorWrapper:
    """Sends a statement; in a pipeline its answer is awaited by `fetchall` only.

    `prepare` pays for statements that are run often for `FEW` rows; for many, the planner should see how many.
    """
    cursor = _cursor(prepare=prepare)
    cursor.execute(statement, parameters)
    return cursor


def rows(statement: str, parameters: Mapping[str, Any], *, prepare: bool = False) -> list[tuple[Any, ...]]:
    """What the statement returns; `prepare` as in `send`."""
    found: list[tuple[Any, ...]] = send(statement, parameters, prepare=prepare).fetchall()
    return found


def column(values: Iterable[Any]) -> str:
    """Numbers, days and the like as the text of a PostgreSQL array: far quicker to send than a list of objects."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def text_column(values: Iterable[str | None]) -> str:
    """As `column`, for texts, which may hold anything."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def nested_column(arrays: Iterable[str]) -> str:
    """As `column`, for what `column` has made of numbers or words."""
    return "{" + ",".join([f'"{array}"' for array in arrays]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cursor(*, prepare: bool) -> CursorWrapper:
    """A prepared one is wrapped as Django wraps its own, so that errors and counted queries are the same.

    pghistory puts who edits before a statement, as one more, unless its cursor has a name; roll-ups edit nothing that
    has a history, and a pipeline takes one at a time.
    """
    if not prepare:
        plain = connection.cursor()
        plain.cursor.name = NAME
        return plain
    connection.ensure_connection()
    cursor: Any = PreparedCursor(connection.connection)
    cursor.name = NAME
    return (
        connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
    )
