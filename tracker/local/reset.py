"""The end of the demo's data, by `make reset`."""

import shutil

from tracker.local.console import say
from tracker.local.errors import LaunchError
from tracker.local.leftovers import end_leftovers
from tracker.local.lock import hold_lock
from tracker.local.paths import DataDir
from tracker.local.postgres_place import forget
from tracker.local.valkey import forget_socket

OURS = {
    "lock",
    "secrets.json",
    "settings.json",
    "processes.json",
    "logs",
    "mails",
    "postgres",
    "valkey",
    "static",
    "media",
}


def reset(data: DataDir) -> None:
    if not data.root.exists():
        say(f"Nothing to forget: {data.root} does not exist.")
        return
    if not data.kept.exists() and any(entry.name not in OURS for entry in data.root.iterdir()):
        # DATA_DIR may be a typing error that points at a home folder.
        raise LaunchError(f"{data.root} does not look like this demo's data folder; nothing was removed.")
    with hold_lock(data.lock):
        end_leftovers(data.started)
        forget(data.postgres)
        forget_socket(data.valkey)
        shutil.rmtree(data.root)
    say(f"Forgotten: {data.root}")
