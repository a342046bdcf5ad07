"""The launcher's words on the terminal."""

import contextlib
import sys
import time
from collections.abc import Iterator


def say(line: str = "") -> None:
    # The terminal may be gone or use another encoding; neither may stop the services.
    with contextlib.suppress(OSError):
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(line.encode(encoding, "replace").decode(encoding), flush=True)


def say_step(name: str, seconds: float) -> None:
    say(f"  {name:<30}{seconds:6.1f} s")


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    say_step(name, time.monotonic() - started)
