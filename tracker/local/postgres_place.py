"""The place of PostgreSQL's program and data, within reach of the account that it runs as.

For an ordinary user the program stays where it is and the data stands in the data folder. For root,
PostgreSQL runs as `nobody`, an account that may enter neither. No folder's rights are changed for it, so it
gets a private place of its own.
"""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from tracker.local.accounts import Account, account_for_postgres, give
from tracker.local.errors import LaunchError
from tracker.local.postgres_binaries import Binaries, candidates, find_binaries, major_version, wheel_folder

NAME = "policy-commitment-tracker"
SHARED_PARENTS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108, made 0700 and never shared


@dataclass(frozen=True)
class Place:
    binaries: Binaries
    data: Path
    account: Account | None = None


def place_for(link: Path) -> Place:
    """Return the place; `link` is the data itself or, for root, a link to it, for people to find."""
    account = account_for_postgres()
    binaries = find_binaries(candidates())
    if account is None:
        return Place(binaries, link)
    home = _home_for(link, account)
    return place_in(home, binaries, account)


def place_in(home: Path, binaries: Binaries, account: Account | None) -> Place:
    if account and major_version(Path(binaries.postgres), account) is None:
        binaries = Binaries(_copy_wheel(home, account), binaries.major)
    return Place(binaries, home / "data", account)


def forget(link: Path) -> None:
    """Remove the data, wherever it is."""
    if link.is_symlink():
        shutil.rmtree(link.readlink().parent, ignore_errors=True)
        link.unlink()
    elif link.exists():
        shutil.rmtree(link)


def _home_for(link: Path, account: Account) -> Path:
    if link.is_dir() and not link.is_symlink():
        raise LaunchError(f"{link} belongs to {link.owner()}: run this as {link.owner()}, or: make reset")
    if link.is_symlink() and link.readlink().parent.is_dir():
        return link.readlink().parent
    home = _new_home(link, account)
    link.unlink(missing_ok=True)
    link.symlink_to(home / "data")
    return home


def _new_home(link: Path, account: Account) -> Path:
    name = f"{NAME}-{hashlib.sha256(bytes(link)).hexdigest()[:12]}"
    for parent in SHARED_PARENTS:
        home = parent / name
        try:
            # A home without a link to it is left from a data folder that was deleted.
            if home.is_dir() and not home.is_symlink() and home.stat().st_uid == account.uid:
                shutil.rmtree(home)
            home.mkdir(mode=0o700)
        except OSError as error:
            trouble = error
            continue
        give(home, account)
        return home
    raise trouble


def _copy_wheel(home: Path, account: Account) -> Path:
    """Copy the wheel's two folders."""
    # The program finds its libraries in the second folder by their relative position.
    wheel = wheel_folder()
    if wheel is None:
        raise LaunchError("PostgreSQL cannot be run by `nobody`: start this as an ordinary user.")
    copies = home / "program"
    done = copies / wheel.name / "pginstall" / "bin"
    if major_version(done / "postgres", account) is not None and _same(done, wheel):
        return done
    shutil.rmtree(copies, ignore_errors=True)
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, copies / folder.name, symlinks=True)
    give(copies, account)
    return done


def _same(copied_bin: Path, wheel: Path) -> bool:
    copy, original = (copied_bin / "postgres").stat(), (wheel / "pginstall" / "bin" / "postgres").stat()
    return (copy.st_size, int(copy.st_mtime)) == (original.st_size, int(original.st_mtime))
