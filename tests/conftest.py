from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from commitments import hints


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_ledgers_triggers() -> Iterator[None]:
    """Tests that commit are cleaned up by TRUNCATE, which the ledger refuses; only a superuser can switch that off."""
    flush = DatabaseOperations.execute_sql_flush

    def unguarded(self: DatabaseOperations, sql_list: Any) -> None:
        flush(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", unguarded)
        yield


@pytest.fixture(autouse=True)
def _closed_breaker() -> None:
    """One test's broken broker is not the next one's."""
    hints.breaker.reset()
