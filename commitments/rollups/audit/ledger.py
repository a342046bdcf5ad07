"""The ledger compared with its seals, and sealed anew as far as it agrees with them.

Rows are sealed through the highest id recorded an hour before: later ones may still be on their way. A whole plan
is sealed through the same ids in one transaction. So each row at or below the farthest of them must have a seal.
"""

import logging
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from ...models import Commitment, LedgerSeal, Plan
from ..batches import batches
from .ledger_differences import Change, LedgerDifference, SealDifference, UnsignedSeals
from .sealed_rows import Extent, RowsRead, find_settled, read_rows
from .seals import NOWHERE, digest_of, extent_of, find_farthest, find_newest, is_signed, make_seal

logger = logging.getLogger(__name__)
SIZE = 100  # commitments in a statement
SETTLED = timedelta(hours=1)
# First half of the advisory lock on a plan's seals: of two audits at once, the later one sees the first one's seals.
SEALING = 7203


def compare_ledger(plan: Plan, *, at: datetime) -> list[SealDifference]:
    """Compare the plan's ledger with its seals, and seal new rows of each commitment without a difference."""
    return _compare_and_seal(plan, at, accept=False)


def accept_ledger(plan: Plan, *, at: datetime) -> list[SealDifference]:
    """Seal the plan's ledger as it is now, and return the differences that were accepted."""
    accepted = _compare_and_seal(plan, at, accept=True)
    for difference in accepted:
        logger.warning("%s: accepted and sealed anew: %s", plan.code, difference)
    return accepted


def commitments_of(differences: Collection[SealDifference]) -> frozenset[int]:
    """Return the ids of the commitments whose ledger is in doubt."""
    return frozenset(each for difference in differences for each in difference.commitments)


class SealedLedger:
    """The ledger of a plan as it stands, beside the newest seal of each commitment."""

    def __init__(self, plan: Plan, at: datetime) -> None:
        self._plan, self._at = plan, at
        self._codes = dict(Commitment.objects.filter(plan=plan).order_by("pk").values_list("pk", "code"))
        newest = find_newest(plan)
        self._seals = {commitment: seal for commitment, seal in newest.items() if is_signed(seal)}
        self._unsigned = sorted(newest.keys() - self._seals.keys())
        extents = {commitment: extent_of(seal) for commitment, seal in self._seals.items()}
        known = find_farthest(extents.values())
        # A demonstration's clock may have gone back: a new seal never covers less than an earlier one.
        self._until = find_farthest([known, find_settled(at - SETTLED)])
        self._rows = self._read(extents, known)

    def differences(self) -> Iterator[SealDifference]:
        for commitment in self._codes:
            if commitment not in self._unsigned:
                yield from self._differences_of(commitment)
        if self._unsigned:
            codes = tuple(self._codes[commitment] for commitment in self._unsigned)
            yield UnsignedSeals(tuple(self._unsigned), codes)

    def new_seals(self, *, without: Collection[int], anyway: Collection[int]) -> Iterator[LedgerSeal]:
        """Make a seal for each commitment with new rows, but `without` some; for others make one `anyway`."""
        for commitment, rows in self._rows.items():
            has_new = any(read.to_cover.rows > read.covered.rows for read in rows.values())
            if commitment not in without and (has_new or commitment in anyway):
                yield make_seal(commitment, rows, self._until, at=self._at)

    def _read(self, extents: Mapping[int, Extent], known: Extent) -> dict[int, Mapping[str, RowsRead]]:
        found: dict[int, Mapping[str, RowsRead]] = {}
        for some in batches(list(self._codes), SIZE):
            through = {commitment: extents.get(commitment, NOWHERE) for commitment in some}
            found |= read_rows(through, known=known, until=self._until)
        return found

    def _differences_of(self, commitment: int) -> list[SealDifference]:
        seal, rows = self._seals.get(commitment), self._rows[commitment]
        changes = {name: _find_change(seal, name, read) for name, read in rows.items()} if seal else {}
        if not any(changes.values()):
            # A commitment that differs is not sealed anew, so only of others are rows known to lack a seal.
            changes = {name: Change.ADDED for name, read in rows.items() if read.left_out}
        newest = seal or max(self._seals.values(), key=lambda each: each.pk, default=None)
        return [
            LedgerDifference(
                commitment, self._codes[commitment], name, change, self._plan.day_at(newest.sealed_at)
            )
            for name, change in changes.items()
            if change and newest
        ]


@transaction.atomic
def _compare_and_seal(plan: Plan, at: datetime, *, accept: bool) -> list[SealDifference]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SEALING, plan.pk])
    ledger = SealedLedger(plan, at)
    differences = list(ledger.differences())
    doubtful = commitments_of(differences)
    without, anyway = ((), doubtful) if accept else (doubtful, ())
    LedgerSeal.objects.bulk_create(ledger.new_seals(without=without, anyway=anyway))
    return differences


def _find_change(seal: LedgerSeal, name: str, read: RowsRead) -> Change | None:
    sealed = digest_of(seal, name)
    if read.covered == sealed:
        return None
    if read.covered.rows == sealed.rows:
        return Change.CHANGED
    return Change.MISSING if read.covered.rows < sealed.rows else Change.ADDED
