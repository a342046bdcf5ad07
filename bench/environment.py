"""Servers of one's own for a measurement: thrown away at the end, nothing of the caller's is touched."""

import os
from datetime import UTC, datetime

import django
from django.core.management import call_command


def prepare() -> None:
    """Starts a PostgreSQL that syncs to disk and a Valkey, points Django at them and makes the tables."""
    from tests.servers import SETTINGS, start_servers

    os.environ.update(SETTINGS)
    os.environ["STATIC_ROOT"] = str(start_servers(durable=True) / "static")
    # Filling a table takes as long as it takes.
    os.environ["DATABASE_URL"] += "?options=-c%20statement_timeout%3D0"
    # In the middle of the plans' year, where every rule still has something to say.
    os.environ["DEMO_CLOCK"] = f"2023-09-28T09:00:00+08:00@{datetime.now(UTC).isoformat()}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("compile_messages", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
