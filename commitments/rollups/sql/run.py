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
    """A cursor that has the server parse and plan a statement once per connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


@contextmanager
def pipelined() -> Iterator[None]:
    """Send statements without waiting for the answers to those before, so that the server works meanwhile.

    The error of a statement is raised when the next answer is fetched, or at the end.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def send(statement: str, parameters: Mapping[str, Any], *, prepare: bool = False) -> CursorWrapper:
    """Send a statement; in a pipeline only `fetchall` waits for its answer.

    `prepare` suits statements that run often for `FEW` rows. For many rows, the planner should see the number.
    """
    cursor = _cursor(prepare=prepare)
    cursor.execute(statement, parameters)
    return cursor


def fetch_rows(
    statement: str, parameters: Mapping[str, Any], *, prepare: bool = False
) -> list[tuple[Any, ...]]:
    """Run the statement and return its rows; `prepare` as in `send`."""
    found: list[tuple[Any, ...]] = send(statement, parameters, prepare=prepare).fetchall()
    return found


def column(values: Iterable[Any]) -> str:
    """Write numbers, days and the like as the text of a PostgreSQL array."""
    # A text is far quicker to send than a list of objects.
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def text_column(values: Iterable[str | None]) -> str:
    """Write texts as the text of a PostgreSQL array, quoted."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def nested_column(arrays: Iterable[str]) -> str:
    """Write results of `column` for numbers or words as the text of an array."""
    return "{" + ",".join([f'"{array}"' for array in arrays]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cursor(*, prepare: bool) -> CursorWrapper:
    """Open a cursor, with the same errors and query log as Django's own."""
    # Without a cursor name, pghistory would put a statement with the user before each one. Roll-ups edit no
    # table with a history, and a pipeline takes one statement at a time.
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
