"""A bound on passwords hashed at once: one, while one more waits; later ones are told to come again.

Known browsers have a lane of their own, since a crowd of unknown ones must not keep them out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock


# Hashing is slow on purpose. Without a bound, a handful of sign-ins would take every thread and both
# processors.
class HashingBusyError(Exception):
    """All turns are taken."""


class Lane:
    """One place to hash and one to wait for it, in this process."""

    def __init__(self) -> None:
        self._places = BoundedSemaphore(2)
        self._turn = Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise HashingBusyError
        try:
            with self._turn:
                yield
        finally:
            self._places.release()


KNOWN, UNKNOWN = Lane(), Lane()


@contextmanager
def take(*, known: bool) -> Iterator[None]:
    with (KNOWN if known else UNKNOWN).take():
        yield
