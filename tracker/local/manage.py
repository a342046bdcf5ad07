"""A command of `manage.py` on the running demo, by `make manage ARGS="explain LIV-SVC-04"`."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tracker.local.errors import LaunchError
from tracker.local.lock import is_held
from tracker.local.paths import CHECKOUT, DataDir
from tracker.local.private_files import write_private


def leave_settings(data: DataDir, env: Mapping[str, str]) -> None:
    """Store the environment of the service's processes, for `manage`."""
    write_private(data.settings, json.dumps(env, indent=1))


def manage(data: DataDir, arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; raise LaunchError if no demo runs."""
    if not is_held(data.lock) or not data.settings.exists():
        raise LaunchError("The demo is not running. Start it in another window: make run")
    env = json.loads(data.settings.read_text(encoding="utf-8"))
    argv = [sys.executable, "manage.py", *arguments]
    return subprocess.run(argv, cwd=CHECKOUT, env=os.environ | env, check=False).returncode
