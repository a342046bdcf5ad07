"""The shipped systemd units: they start the documented programs, and systemd understands them."""

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.local.paths import CHECKOUT

UNITS = CHECKOUT / "deploy"
ANALYZE = Path("/usr/bin/systemd-analyze")
NEEDS_SYSTEMD = pytest.mark.skipif(
    not ANALYZE.exists() and "CI" not in os.environ, reason="needs Debian's systemd"
)
HOME = "/srv/tracker"
ROW = re.compile(r"^\| (?P<process>\w+) \| `(?P<command>[^`]+)`", re.MULTILINE)


def documented() -> dict[str, str]:
    return dict(ROW.findall((CHECKOUT / "docs" / "production.md").read_text()))


def started(process: str) -> str:
    unit = configparser.RawConfigParser(strict=False)
    unit.read(UNITS / f"tracker-{process}.service")
    return unit["Service"]["ExecStart"].removeprefix(f"{HOME}/.venv/bin/").removeprefix("python ")


def test_each_documented_process_has_a_unit_that_starts_it_just_so() -> None:
    commands = documented()
    assert commands.keys() == {"web", "worker", "beat", "sweeper"}
    assert {process: started(process) for process in commands} == commands


def test_the_target_starts_each_of_them() -> None:
    wanted = re.search(r"^Wants=(.+)$", (UNITS / "tracker.target").read_text(), re.MULTILINE)
    assert wanted
    assert set(wanted[1].split()) == {f"tracker-{process}.service" for process in documented()}


@NEEDS_SYSTEMD
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    files = [
        path for pattern in ("tracker*.*", "tracker*.d/*") for path in UNITS.glob(pattern) if path.is_file()
    ]
    for path in files:
        copy = tmp_path / path.relative_to(UNITS)
        copy.parent.mkdir(exist_ok=True)
        here = path.read_text().replace(f"{HOME}/.venv/bin", str(Path(sys.executable).parent))
        copy.write_text(here.replace(HOME, str(CHECKOUT)))
    names = [str(tmp_path / path.name) for path in files if path.parent == UNITS]
    done = subprocess.run(
        [ANALYZE, "verify", *names],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
