"""The service's own processes and their environment."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.local.kept import LauncherState
from tracker.local.paths import CHECKOUT, DataDir
from tracker.local.ports import HOST
from tracker.local.programs import Program

PYTHON = sys.executable
# Settings that the caller may give the demo; the rest of the environment does not leak in.
CHOSEN = ("ANONYMOUS_READS_PER_MINUTE",)


@dataclass(frozen=True)
class Ports:
    web: int
    viewer: int
    smtp: int

    @property
    def site(self) -> str:
        return f"http://{HOST}:{self.web}"

    @property
    def mails(self) -> str:
        return f"http://{HOST}:{self.viewer}/"


def environment(data: DataDir, kept: LauncherState, ports: Ports, broker_url: str) -> dict[str, str]:
    """Return the environment without DATABASE_URL, which differs: see `run.py`."""
    return {name: os.environ[name] for name in CHOSEN if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "CELERY_BROKER_URL": broker_url,
        "EMAIL_URL": f"smtp://{HOST}:{ports.smtp}",
        "SECRET_KEY": kept.secret_key,
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "SITE_URL": ports.site,
        "STATIC_ROOT": str(data.root / "static"),
        "MEDIA_ROOT": str(data.root / "media"),
        "DEMO_CLOCK": kept.demo_clock,
    }


def prepare_program(data: DataDir, env: Mapping[str, str]) -> Program:
    return Program(
        "prepare",
        (PYTHON, "-m", "tracker.local.prepare"),
        data.log("prepare"),
        CHECKOUT,
        env,
        shows_output=True,
    )


def mail_program(data: DataDir, ports: Ports) -> Program:
    argv = (PYTHON, "-m", "tracker.local.mailcatcher", str(data.mails), str(ports.smtp), str(ports.viewer))
    return Program("mail", argv, data.log("mail"), CHECKOUT, patience=1.0)


def application_programs(data: DataDir, env: Mapping[str, str], ports: Ports) -> tuple[Program, ...]:
    """Return the programs in the order of starting; they are stopped in the opposite order."""

    def program(name: str, *argv: str, orphan_signal: signal.Signals = signal.SIGTERM) -> Program:
        return Program(name, (PYTHON, *argv), data.log(name), CHECKOUT, env, orphan_signal=orphan_signal)

    # For Celery and gunicorn SIGQUIT means "stop at once", children included.
    return (
        program("sweeper", "manage.py", "sweep"),
        program("worker", *_celery_worker(), orphan_signal=signal.SIGKILL),
        program("beat", *_celery_beat(data.root / "beat-schedule")),
        program("web", *_gunicorn(ports.web), orphan_signal=signal.SIGQUIT),
    )


def _celery_worker() -> tuple[str, ...]:
    quiet = ("--loglevel", "WARNING", "--without-gossip", "--without-mingle")
    return ("-m", "celery", "-A", "tracker", "worker", "--concurrency", "2", *quiet)


def _celery_beat(schedule: Path) -> tuple[str, ...]:
    files = ("--schedule", str(schedule), "--pidfile=")
    return ("-m", "celery", "-A", "tracker", "beat", "--loglevel", "WARNING", *files)


def _gunicorn(port: int) -> tuple[str, ...]:
    workers = ("--worker-class", "tracker.server.BufferingWorker", "--workers", "2", "--threads", "4")
    # One control socket would serve all of a user's gunicorns.
    ending = ("--no-control-socket", "--graceful-timeout", "3")
    return ("-m", "gunicorn", "tracker.wsgi", "--bind", f"{HOST}:{port}", *workers, *ending)
