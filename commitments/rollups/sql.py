"""One way to run a statement and read its rows."""

from collections.abc import Mapping
from typing import Any

from django.db import connection


def rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
