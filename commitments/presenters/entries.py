"""Entries of the ledger as people read them."""

from decimal import Decimal

from ..domain.enums import Accumulation
from ..domain.readings import share
from ..formats import amount, exact, localised, rounded
from ..models import ProgressEntry, Target


def figure(entry: ProgressEntry) -> str:
    """What the entry says: its value, or the stage that is done."""
    if entry.milestone:
        return localised(entry.milestone.title, entry.milestone.title_en)
    return reading(entry.target, entry.value, entry.denominator)


def reading(target: Target, value: Decimal, denominator: Decimal | None = None) -> str:
    """`38条`; what is added up `+38条`, a ratio `190 / 200 (95%)`."""
    if denominator is not None:
        return bare(value, denominator)
    shown = with_unit(target, value)
    return f"+{shown}" if target.accumulation == Accumulation.INCREMENTS and value >= 0 else shown


def added(value: Decimal) -> str:
    """What came on top, without the unit: `+38`, `−2`."""
    return f"+{exact(value)}" if value >= 0 else exact(value)


def bare(value: Decimal, denominator: Decimal | None = None) -> str:
    """Without the unit, which the figure beside it has: `38`, `190 / 200 (95%)`."""
    if denominator is None:
        return exact(value)
    return f"{exact(value)} / {exact(denominator)} ({rounded(share(value, denominator))}%)"


def with_unit(target: Target, value: Decimal) -> str:
    """`38条`."""
    return amount(exact(value), localised(target.unit, target.unit_en))
