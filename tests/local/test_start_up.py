"""The small parts of a start: ports, folders, secrets, errors, restarts."""

import errno
import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tracker.local import __main__ as command
from tracker.local import kept, leftovers, paths, ports, supervisor
from tracker.local.errors import LaunchError, failure_of, in_plain_words
from tracker.local.paths import DataDir
from tracker.local.patience import Patience
from tracker.local.programs import Program, plain_environment, start, stop
from tracker.local.run import Launcher


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_in_use_is_named_with_a_way_out(monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    with pytest.raises(LaunchError, match=rf"Port {taken_port} is in use .* PORT=\d+ make run"):
        ports.wanted_port()


@pytest.mark.parametrize("given", ["0", "65536", "http", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(LaunchError, match="is not a port"):
        ports.wanted_port()


def test_the_viewer_gets_the_next_port_or_a_free_one(taken_port: int) -> None:
    assert ports.free_port_near(taken_port) != taken_port
    assert ports.free_port_near(65536) < 65536


def test_no_outgoing_connection_is_lent_a_port_chosen_for_a_server() -> None:
    assert all(20_000 <= ports.free_port() < 32_768 for _ in range(20))


def test_a_taken_port_is_not_chosen(monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    free = ports.free_port()
    choices = iter((taken_port, free))
    monkeypatch.setattr("secrets.choice", lambda _: next(choices))
    assert ports.free_port() == free


def test_what_is_made_up_once_stays(tmp_path: Path) -> None:
    first = kept.keep_or_make(tmp_path / "secrets.json")
    assert kept.keep_or_make(tmp_path / "secrets.json") == first
    assert first.demo_clock.startswith("2023-09-28T09:00:00+08:00@20")
    assert first.demo_clock.endswith("+00:00")
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_data_of_a_version_before_0_2_0_are_left_alone(tmp_path: Path) -> None:
    older = asdict(kept.LauncherState()) | {"first_start": "2026-11-01T00:00:00+00:00"}
    del older["since"]
    (tmp_path / "secrets.json").write_text(json.dumps(older))
    launcher = Launcher(DataDir(tmp_path), Patience())
    with pytest.raises(LaunchError, match=r"before 0\.2\.0 .* make reset.* DATA_DIR=/other/folder make run"):
        launcher.run()
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_a_damaged_file_of_secrets_is_explained(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"secret_key": ')
    with pytest.raises(LaunchError, match="make reset"):
        kept.keep_or_make(tmp_path / "secrets.json")


def test_the_callers_database_does_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://production/")
    monkeypatch.setenv("SECRET_KEY", "production")
    assert {"DATABASE_URL", "SECRET_KEY"}.isdisjoint(plain_environment())


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "Cannot write"), (errno.EIO, "refused")],
)
def test_trouble_with_the_disk_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    number: int,
    words: str,
) -> None:
    def refuse(_: object) -> None:
        raise OSError(number, "no", str(tmp_path))

    monkeypatch.setattr("tracker.local.run.make_folders", refuse)
    assert command.main(["run"]) == 1
    said = capsys.readouterr().out
    assert words in said
    assert str(tmp_path) in said
    assert said.count("\n") == 1


def test_a_full_disk_is_recognised_in_a_programs_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("could not write to file: No space left on device\nremoving data directory\n")
    assert "disk is full" in str(failure_of("PostgreSQL's data could not be made", log))
    log.write_text("first\nlast words\n")
    assert "last words" in str(failure_of("It", log))


def test_a_data_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(FileExistsError) as trouble:
        paths.make_folders(paths.DataDir(tmp_path / "data"))
    assert in_plain_words(trouble.value)


def test_a_program_that_keeps_crashing_is_restarted_ever_more_rarely(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    now = 1000.0
    monkeypatch.setattr("tracker.local.supervisor.time.monotonic", lambda: now)
    watcher = supervisor.Supervisor(lambda _: None)
    watcher.start(program(tmp_path, "import sys; sys.exit(3)"))
    for _ in range(5):
        watcher._all()[0].child.wait()
        watcher.look_after()
        now += 30
        watcher.look_after()
    watcher.stop()
    said = capsys.readouterr().out
    assert [line.split(" in ")[1].split(" s")[0] for line in said.splitlines()] == ["0.5", "1", "2", "4", "8"]
    assert said.count("read ") == 1
    assert f"5 times in a row, read {tmp_path / 'log'}" in said


def test_what_outlives_a_launcher_elsewhere_is_ended_by_the_next_start(tmp_path: Path) -> None:
    left = start(program(tmp_path, "import time; time.sleep(60)"))
    note = tmp_path / "processes.json"
    leftovers.note_started(note, [left.pid])
    assert leftovers.end_leftovers(note) == 1
    assert left.wait(5) != 0
    assert not note.exists()


def test_a_process_that_only_has_the_same_number_is_spared(tmp_path: Path) -> None:
    other = start(program(tmp_path, "import time; time.sleep(60)"))
    note = tmp_path / "processes.json"
    note.write_text(json.dumps({other.pid: "another time"}))
    assert leftovers.end_leftovers(note) == 0
    assert other.poll() is None
    stop(program(tmp_path, ""), other)


def program(folder: Path, code: str) -> Program:
    return Program("toy", (sys.executable, "-c", code), folder / "log", folder)
