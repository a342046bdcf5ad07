"""The migrations: they match the models, can be undone, and import no code that later versions may move."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import commitments.migrations

MIGRATIONS = sorted(Path(commitments.migrations.__path__[0]).glob("0*.py"))
# Whatever has a name in our schema: tables, indexes, sequences and views, functions, types, triggers and constraints.
MADE = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typcategory <> 'A'
UNION SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
"""
# Not of this app; and pgtrigger leaves its functions, which the next migration replaces.
OTHERS = ("auth_", "django_", "pghistory_", "_pgh_", "pgtrigger_", "_pgtrigger_")


@pytest.mark.django_db
def test_no_change_of_the_models_lacks_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.no_cover  # migrations are not measured, and tracing doubles the time
@pytest.mark.django_db
def test_every_migration_is_undone_without_a_trace() -> None:
    """The next start is then like the first one, from nothing, with which every run of the tests begins."""
    call_command("migrate", "commitments", "zero", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(MADE)
        left = [name for (name,) in cursor.fetchall()]
    assert [name for name in left if not name.startswith(OTHERS)] == []


@pytest.mark.parametrize(
    "path", sorted(Path(commitments.migrations.__path__[0]).glob("[0_]?*[!_].py")), ids=lambda path: path.stem
)
def test_a_migration_imports_nothing_of_the_product(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules += ["." * node.level + (node.module or "") for node in nodes if isinstance(node, ast.ImportFrom)]
    ours = [name for name in modules if name.startswith((".", "commitments", "tracker"))]
    # Frozen with the migrations, and held to the same.
    assert set(ours) <= {"._triggers"}


@pytest.mark.django_db
def test_migrations_are_named_for_what_they_do() -> None:
    names = [name for app, name in MigrationLoader(None).disk_migrations if app == "commitments"]
    assert not [name for name in names if "_auto_" in name]


@pytest.mark.django_db
def test_a_database_of_a_version_before_0_2_0_is_left_alone() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("commitments", "0001_initial")
    before = recorder.applied_migrations().keys()
    with pytest.raises(SystemCheckError, match=r"(?s)before 0\.2\.0.*DATABASE_URL"):
        call_command("migrate", verbosity=0, skip_checks=False)
    assert recorder.applied_migrations().keys() == before
