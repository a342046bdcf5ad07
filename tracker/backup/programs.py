"""PostgreSQL's own programs: found, as new as the server, and directed to the database."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from ..local.postgres_binaries import INSTALLED, major_version, wheel_folder
from .errors import BackupError

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
# The first would impose a request's time limits, too short for a dump; the second would stand in the list
# of processes.
LEFT_OUT = ("options", "password")


def folder_of(name: str) -> Path:
    """Return the first folder with a program of that name no older than the server.

    If PG_BIN is set, only that folder counts.
    """
    server = _server()
    older = []
    for folder in _folders():
        major = major_version(folder / name)
        if major is not None and major >= server:
            return folder
        if major is not None:
            older.append(f"{folder / name} is of version {major}")
    found = "; ".join(older) or f"no {name} is installed"
    raise BackupError(
        f"The server is PostgreSQL {server}, but {found}. Install the client programs of version {server} or newer, "
        "or name their folder in PG_BIN."
    )


def run(program: Path, *arguments: str) -> None:
    """Run a program; raise BackupError with its error output."""
    command = [str(program), *arguments]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BackupError(f"{program.name} failed: {done.stderr.strip()}")


def database() -> str:
    """Return the address of the database for `--dbname`."""
    known = {each.keyword.decode() for each in pq.Conninfo.get_defaults()} - {*LEFT_OUT}
    return make_conninfo(**{name: value for name, value in _parameters().items() if name in known})


def _server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _folders() -> Iterator[Path]:
    if settings.PG_BIN:
        yield Path(settings.PG_BIN)
        return
    if wheel := wheel_folder():
        yield wheel / "pginstall" / "bin"
    yield from (Path(folder) for folder in os.get_exec_path())
    for pattern in INSTALLED:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def _environment() -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("PG")}
    password = _parameters().get("password")
    return given | ({"PGPASSWORD": password} if password else {})


def _parameters() -> dict[str, str]:
    found: dict[str, str] = connection.get_connection_params()
    return found
