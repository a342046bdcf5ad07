"""Migrations match the models and can be undone."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_change_of_the_models_lacks_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.no_cover  # migrations are not measured, and tracing doubles the time
@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_undone_and_done_again() -> None:
    call_command("migrate", "commitments", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    assert "commitments_progressentry" in connection.introspection.table_names()


def test_migrations_are_named_for_what_they_do() -> None:
    names = [name for app, name in MigrationLoader(None).disk_migrations if app == "commitments"]
    assert not [name for name in names if "_auto_" in name]
