"""Connections that do not wait for ever.

A frozen server goes on acknowledging the bytes it gets: neither TCP nor its own time limits end the wait.
"""

from collections.abc import Generator
from time import monotonic
from typing import Any, Self, TypeVar

import psycopg

from commitments.breaker import Breaker

from . import pulse

Result = TypeVar("Result")
Waiting = Generator[Any, Any, Result]
"""How psycopg talks to a server: it yields what it waits for, and is sent what came, or nothing at each tick."""

TICK = 0.1
PULSE_AFTER = 2.0
"""Seconds of silence until the server is asked for a sign of life; then after twice as many, and so on."""
FIRST_PATIENCE = 5.0
"""Seconds for the statements before it is known how long one may take."""
PAUSE_SECONDS = 2.0

breaker = Breaker(PAUSE_SECONDS)


class AwayError(psycopg.OperationalError):
    """The failure of a server that does not answer."""


class PatientConnection(psycopg.Connection[Any]):
    patience: float | None = FIRST_PATIENCE
    """Seconds to wait for a word of the server's; None waits for ever."""

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> Self:
        _refuse_while_away()
        try:
            return super().connect(conninfo, **options)
        except psycopg.errors.ConnectionTimeout:
            breaker.trip()
            raise

    def wait(self, gen: Waiting[Result], interval: float = TICK, timeout: float | None = None) -> Result:
        """Wait for the server; psycopg calls this whenever it talks to the server."""
        if self.patience is None:
            return super().wait(gen, interval, timeout)
        _refuse_while_away()
        try:
            return super().wait(_overheard(gen, Silence(self, self.patience)), interval, timeout)
        except AwayError:
            self.close()
            raise


class Silence:
    """A time in which a connection hears no answer."""

    def __init__(self, connection: PatientConnection, patience: float) -> None:
        self._connection, self._patience = connection, patience
        self._since: float | None = None
        self._next_pulse = PULSE_AFTER
        self._is_away = False

    def breaks(self) -> None:
        self._since = None

    def goes_on(self) -> None:
        """Give up if the server has gone, or has been silent for longer than it may."""
        if self._is_away:
            breaker.trip()
            raise AwayError("the server does not answer")
        now = monotonic()
        if self._since is None:
            self._since, self._next_pulse = now, PULSE_AFTER
        if now - self._since > self._patience:
            raise AwayError(f"the server has said nothing for {self._patience:g} seconds")
        if now - self._since > self._next_pulse:
            self._next_pulse *= 2
            # Not yet the last word: an answer may have come meanwhile.
            self._is_away = not pulse.beats(self._connection.pgconn)


def _refuse_while_away() -> None:
    if breaker.is_open():
        raise AwayError("the server did not answer a moment ago")


def _overheard(talk: Waiting[Result], silence: Silence) -> Waiting[Result]:
    """Pass on the conversation, and report to `silence` whether bytes came."""
    try:
        wanted = next(talk)
        while True:
            came = yield wanted
            if came:
                silence.breaks()
            else:
                silence.goes_on()
            wanted = talk.send(came)
    except StopIteration as end:
        result: Result = end.value
        return result
