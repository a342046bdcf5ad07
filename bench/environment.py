"""Servers of one's own for a measurement, removed at the end; the caller's stay untouched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

MAINTENANCE = "template1"


def prepare() -> None:
    """Start a PostgreSQL that syncs to disk and a Valkey, point Django at them and make the tables."""
    from tests.servers import SETTINGS, start_servers

    os.environ.update(SETTINGS)
    os.environ["STATIC_ROOT"] = str(start_servers(durable=True) / "static")
    # Filling a table takes as long as it takes.
    os.environ["DATABASE_URL"] += "?options=-c%20statement_timeout%3D0"
    # The day lies in the middle of the plans' year, in which every rule still applies.
    os.environ["DEMO_CLOCK"] = f"2023-09-28T09:00:00+08:00@{datetime.now(UTC).isoformat()}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("compile_messages", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    # A database can be copied only while nobody is connected to it.
    connection.close()


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Point Django at a copy of the prepared database, with an empty broker; drop the copy at the end."""
    prepared = connection.settings_dict["NAME"]
    copy = f"{prepared}_{name}"
    _administer(f'CREATE DATABASE "{copy}" TEMPLATE "{prepared}"')
    _connect_to(copy)
    _empty_broker()
    try:
        yield
    finally:
        _connect_to(prepared)
        _administer(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _administer(statement: str) -> None:
    """Run a statement that needs the database it names to be without connections."""
    name = connection.settings_dict["NAME"]
    _connect_to(MAINTENANCE)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    _connect_to(name)


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _empty_broker() -> None:
    from tracker.celery import app

    with app.connection_for_write() as link:
        channel: Any = link.default_channel
        channel.client.flushall()
