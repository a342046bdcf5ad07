"""A pause after failures, to spare a server that does not answer and its callers."""

from time import monotonic


class Breaker:
    """A switch that is open for `pause` seconds of this process's life after each failure."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._closed_from = 0.0

    def is_open(self) -> bool:
        return monotonic() < self._closed_from

    def trip(self) -> None:
        self._closed_from = monotonic() + self._pause

    def reset(self) -> None:
        self._closed_from = 0.0
