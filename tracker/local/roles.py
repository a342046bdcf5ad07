"""The service's database and its two roles, as `deploy/roles.sql` defines them."""

import re

import psycopg
from psycopg import sql

from tracker.local.kept import LauncherState
from tracker.local.paths import CHECKOUT
from tracker.local.postgres import BUILTIN_LOCALE_SINCE, SUPERUSER, Cluster

FILE = CHECKOUT / "deploy" / "roles.sql"
DATABASE, OWNER, APP = "tracker", "tracker_owner", "tracker_app"
DONE = "complete"


def provide_roles(cluster: Cluster, kept: LauncherState) -> None:
    """Make database and roles; a repetition also repairs an interrupted first start."""
    with _superuser(cluster, kept, SUPERUSER) as connection:
        complete = _is_complete(connection)
    if not complete and not _has_tables(cluster, kept):
        with _superuser(cluster, kept, SUPERUSER) as connection:
            _remove(connection)
        _run_file(cluster, kept)
    with _superuser(cluster, kept, DATABASE) as connection:
        _set_password(connection, OWNER, kept.owner_password)
        _set_password(connection, APP, kept.app_password)
        connection.execute(sql.SQL("COMMENT ON ROLE {} IS {}").format(sql.Identifier(APP), sql.Literal(DONE)))


def split_statements(text: str, major: int) -> dict[str, list[str]]:
    r"""Return the statements by the database they are for; `\\connect` switches, as in psql."""
    if major < BUILTIN_LOCALE_SINCE:
        text = text.replace("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'", "")
    database, found = SUPERUSER, dict[str, list[str]]()
    for chunk in re.split(r"(?m)^(\\connect \w+)$", re.sub(r"(?m)--.*$", "", text)):
        if chunk.startswith("\\connect "):
            database = chunk.split()[1]
        else:
            found.setdefault(database, []).extend(s.strip() for s in chunk.split(";") if s.strip())
    return found


def _run_file(cluster: Cluster, kept: LauncherState) -> None:
    for database, statements in split_statements(FILE.read_text(encoding="utf-8"), cluster.major).items():
        with _superuser(cluster, kept, database) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def _superuser(cluster: Cluster, kept: LauncherState, database: str) -> psycopg.Connection:
    url = cluster.url(SUPERUSER, kept.postgres_password, database)
    # Each statement stands by itself: CREATE DATABASE refuses to run inside a transaction.
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def _is_complete(connection: psycopg.Connection) -> bool:
    comment = "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = %s"
    return connection.execute(comment, [APP]).fetchone() == (DONE,)


def _has_tables(cluster: Cluster, kept: LauncherState) -> bool:
    """Tell a database that was used: tables are only made after all of `FILE`. No lost mark makes us drop one."""
    exists = "SELECT FROM pg_database WHERE datname = %s"
    with _superuser(cluster, kept, SUPERUSER) as connection:
        if connection.execute(exists, [DATABASE]).fetchone() is None:
            return False
    with _superuser(cluster, kept, DATABASE) as connection:
        return connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public'").fetchone() is not None


def _remove(connection: psycopg.Connection) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
    for role in (APP, OWNER):
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
    )
