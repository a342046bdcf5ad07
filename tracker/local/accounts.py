"""The account that PostgreSQL runs as: it refuses root, and then runs as `nobody`."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from tracker.local.errors import LaunchError


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


def account_for_postgres() -> Account | None:
    """Return the account for PostgreSQL; None for the launcher's own."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise LaunchError("PostgreSQL does not run as root: start this as an ordinary user.") from None
    return Account(entry.pw_uid, entry.pw_gid)


def give(path: Path, account: Account | None) -> None:
    """Hand a file or folder of ours, with all its content, to the account."""
    if account is None:
        return
    for found in (path, *path.rglob("*")):
        os.chown(found, account.uid, account.gid, follow_symlinks=False)
