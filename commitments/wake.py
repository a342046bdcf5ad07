"""Hints that wake a worker after a commit.

A hint only saves time: the sweeper finds the same work without it. A thread of its own publishes, so no
writer waits for the broker, and a burst of commits makes few hints. After a failure of the broker, no hint
is tried for a while.
"""

import logging
from threading import Event, Thread
from time import sleep

from django.conf import settings
from django.utils.module_loading import import_string

from .breaker import Breaker

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 30.0
# Commits that follow each other faster than this share a hint.
REST_SECONDS = 0.01


class Messenger:
    """The publishing thread of one process; `hint` names a setting."""

    # A forked process has no thread of its parent, so it starts its own.
    def __init__(self, hint: str) -> None:
        self._hint = hint
        self._wanted = Event()
        self._thread: Thread | None = None

    def wake(self) -> None:
        self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="hints", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            publish(self._hint)
            sleep(REST_SECONDS)


breaker = Breaker(PAUSE_SECONDS)
messenger = Messenger("ROLLUP_HINT")
imports_messenger = Messenger("IMPORT_HINT")


def wake() -> None:
    """Ask for a hint and return at once; never raise."""
    messenger.wake()


def wake_imports() -> None:
    """Ask for a hint about uploaded sheets; without it the next tick finds them."""
    imports_messenger.wake()


def publish(hint: str = "ROLLUP_HINT") -> None:
    """Publish the hint that the setting names, within two seconds; never raise."""
    if breaker.is_open():
        return
    try:
        import_string(getattr(settings, hint))()
    except Exception as error:  # noqa: BLE001 - every broker fails in its own way, and none may fail the writer
        breaker.trip()
        logger.warning("The broker does not answer; the sweeper takes over: %s", error)
