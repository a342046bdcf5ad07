"""Another writer that holds the ledger for longer than a user is willing to wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from commitments.models import Plan
from commitments.models.triggers import PERIODS


@contextmanager
def busy(plan: Plan) -> Iterator[None]:
    """Hold the plan's ledger as another writer."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [PERIODS, plan.pk])
            yield
    finally:
        other.close()


@contextmanager
def impatient(limit: str = "lock_timeout") -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET {limit} = '500ms'")
        yield
        cursor.execute(f"RESET {limit}")
