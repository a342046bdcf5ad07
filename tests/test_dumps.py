"""Data of every version since 0.2.0 is carried over: restored as it was kept, migrated and audited."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tracker.sites import ClusterSite, site
from tracker.local import roles

DUMPS = sorted(path for path in (Path(__file__).parent / "dumps").iterdir() if path.is_dir())
LARGEST = 2**20
# Versions whose verdicts lack what is judged today.
JUDGED_ANEW = {"0.2.0", "0.3.0"}


@pytest.fixture(params=DUMPS, ids=lambda path: path.name, scope="module")
def dump(request: pytest.FixtureRequest) -> Path:
    kept: Path = request.param
    return kept


@pytest.fixture(scope="module")
def carried_over(dump: Path) -> Iterator[ClusterSite]:
    """Restore the demo of a version, as `manage.py backup` kept it, and bring its tables up to date."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-dump-"))
    folder.chmod(0o711)
    for made in site(folder / "site"):
        made.well("restore", str(dump), role=roles.OWNER)
        made.well("migrate", "--noinput", role=roles.OWNER)
        yield made
    shutil.rmtree(folder)


def test_a_dump_of_this_version_is_kept() -> None:
    version = next(
        line for line in Path("pyproject.toml").read_text().splitlines() if line.startswith("version")
    )
    assert version == f'version = "{DUMPS[-1].name}"'


def test_a_dump_is_small(dump: Path) -> None:
    assert sum(file.stat().st_size for file in dump.iterdir()) <= LARGEST


def test_no_table_lacks_a_migration(carried_over: ClusterSite) -> None:
    assert "No changes detected" in carried_over.well(
        "makemigrations", "--check", "--dry-run", role=roles.OWNER
    )


def test_verdicts_of_an_older_version_are_judged_anew(carried_over: ClusterSite, dump: Path) -> None:
    marked = "SELECT count(DISTINCT commitment_id) FROM commitments_stalemark"
    total = carried_over.rows("SELECT count(*) FROM commitments_commitment")
    assert carried_over.rows(marked) == (total if dump.name in JUDGED_ANEW else [(0,)])


def test_every_verdict_agrees_with_the_ledger(carried_over: ClusterSite) -> None:
    carried_over.well("sweep", "--once")
    assert "610302-2023" in carried_over.well("audit_rollups")


def test_progress_is_there(carried_over: ClusterSite) -> None:
    assert carried_over.rows("SELECT count(*) > 100 FROM commitments_progressentry") == [(True,)]


def test_each_digest_has_its_week_and_subscription_for_an_occasion(carried_over: ClusterSite) -> None:
    other = "SELECT key FROM commitments_outgoingmail WHERE key !~ ('^[0-9]{4}-W[0-9]{2}/' || subscription_id || '$')"
    assert carried_over.rows(other) == []
