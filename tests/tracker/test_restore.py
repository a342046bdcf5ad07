"""The database and the evidence of one cluster, restored into another one of its own and audited there."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.tracker.sites import ClusterSite, site
from tracker.backup import folder as kept
from tracker.local import roles

STORY = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("seed_plan", "fixtures/610302-2023", "--publish", verbosity=0)
call_command("load_demo", "fixtures/610302-2023-demo", verbosity=0)
"""
SWEEP = """
from django.core.management import call_command
call_command("sweep", once=True)
"""
TWO_FILES = """
from django.core.files.base import ContentFile
from commitments import clock
from commitments.actions import evidence
from commitments.models import ProgressEntry, User
for number, entry in enumerate(ProgressEntry.objects.order_by("pk")[:2]):
    file = ContentFile(b"%PDF-" + str(number).encode(), "a.pdf")
    evidence.attach(entry=entry, by=User.objects.get(username="supervision"), at=clock.now(), title="a", file=file)
"""
LEDGER = (
    "progressentry", "review", "withdrawal", "evidence", "targetrevision", "commitmentrollup", "targetsnapshot",
    "planedit", "ledgerseal",
)  # fmt: skip
DIGEST = "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY r::text)) FROM commitments_{} r"
RIGHTS = """
SELECT c.relname, array_agg(a.privilege_type::text ORDER BY a.privilege_type) FROM pg_class c, aclexplode(c.relacl) a
WHERE a.grantee = 'tracker_app'::regrole AND c.relnamespace = 'public'::regnamespace GROUP BY 1 ORDER BY 1
"""
DEFAULTS = """
SELECT defaclobjtype, a.privilege_type FROM pg_default_acl d, aclexplode(d.defaclacl) a
WHERE a.grantee = 'tracker_app'::regrole ORDER BY 1, 2
"""
TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="tracker-restore-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def ours(folder: Path) -> Iterator[ClusterSite]:
    """Make a site with the 2023 plan, its sample progress and two files of evidence."""
    for made in site(folder / "ours"):
        made.well("shell", "-c", STORY + TWO_FILES + SWEEP, role=roles.OWNER)
        made.well("audit_rollups")  # seals the ledger
        yield made


@pytest.fixture(scope="module")
def backup(ours: ClusterSite, folder: Path) -> Path:
    """As the service's own role makes it."""
    ours.well("backup", str(folder / "backups"))
    return kept.backups(folder / "backups")[-1]


@pytest.fixture(scope="module")
def empty(folder: Path) -> Iterator[ClusterSite]:
    """Make a site that is never restored into."""
    yield from site(folder / "empty")


@pytest.fixture(scope="module")
def restored(backup: Path, folder: Path) -> Iterator[ClusterSite]:
    for made in site(folder / "restored"):
        made.well("restore", str(backup), role=roles.OWNER)
        yield made


def test_every_row_is_there(ours: ClusterSite, restored: ClusterSite) -> None:
    for table in LEDGER:
        theirs, found = ours.rows(DIGEST.format(table)), restored.rows(DIGEST.format(table))
        assert found == theirs, table
    assert restored.rows(DIGEST.format("progressentry"))[0][0]
    assert restored.rows(DIGEST.format("ledgerseal"))[0][0]


def test_every_file_is_what_was_attached(restored: ClusterSite) -> None:
    assert "2" in restored.well("audit_evidence")
    assert len(list((restored.media / "evidence").iterdir())) == 2


def test_every_verdict_agrees_with_the_ledger(restored: ClusterSite) -> None:
    assert "610302-2023" in restored.well("audit_rollups")


def test_the_service_may_do_no_more_than_before(ours: ClusterSite, restored: ClusterSite) -> None:
    assert restored.rows(RIGHTS) == ours.rows(RIGHTS)
    assert restored.rows(DEFAULTS) == ours.rows(DEFAULTS)
    with (
        psycopg.connect(restored.url(roles.APP)) as link,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        link.execute("DELETE FROM commitments_progressentry")


def test_history_stays_as_it_was_written(ours: ClusterSite, restored: ClusterSite) -> None:
    assert restored.rows(TRIGGERS) == ours.rows(TRIGGERS)
    with psycopg.connect(restored.url(roles.OWNER)) as link, pytest.raises(psycopg.errors.RaiseException):
        link.execute("DELETE FROM commitments_progressentry")


def test_the_next_migration_finds_nothing_to_do(restored: ClusterSite) -> None:
    assert "No migrations to apply" in restored.well("migrate", "--noinput", role=roles.OWNER)


def test_work_goes_on(restored: ClusterSite) -> None:
    restored.well("shell", "-c", TWO_FILES + SWEEP)
    restored.well("audit_rollups")


def test_the_service_itself_cannot_restore(backup: Path, empty: ClusterSite) -> None:
    done = empty.manage("restore", str(backup))
    assert done.returncode == 1
    assert "tracker_owner" in done.stderr


def test_what_breaks_a_restore_off_leaves_the_database_empty(backup: Path, empty: ClusterSite) -> None:
    """Without the service's role, the dump cannot give it its rights, which comes last."""
    superuser = empty.cluster.url("postgres", empty.kept.postgres_password, "postgres")
    with psycopg.connect(superuser, autocommit=True) as link:
        link.execute("ALTER ROLE tracker_app RENAME TO gone")
        done = empty.manage("restore", str(backup), role=roles.OWNER)
        link.execute("ALTER ROLE gone RENAME TO tracker_app")
    assert done.returncode == 1
    assert 'role "tracker_app" does not exist' in done.stderr
    assert empty.rows("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_other_files_in_the_media_folder_are_not_overwritten(backup: Path, empty: ClusterSite) -> None:
    name = next(name for name in kept.manifest(backup) if name.startswith("media/"))
    place = empty.media.parent / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"another")
    done = empty.manage("restore", str(backup), role=roles.OWNER)
    assert done.returncode == 1
    assert place.name in done.stderr
    assert place.read_bytes() == b"another"
