"""A supervisor that keeps programs running, and stops them in order."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tracker.local.console import say
from tracker.local.errors import NO_SPACE, last_lines
from tracker.local.programs import Child, Program, ask_to_stop, start, wait_or_kill

CRASHES_TO_REPORT = 5
LONGEST_BREAK = 30.0
STEADY_SECONDS = 60.0


@dataclass
class Watched:
    program: Program
    child: Child
    started: float
    crashes: int = 0
    next_start: float | None = None


class Supervisor:
    """Programs in layers: the last layer is stopped first, and one layer's programs stop together."""

    def __init__(self, on_change: Callable[[list[int]], None]) -> None:
        self._layers: list[list[Watched]] = []
        self._on_change = on_change

    def start(self, *programs: Program) -> None:
        layer: list[Watched] = []
        self._layers.append(layer)
        for program in programs:
            # Programs start one at a time: if one cannot start, those before it must be stopped.
            layer += [Watched(program, start(program), time.monotonic())]
        self._tell()

    def adopt(self, program: Program, child: Child) -> None:
        self._layers.append([Watched(program, child, time.monotonic())])
        self._tell()

    def look_after(self) -> None:
        """Restart programs that have ended; the launcher calls this over and over."""
        now = time.monotonic()
        for watched in self._all():
            if watched.next_start is not None:
                if now >= watched.next_start:
                    self._restart(watched, now)
            elif watched.child.poll() is not None:
                _note_crash(watched, now)

    def stop(self) -> None:
        while self._layers:
            _stop_layer(self._layers[-1])
            self._layers.pop()
        self._tell()

    def _restart(self, watched: Watched, now: float) -> None:
        try:
            watched.child = start(watched.program)
        except OSError as error:
            say(f"  {watched.program.name} cannot be restarted: {error.strerror}")
            watched.next_start = now + LONGEST_BREAK
            return
        watched.started, watched.next_start = now, None
        self._tell()

    def _all(self) -> list[Watched]:
        return [watched for layer in self._layers for watched in layer]

    def _tell(self) -> None:
        self._on_change([watched.child.pid for watched in self._all() if watched.child.returncode is None])


def _note_crash(watched: Watched, now: float) -> None:
    steady = now - watched.started > STEADY_SECONDS
    watched.crashes = 1 if steady else watched.crashes + 1
    pause = min(0.5 * 2 ** (watched.crashes - 1), LONGEST_BREAK)
    watched.next_start = now + pause
    # The children of the ended program may hold the port or the data.
    wait_or_kill(watched.child, now)
    say(_report(watched, pause))


def _report(watched: Watched, pause: float) -> str:
    program, code = watched.program, watched.child.returncode
    how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
    line = f"  {program.name} {how}; starting it again in {pause:g} s"
    if NO_SPACE in last_lines(program.log):
        return f"{line}. The disk is full: free some space."
    if watched.crashes % CRASHES_TO_REPORT == 0:
        return f"{line}. That was {watched.crashes} times in a row, read {program.log}"
    return line


def _stop_layer(layer: list[Watched]) -> None:
    for watched in reversed(layer):
        ask_to_stop(watched.program, watched.child)
    asked = time.monotonic()
    for watched in reversed(layer):
        wait_or_kill(watched.child, asked + watched.program.patience)
