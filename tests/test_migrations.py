"""Migrations match the models and can be undone."""

from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from commitments.models import Commitment
from tests.factories import TODAY, make_commitment, make_plan
from tests.sheets.samples import csv_of, handed_in, worked_on

# A problem as it was kept before the reasons could be read in any language.
OLD_ROW = """
INSERT INTO commitments_importrow (job_id, number, effective_on, progress, problems, next_steps, faults, written)
VALUES (%s, 2, '2023-09-28', '', '', '', '[["code", "没有叫这个的"]]', '["NO-SUCH", "1"]')
"""


@pytest.mark.django_db
def test_no_change_of_the_models_lacks_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.no_cover  # migrations are not measured, and tracing doubles the time
@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_undone_and_done_again() -> None:
    call_command("migrate", "commitments", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    assert "commitments_progressentry" in connection.introspection.table_names()


@pytest.mark.no_cover
@pytest.mark.django_db(transaction=True)
def test_sheets_are_checked_anew_where_reasons_are_kept_in_another_form() -> None:
    job = handed_in(csv_of(("NO-SUCH", 1)), make_plan())
    call_command("migrate", "commitments", "0009", verbosity=0)
    assert states_and_rows() == [("received", 0)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_importjob SET state = 'checked', faulty = 1")
        cursor.execute(OLD_ROW, [job.pk])
    call_command("migrate", verbosity=0)
    assert states_and_rows() == [("received", 0)]
    assert worked_on(job).faulty == 1


def states_and_rows() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, (SELECT count(*)::int FROM commitments_importrow) FROM commitments_importjob"
        )
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_what_was_dropped_before_decisions_were_kept_counts_as_decided_when_its_first_day_began() -> None:
    commitment = make_commitment()
    Commitment.objects.update(
        lifecycle="dropped", dropped_on=TODAY, dropped_authority="区政府", dropped_reason="合并"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            import_module("commitments.migrations.0012_drops_and_reinstatements_stay").DROPPED_ALREADY
        )
    line = commitment.decisions.get()
    assert (line.on, line.authority, line.decided_by) == (TODAY, "区政府", None)
    assert line.decided_at.isoformat() == "2023-09-27T16:00:00+00:00"


def test_migrations_are_named_for_what_they_do() -> None:
    names = [name for app, name in MigrationLoader(None).disk_migrations if app == "commitments"]
    assert not [name for name in names if "_auto_" in name]
