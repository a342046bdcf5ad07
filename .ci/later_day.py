"""The set-up on a later day, after new releases of pinned packages, with the oldest supported pip.

A package may ask for another one with extras (coverage[toml]). If pip resolves that, it looks past the pin,
meets the newer release and stops for want of its hash. Today's lock may name the newest releases. So a copy
of it gets older ones (older-pins.txt, beside this) for each package that is asked for in this way.
"""

import ensurepip
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[1]
PINS = Path(__file__).with_name("older-pins.txt")
INSTALL = Path("tracker", "local", "install.py")
# Python 3.11.0 came with this one. It does not run on newer Pythons; their own one is then the oldest.
OLDEST_PIP = "22.3" if sys.version_info < (3, 12) else ensurepip.version()


def main() -> None:
    older = entries(PINS)
    if lacking := asked_with_extras() - older.keys():
        sys.exit(
            f"{PINS.name} lacks {', '.join(sorted(lacking))}: add an older release of each, with hashes."
        )
    with tempfile.TemporaryDirectory(prefix="later-day-") as folder:
        copy = Path(folder)
        for lock in CHECKOUT.glob("requirements*.txt"):
            (copy / lock.name).write_text("".join((entries(lock) | kept(older, entries(lock))).values()))
        (copy / INSTALL).parent.mkdir(parents=True)
        shutil.copy(CHECKOUT / INSTALL, copy / INSTALL)
        run(sys.executable, "-m", "venv", copy / ".venv")
        run(copy / ".venv" / "bin" / "python", "-m", "pip", "install", "--quiet", f"pip=={OLDEST_PIP}")
        run(sys.executable, copy / INSTALL, "test")
        check_pins(copy, older)


def asked_with_extras() -> set[str]:
    """Return the packages that others ask for with extras, as the requirements' own extras have it."""
    sources = (CHECKOUT / "requirements").glob("*.in")
    lines = [line.split("#")[0].strip() for source in sources for line in source.read_text().splitlines()]
    asked = [Requirement(line) for line in lines if line and not line.startswith("-")]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: set[str] = set()
    while asked:
        one = asked.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        if key in seen:
            continue
        seen.add(key)
        wanted = list(required_by(one))
        found |= {canonicalize_name(other.name) for other in wanted if other.extras}
        asked += wanted
    return found


def required_by(one: Requirement) -> Iterator[Requirement]:
    try:
        listed = requires(one.name) or []
    except PackageNotFoundError:  # of another platform, or of a group that is not installed
        return
    for other in map(Requirement, listed):
        environments = [{"extra": extra} for extra in ("", *one.extras)]
        if other.marker is None or any(map(other.marker.evaluate, environments)):
            yield other


def entries(lock: Path) -> dict[str, str]:
    """Return the entries of a lock by name: each is a line and its indented continuation."""
    found = re.split(r"(?m)^(?=[\w])", lock.read_text())[1:]
    return {entry.split("==")[0]: entry for entry in found}


def kept(older: dict[str, str], lock: dict[str, str]) -> dict[str, str]:
    return {name: entry for name, entry in older.items() if name in lock}


def check_pins(copy: Path, older: dict[str, str]) -> None:
    """Make sure that the older releases were installed."""
    listed = run(copy / ".venv" / "bin" / "python", "-m", "pip", "freeze", "--all").splitlines()
    pins = [entry.split(" ")[0] for entry in older.values()]
    if missing := {*pins, f"pip=={OLDEST_PIP}"} - set(listed):
        sys.exit(f"not installed as pinned: {', '.join(sorted(missing))}")


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
