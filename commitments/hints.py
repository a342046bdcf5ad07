"""Wakes a worker after a commit. Only a hint: the sweeper finds the same work without it.

A broker that is down or frozen must not delay writers, so after one failure no hint is tried for a while.
"""

import logging
from time import monotonic

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 30.0


class Breaker:
    """Open for `PAUSE_SECONDS` of this process's life after each failure."""

    def __init__(self) -> None:
        self._closed_from = 0.0

    def is_open(self) -> bool:
        return monotonic() < self._closed_from

    def trip(self) -> None:
        self._closed_from = monotonic() + PAUSE_SECONDS

    def reset(self) -> None:
        self._closed_from = 0.0


breaker = Breaker()


def wake() -> None:
    """Publishes the hint named by the setting `ROLLUP_HINT`.

    Never raises; a thread waits at most two seconds, then all pause.
    """
    if breaker.is_open():
        return
    try:
        import_string(settings.ROLLUP_HINT)()
    except Exception as error:  # noqa: BLE001 - every broker fails in its own way, and none may fail the writer
        breaker.trip()
        logger.warning("The broker does not answer; the sweeper takes over: %s", error)
