import os
from collections.abc import Generator, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from commitments import hints
from tests.browser import chromium, open_as

__all__ = ["chromium", "open_as"]

# What migrating leaves in its own tables stays. The locks let a request that is still under way end first.
EMPTY_EVERY_TABLE = """
DO $$
DECLARE
    tables text[] := ARRAY(
        SELECT oid::regclass::text FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    );
    each text;
BEGIN
    SET LOCAL session_replication_role = replica;
    EXECUTE 'LOCK TABLE ' || array_to_string(tables, ', ') || ' IN SHARE ROW EXCLUSIVE MODE';
    FOREACH each IN ARRAY tables LOOP
        EXECUTE 'DELETE FROM ' || each;
    END LOOP;
END $$
"""


@pytest.fixture(autouse=True, scope="session")
def _quickly_emptied() -> Iterator[None]:
    """After a test that commits: 6 ms where Django's TRUNCATE takes 85. The ledger's triggers refuse either, which only
    a superuser can switch off.
    """

    def empty(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_EVERY_TABLE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
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
        # Otherwise each test's client looks at every one of the files before its first request: 60 ms.
        patch.setattr(settings, "WHITENOISE_AUTOREFRESH", True, raising=False)
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
