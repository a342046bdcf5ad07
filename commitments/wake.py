"""Wakes a worker after a commit. Only a hint: the sweeper finds the same work without it.

A thread of its own publishes, so no writer waits for the broker, and a burst of commits makes few hints. After a
broker that is down or frozen, no hint is tried for a while.
"""

import logging
from threading import Event, Thread
from time import sleep

from django.conf import settings
from django.utils.module_loading import import_string

from .breaker import Breaker

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 30.0
# Commits that come closer together than this share a hint.
REST_SECONDS = 0.01


class Messenger:
    """One thread per process; a process that was forked starts its own. `hint` names a setting."""

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
    """Asks for a hint and returns at once; never raises."""
    messenger.wake()


def wake_imports() -> None:
    """The same for uploaded sheets; without a hint, the next tick finds them."""
    imports_messenger.wake()


def publish(hint: str = "ROLLUP_HINT") -> None:
    """Publishes the hint that the setting names. Never raises; waits two seconds for it at most."""
    if breaker.is_open():
        return
    try:
        import_string(getattr(settings, hint))()
    except Exception as error:  # noqa: BLE001 - every broker fails in its own way, and none may fail the writer
        breaker.trip()
        logger.warning("The broker does not answer; the sweeper takes over: %s", error)
