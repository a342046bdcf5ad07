from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements sent meanwhile, without the BEGIN and COMMIT around them."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield sent
    # The text of statements sent in a pipeline is not known.
    sent += [query["sql"] or "…" for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
