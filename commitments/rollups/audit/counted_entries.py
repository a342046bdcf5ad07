"""A moment that the audit looks at, and the ledger's figures as plain values."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from ...domain.readings import share


class AuditMoment(NamedTuple):
    """A day of the plan's calendar, as known now or at `known_at`."""

    on: date
    known_at: datetime | None = None

    def knew(self, at: datetime) -> bool:
        return self.known_at is None or at <= self.known_at


class CountedEntry(NamedTuple):
    """A ledger entry that counts or has counted."""

    target: int
    id: int
    milestone: int | None
    effective_on: date
    value: Decimal
    denominator: Decimal | None
    counted_from: datetime
    counted_until: datetime | None
    is_sample: bool
    includes_earlier: bool

    def counts(self, known_at: datetime | None) -> bool:
        if known_at is None:
            return self.counted_until is None
        return self.counted_from <= known_at and (self.counted_until is None or self.counted_until > known_at)

    @property
    def alone(self) -> Decimal:
        """Return the reading by itself; for a ratio, its percentage."""
        return self.value if self.denominator is None else share(self.value, self.denominator)
