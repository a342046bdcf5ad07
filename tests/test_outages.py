"""Outages are told from our own faults by real errors of the server and the driver."""

from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection

from commitments.outages import Outage, outage
from commitments.rollups.sql.run import pipelined

pytestmark = pytest.mark.django_db(transaction=True)
END_OURSELVES = "SELECT pg_terminate_backend(pg_backend_pid())"


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def fails(*statements: str) -> DatabaseError:
    try:
        with pytest.raises(DatabaseError) as raised:
            run(*statements)
    finally:
        connection.close()
    return raised.value


def test_a_connection_that_is_cut_off_is_an_outage() -> None:
    assert outage(fails(END_OURSELVES)) is Outage.AWAY


def test_what_follows_on_a_broken_connection_is_an_outage() -> None:
    with pytest.raises(DatabaseError):
        run(END_OURSELVES)
    assert outage(fails("SELECT 1")) is Outage.AWAY


def test_a_server_that_cannot_be_reached_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", 1)
    assert outage(fails("SELECT 1")) is Outage.AWAY


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's disk that is always full")
def test_a_full_disk_is_an_outage() -> None:
    fill = "COPY (SELECT repeat('x', 10000) FROM generate_series(1, 100)) TO '/dev/full'"
    assert outage(fails(fill)) is Outage.AWAY


def test_a_server_that_only_lets_read_is_an_outage() -> None:
    error = fails("SET default_transaction_read_only = on", "DELETE FROM commitments_stalemark")
    assert outage(error) is Outage.AWAY


@pytest.mark.parametrize(
    "statements",
    [
        ("SET statement_timeout = '50ms'", "SELECT pg_sleep(20)"),
        ("SET lock_timeout = '50ms'", "SELECT pg_advisory_lock(1, 1)"),
    ],
)
def test_waiting_for_too_long_is_another_kind(statements: tuple[str, str]) -> None:
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(1, 1)")
        assert outage(fails(*statements)) is Outage.OVERTAXED


@pytest.mark.parametrize("statement", ["SELECT nothing", "SELECT 1 / 0", "SELEKT"])
def test_a_fault_of_ours_is_none(statement: str) -> None:
    assert outage(fails(statement)) is None


def test_what_follows_a_fault_in_a_pipeline_is_none() -> None:
    try:
        with pipelined(), pytest.raises(OperationalError, match="pipeline aborted") as raised:
            _go_on_after_a_fault()
    finally:
        connection.close()
    assert outage(raised.value) is None


def _go_on_after_a_fault() -> None:
    with connection.cursor() as faulty, connection.cursor() as next_one:
        faulty.execute("SELECT nothing")
        with pytest.raises(DatabaseError, match="nothing"):
            faulty.fetchone()
        next_one.execute("SELECT 1")
        next_one.fetchone()


@pytest.mark.parametrize("error", [None, ValueError("no"), DatabaseError("raised by hand")])
def test_what_did_not_come_from_the_database_is_none(error: Exception | None) -> None:
    assert outage(error) is None
