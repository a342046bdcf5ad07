"""Refusal of a database of a version before 0.2.0; its tables cannot be carried over."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# The first migration of 0.1; since 0.2.0 another one is the first.
OLDER = ("commitments", "0001_initial")


def refuse_older_data(databases: Sequence[str] | None, **_: Any) -> list[Error]:
    """Return an error for each database with older tables; `migrate` asks before it changes anything."""
    older = [
        name for name in databases or () if OLDER in MigrationRecorder(connections[name]).applied_migrations()
    ]
    return [
        Error(
            f"The database “{connections[name].settings_dict['NAME']}” holds data of a version before 0.2.0, "
            "which cannot be carried over. Nothing in it was changed.",
            hint="Keep it for the version that made it, and name an empty one in DATABASE_URL.",
            id="commitments.E001",
        )
        for name in older
    ]
