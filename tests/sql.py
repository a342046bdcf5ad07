from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile, without the BEGIN and COMMIT around it."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield sent
    # What is sent in a pipeline is not known by its text.
    sent += [query["sql"] or "…" for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
