import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.local.conftest import SmallLauncher, all_gone, wait_for
from tracker.local.readiness import OPENER


def test_starts_says_where_and_stops_without_a_trace(launcher: SmallLauncher) -> None:
    launcher.start_and_wait()
    family = launcher.family()

    other = SmallLauncher(launcher.data)
    code, said = other.run()
    assert (code, said.strip()) == (
        1,
        f"error: Already running at http://127.0.0.1:{launcher.port} (pid {launcher.process.pid}).",
    )

    assert "prepared 2023-09-28T09:00:00+08:00@20" in launcher.said()
    assert " postgresql://tracker_owner\n" in launcher.said()
    for name in ("clerk", "reviewer", "supervision", "leader", "admin"):
        assert f"\n    {name} " in launcher.said()
    assert _answers(launcher.port)
    private = (launcher.data / name for name in ("secrets.json", "settings.json", "lock"))
    assert {oct(file.stat().st_mode & 0o777) for file in private} == {"0o600"}
    assert launcher.data.stat().st_mode & 0o777 == 0o700

    listening = [c for p in family for c in p.net_connections() if c.status == psutil.CONN_LISTEN]
    assert len({c.laddr.port for c in listening}) == 4  # PostgreSQL, SMTP, mail viewer, web
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}

    code, said = other.run("manage", "diffsettings", "--output", "unified")
    assert code == 0
    assert f"+ SITE_URL = 'http://127.0.0.1:{launcher.port}'" in said

    assert launcher.interrupt() == 0
    assert all_gone(family)
    assert "Traceback" not in launcher.said()
    assert other.run("manage", "check") == (
        1,
        "error: The demo is not running. Start it in another window: make run\n",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends the leftovers")
def test_a_killed_launcher_leaves_nothing_and_the_next_start_is_clean(launcher: SmallLauncher) -> None:
    launcher.start_and_wait()
    family, password = launcher.family(), launcher.demo_password()
    launcher.kill()
    wait_for(lambda: all_gone(family))

    launcher.start_and_wait()
    assert launcher.demo_password() == password

    # Everything at once, as when the machine loses its power.
    family = launcher.family()
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    launcher.kill()
    launcher.start_and_wait()


def test_what_crashes_is_started_again(launcher: SmallLauncher) -> None:
    launcher.start_and_wait()
    names = ("/postgres -D", "valkey-server", "HTTPServer")
    for name in names:
        os.kill(_pid(launcher, name), signal.SIGKILL)
    reports = [f"{name} was killed by signal 9; starting it again" for name in ("postgres", "valkey", "web")]
    wait_for(lambda: all(report in launcher.said() for report in reports))
    wait_for(lambda: _answers(launcher.port))
    wait_for(lambda: all(launcher.named(name) for name in names))


def test_a_port_in_use_is_named(launcher: SmallLauncher) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(launcher.port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: _answers(launcher.port))
        code, said = launcher.run()
    finally:
        server.kill()
        server.wait()
    assert code == 1
    assert said.startswith(f"error: Port {launcher.port} is in use by another program. Try: PORT=")
    assert said.count("\n") == 1


def test_reset_forgets_and_spares_foreign_folders(launcher: SmallLauncher, tmp_path: Path) -> None:
    launcher.start_and_wait()
    launcher.interrupt()
    database = (launcher.data / "postgres").resolve()
    assert database.exists()
    assert launcher.run("reset") == (0, f"Forgotten: {launcher.data}\n")
    assert not launcher.data.exists()
    assert not database.exists()

    launcher.data.mkdir()
    (launcher.data / "letter.txt").write_text("dear")
    code, said = launcher.run("reset")
    assert code == 1
    assert "does not look like" in said
    shutil.rmtree(launcher.data)


def _answers(port: int) -> bool:
    try:
        with OPENER.open(f"http://127.0.0.1:{port}/", timeout=5):
            return True
    except OSError:
        return False


def _pid(launcher: SmallLauncher, part: str) -> int:
    found = launcher.named(part)
    assert found
    return int(found.pid)
