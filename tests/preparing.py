"""Prepares tables, static files and messages once, before the first test, for all workers."""

import os

import psycopg
from django.core.management import call_command

SERVICE_ROLE, SERVICE_PASSWORD = "tracker_app", "only-for-tests"


def make_service_role() -> None:
    """Give the role its rights as deploy/roles.sql does, before the tables are made."""
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="template1", autocommit=True) as link:
        if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SERVICE_ROLE]).fetchone():
            link.execute(f"CREATE ROLE {SERVICE_ROLE} LOGIN PASSWORD '{SERVICE_PASSWORD}'")
        link.execute(
            f"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {SERVICE_ROLE}"
        )
        link.execute(f"ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {SERVICE_ROLE}")


def collect() -> None:
    """Make static files and messages ready, as `make run` and a deployment do."""
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("compile_messages", verbosity=0)
