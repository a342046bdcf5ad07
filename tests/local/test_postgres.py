import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.servers import place_for_tests
from tracker.local import roles
from tracker.local.errors import LaunchError
from tracker.local.kept import LauncherState
from tracker.local.postgres import Cluster, check_version, make_cluster, start_cluster
from tracker.local.postgres_binaries import find_binaries
from tracker.local.postgres_place import Place
from tracker.local.programs import stop


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    # A folder of its own under /tmp: pytest's are closed to the account PostgreSQL runs as for root.
    folder = Path(tempfile.mkdtemp(prefix="tracker-local-"))
    yield place_for_tests(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def kept() -> LauncherState:
    return LauncherState()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs") / "postgres.log"


@pytest.fixture(scope="module")
def made(place: Place, kept: LauncherState, log: Path) -> Place:
    make_cluster(place, kept.postgres_password, log, sync=False)
    return place


@pytest.fixture
def cluster(made: Place, log: Path) -> Iterator[Cluster]:
    running = start_cluster(made, log, time.sleep, fsync="off")
    yield running
    stop(running.program, running.child)


def connect(cluster: Cluster, user: str, password: str) -> psycopg.Connection:
    return psycopg.connect(cluster.url(user, password, roles.DATABASE), autocommit=True)


def test_the_app_role_writes_rows_and_cannot_change_tables(cluster: Cluster, kept: LauncherState) -> None:
    roles.provide_roles(cluster, kept)
    with connect(cluster, roles.OWNER, kept.owner_password) as owner:
        owner.execute("CREATE EXTENSION btree_gist")
        owner.execute("CREATE TABLE ledger (id bigint GENERATED ALWAYS AS IDENTITY, no serial, value int)")
    with connect(cluster, roles.APP, kept.app_password) as app:
        app.execute("INSERT INTO ledger (value) VALUES (1)")
        app.execute("UPDATE ledger SET value = 2")
        assert app.execute("DELETE FROM ledger RETURNING value").fetchall() == [(2,)]
        for forbidden in (
            "TRUNCATE ledger",
            "CREATE TABLE mine ()",
            "DROP TABLE ledger",
            "ALTER TABLE ledger ADD x int",
            "CREATE TEMP TABLE mine ()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(cluster, roles.APP, "wrong")


def test_text_sorts_by_code_point(cluster: Cluster, kept: LauncherState) -> None:
    roles.provide_roles(cluster, kept)
    with connect(cluster, roles.APP, kept.app_password) as app:
        names = app.execute(
            "SELECT array_agg(n ORDER BY n) FROM unnest(ARRAY['重庆','a','北京','Z','上海']) n"
        ).fetchone()
        assert names == (["Z", "a", "上海", "北京", "重庆"],)
        assert app.execute("SHOW jit").fetchone() == ("off",)


def test_a_half_made_database_is_made_again(cluster: Cluster, kept: LauncherState) -> None:
    roles.provide_roles(cluster, kept)
    with psycopg.connect(
        cluster.url("postgres", kept.postgres_password, "postgres"), autocommit=True
    ) as connection:
        connection.execute("COMMENT ON ROLE tracker_app IS NULL")
    roles.provide_roles(cluster, kept)
    roles.provide_roles(cluster, kept)
    with connect(cluster, roles.APP, kept.app_password) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_a_database_with_tables_is_kept_whatever_its_mark_says(cluster: Cluster, kept: LauncherState) -> None:
    roles.provide_roles(cluster, kept)
    with connect(cluster, roles.OWNER, kept.owner_password) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS used AS SELECT 7 AS value")
    with psycopg.connect(
        cluster.url("postgres", kept.postgres_password, "postgres"), autocommit=True
    ) as connection:
        connection.execute("COMMENT ON ROLE tracker_app IS NULL")
    roles.provide_roles(cluster, kept)
    with connect(cluster, roles.OWNER, kept.owner_password) as owner:
        assert owner.execute("SELECT value FROM used").fetchone() == (7,)
        owner.execute("DROP TABLE used")


def test_starts_again_after_kill_9(cluster: Cluster, made: Place, log: Path, kept: LauncherState) -> None:
    roles.provide_roles(cluster, kept)
    with connect(cluster, roles.OWNER, kept.owner_password) as owner:
        owner.execute("CREATE TABLE kept_row AS SELECT 7 AS value")
    cluster.child.kill()
    again = start_cluster(made, log, time.sleep)
    try:
        with connect(again, roles.OWNER, kept.owner_password) as owner:
            assert owner.execute("SELECT value FROM kept_row").fetchone() == (7,)
    finally:
        stop(again.program, again.child)


def test_a_number_that_another_program_got_since_is_no_obstacle(made: Place, log: Path) -> None:
    """After a reboot, postmaster.pid may name any process of the same account."""
    other = subprocess.Popen(["sleep", "60"], **_identity(made))
    pid_file = made.data / "postmaster.pid"
    pid_file.write_text(f"{other.pid}\n{made.data}\n1\n5432\n\n127.0.0.1\n\nready\n")
    try:
        running = start_cluster(made, log, time.sleep)
        stop(running.program, running.child)
    finally:
        other.kill()
        other.wait()


def test_data_of_another_version_is_refused_in_one_line(made: Place) -> None:
    version = made.data / "PG_VERSION"
    version.write_text("9\n")
    try:
        with pytest.raises(LaunchError, match="made by PostgreSQL 9, this is"):
            check_version(made)
    finally:
        version.write_text(f"{made.binaries.major}\n")


def test_without_any_postgres_one_line_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="install version 15 or newer"):
        find_binaries([tmp_path])


def test_an_interrupted_initdb_leaves_no_cluster(place: Place, log: Path) -> None:
    assert not place.data.with_name("data.init").exists()
    assert not place.data.with_name("data.password").exists()


def test_roles_file_holds_no_password_and_fits_older_versions() -> None:
    text = roles.FILE.read_text()
    assert "PASSWORD '" not in text.upper()
    assert list(roles.split_statements(text, 18)) == ["postgres", "tracker"]
    assert "LOCALE_PROVIDER" in str(roles.split_statements(text, 18))
    assert "LOCALE_PROVIDER" not in str(roles.split_statements(text, 16))


def _identity(place: Place) -> dict[str, Any]:
    return {"user": place.account.uid, "group": place.account.gid} if place.account else {}
