import os
from collections.abc import Generator, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
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


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the test database is made: the service's role and its rights, as deploy/roles.sql gives them."""
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="template1", autocommit=True) as link:
        if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = 'tracker_app'").fetchone():
            link.execute("CREATE ROLE tracker_app LOGIN")
        link.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tracker_app")
        link.execute("ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO tracker_app")


@pytest.fixture(autouse=True, scope="session")
def _collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files and messages, made ready as `make run` and a deployment do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_ROOT", str(tmp_path_factory.mktemp("static")))
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("compile_messages", verbosity=0)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where everything is there to run every test, a skipped one is a failed one."""
    report: Any = yield
    if report.skipped and "CI" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped"
    return report


@pytest.fixture(autouse=True)
def _closed_breaker() -> None:
    """One test's broken broker is not the next one's."""
    hints.breaker.reset()
