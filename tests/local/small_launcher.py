"""The launcher with a service of two tiny programs; the rest (servers, lock, signals, mails) is real."""

import signal
import sys
from collections.abc import Mapping

import pytest

from tracker.local import __main__ as command
from tracker.local import run
from tracker.local.paths import CHECKOUT, DataDir
from tracker.local.programs import Program
from tracker.local.services import Ports

WEB = """
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""
# Like Celery's worker it has a child of its own, and like a stuck one it does not react to SIGTERM.
WORKER = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
signal.signal(signal.SIGQUIT, lambda *_: (child.kill(), sys.exit(1)))
child.wait()
"""


def prepare_program(data: DataDir, env: Mapping[str, str]) -> Program:
    show = "import os; print('prepared', os.environ['DEMO_CLOCK'], os.environ['DATABASE_URL'][:26])"
    argv = (sys.executable, "-c", show)
    return Program("prepare", argv, data.log("prepare"), CHECKOUT, env, shows_output=True)


def application_programs(data: DataDir, env: Mapping[str, str], ports: Ports) -> tuple[Program, ...]:
    worker = Program(
        "worker",
        (sys.executable, "-c", WORKER),
        data.log("worker"),
        CHECKOUT,
        env,
        orphan_signal=signal.SIGQUIT,
        patience=0.3,
    )
    web = Program("web", (sys.executable, "-c", WEB, str(ports.web)), data.log("web"), CHECKOUT, env)
    return worker, web


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "prepare_program", prepare_program)
        patch.setattr(run, "application_programs", application_programs)
        sys.exit(command.main(sys.argv[1:]))
