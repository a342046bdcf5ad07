"""Geometry of the charts: places and lengths as SVG percentages. Colours are in the style sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..domain.enums import Status
from ..domain.shares import shares

ZERO = Decimal(0)
HUNDRED = Decimal(100)
# Those of a fraction whose percentage has two.
SHARE_PLACES = 4


@dataclass(frozen=True)
class Bullet:
    """A value as a bar, its expected value as a tick, and the target as an end mark."""

    bar_from: str
    bar_length: str
    planned: str
    target: str


@dataclass(frozen=True)
class Segment:
    status: Status
    start: str
    length: str


def bullet(actual: Decimal | None, planned: Decimal, target: Decimal) -> Bullet:
    """Put the values on one scale that always shows zero, so that lengths compare as the values do."""
    value = ZERO if actual is None else actual
    low, high = min(ZERO, value, planned, target), max(ZERO, value, planned, target)
    span = (high - low) or Decimal(1)
    return Bullet(
        bar_from=_percent((min(ZERO, value) - low) / span),
        bar_length=_percent(abs(value) / span),
        planned=_percent((planned - low) / span),
        target=_percent((target - low) / span),
    )


def stacked(counts: Mapping[Status, int]) -> list[Segment]:
    """Return the shares of a whole, side by side, in the order of the statuses; they add up to all of it."""
    segments, start = [], ZERO
    rounded = shares([counts.get(status, 0) for status in Status], SHARE_PLACES)
    for status, share in zip(Status, rounded, strict=True):
        if share:
            segments.append(Segment(status, _percent(start), _percent(share)))
        start += share
    return segments


def depth(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return how far below the highest value one stands: 0 at the top, 1 at the bottom."""
    return (high - value) / ((high - low) or 1)


def _percent(share: Decimal) -> str:
    return f"{share * HUNDRED:.2f}%"
