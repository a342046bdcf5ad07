import os
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from commitments import wake
from commitments.models import Plan
from tests.browser import chromium, open_as
from tests.factories import make_plan
from tests.preparing import collect, make_service_role

__all__ = ["chromium", "open_as"]

# The rows that migrating leaves in its own tables stay. The locks let a running request end first.
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
    """Empty the tables after a test that commits, in 6 ms; Django's TRUNCATE takes 85 ms.

    The ledger's triggers refuse both, and only a superuser can switch them off.
    """

    def empty(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_EVERY_TABLE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the test database is made."""
    make_service_role()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest) -> None:
    """Give a worker the copy that was made for it."""
    if copy := getattr(request.config, "workerinput", {}).get("database"):
        connection.settings_dict["NAME"] = copy
    else:
        request.getfixturevalue("django_db_setup")


@pytest.fixture(autouse=True, scope="session")
def _collected(request: pytest.FixtureRequest) -> Iterator[None]:
    if not hasattr(request.config, "workerinput"):
        collect()
    with pytest.MonkeyPatch.context() as patch:
        # Otherwise each test's client looks at every one of the files before its first request: 60 ms.
        patch.setattr(settings, "WHITENOISE_AUTOREFRESH", True, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quickly_hashed() -> Iterator[None]:
    """Hash passwords quickly; only hackers need be held up, for a third of a second each time."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", quick)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail skipped tests on CI, which has everything to run every test."""
    report: Any = yield
    if report.skipped and "CI" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped"
    return report


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """Begin each test in the language of the settings; a request leaves its own behind."""
    translation.deactivate()


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def plan() -> Plan:
    """Return a plan without commitments."""
    return make_plan()


@pytest.fixture(autouse=True)
def _closed_breaker() -> None:
    """One test's broken broker is not the next one's."""
    wake.breaker.reset()
