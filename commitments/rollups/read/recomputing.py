"""Reads of one moment, and the commitments whose stored verdicts are older than the ledger at that moment."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from ...models import StaleMark


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all reads within see the database as it was at the first of them."""
    # Within another transaction, the moment is that one's own affair: its level is set before its first query.
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def recomputing(commitments: Iterable[int]) -> frozenset[int]:
    """Return those of the commitments that are to be judged anew; read them and their verdicts in `one_moment`."""
    marks = StaleMark.objects.filter(commitment__in=list(commitments))
    return frozenset(marks.values_list("commitment", flat=True))


def is_recomputing(commitment: str = "pk") -> Exists:
    """Return the condition that the commitment in this column is to be judged anew."""
    return Exists(StaleMark.objects.filter(commitment=OuterRef(commitment)))
