"""The shipped systemd units: they start the documented programs, and systemd understands them."""

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

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


@pytest.mark.parametrize(
    ("options", "settings"),
    [((), ["all.conf"]), (("--owner",), ["all.conf", "owner.conf"])],
)
def test_a_command_of_manage_py_is_run_like_a_service(
    options: tuple[str, ...], settings: list[str], tmp_path: Path
) -> None:
    """systemd reads the settings of each folder that the unit's name begins with, in the order of the files."""
    stand_in = tmp_path / "systemd-run"
    stand_in.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stand_in.chmod(0o755)
    argv = [str(UNITS / "tracker-manage"), *options, "migrate", "--plan"]
    said = subprocess.check_output(argv, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, text=True)
    (unit,) = re.findall(r"^--unit=(\S+)$", said, re.MULTILINE)
    read = [path for path in UNITS.glob("*.service.d/*") if unit.startswith(path.parent.name.split(".")[0])]
    assert sorted(path.name for path in read) == settings
    assert said.splitlines()[-4:] == [f"{HOME}/.venv/bin/python", "manage.py", "migrate", "--plan"]


def test_each_documented_command_exists() -> None:
    text = (CHECKOUT / "docs" / "production.md").read_text()
    assert set(re.findall(r"tracker-manage(?: --owner)? ([a-z]\w+)", text)) <= get_commands().keys()


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
    (tmp_path / "tracker-owner-1.service").write_text("[Service]\nExecStart=/bin/true\n")
    names = [str(path) for path in tmp_path.iterdir() if path.is_file()]
    done = subprocess.run(
        [ANALYZE, "verify", *names],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
