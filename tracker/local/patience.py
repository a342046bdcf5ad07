"""Waiting that a Ctrl-C ends at once, without interrupting other work half-way."""

import signal
import time

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):  # noqa: N818, like KeyboardInterrupt it is no error
    """A request to stop the launcher."""


class Patience:
    def __init__(self) -> None:
        self._stop_asked = False

    def listen(self) -> None:
        """Note stop signals."""
        # Raising from a handler could lose a process that is just being started.
        for number in STOP_SIGNALS:
            signal.signal(number, self._note)

    def pause(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self._stop_asked and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        if self._stop_asked:
            raise Stopped

    def _note(self, *_: object) -> None:
        self._stop_asked = True
