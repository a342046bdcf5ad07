"""Django's PostgreSQL backend, on connections that do not wait for ever."""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from . import driver

GRACE_SECONDS = 5.0
"""How much longer than the server's own limit a statement may take."""
LIMIT = "SELECT extract(epoch FROM current_setting('statement_timeout')::interval)::float"


class DatabaseWrapper(base.DatabaseWrapper):
    Database = driver
    has_committed = False
    """Whether anything was, or may have been, committed since the request began."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.execute_wrappers.append(self._note_write)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        (limit,) = self.connection.execute(LIMIT).fetchone()
        self.connection.patience = limit + GRACE_SECONDS if limit else None

    def close_if_unusable_or_obsolete(self) -> None:
        """Close a broken connection; Django calls this before and after each request."""
        self.has_committed = False
        super().close_if_unusable_or_obsolete()

    def _commit(self) -> None:
        self.has_committed = True
        super()._commit()  # type: ignore[misc]

    def _note_write(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        """Note beforehand what commits by itself: its answer may be lost on the way."""
        if not self.in_atomic_block and not str(sql).lstrip().startswith("SELECT"):
            self.has_committed = True
        return execute(sql, *rest)
