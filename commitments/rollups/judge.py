"""Reading, judging and storing any number of commitments of one plan, batch after batch."""

from collections.abc import Sequence
from datetime import date, datetime

from .assess import AssessedCommitment, assess_case
from .batches import batches
from .cases import read_in_turn
from .sql.run import pipelined
from .store import VerdictTables, store


def assess_and_store(
    commitments: Sequence[int], *, on: date, tables: VerdictTables, known_at: datetime | None = None
) -> None:
    """Judge commitments of one plan on a day of its calendar, as known now or at `known_at`, in batches."""
    judged: list[AssessedCommitment] = []
    with pipelined():
        # While one batch is judged, the server stores the one before and reads ahead: neither waits for the
        # other.
        for found in read_in_turn(batches(commitments), on, known_at):
            store(judged, on=on, tables=tables)
            judged = [assess_case(case, on) for case in found]
        store(judged, on=on, tables=tables)
