"""Made-up plan years with a known end, to try the forecast on."""

import math
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import NamedTuple

from commitments.domain.enums import Accumulation, Comparator, TargetKind
from commitments.domain.targets import Point, TargetSpec

from .cases import spec

YEAR, MONTHS = 2023, range(1, 13)
MONTH_ENDS = [date(YEAR, month, monthrange(YEAR, month)[1]) for month in MONTHS]
EXACT = Decimal("0.0001")
# Chances: that a target is a level, that a month has no reading, that one is taken before the month's last day.
LEVEL, MISSING, EARLY = 0.25, 0.1, 0.5


class History(NamedTuple):
    """A year seen at the end of `month`, and the value on 31 December; `way` leads from start to target."""

    spec: TargetSpec
    month: int
    points: tuple[Point, ...]
    truth: Decimal
    way: Decimal

    @property
    def on(self) -> date:
        return MONTH_ENDS[self.month - 1]


def even(_: Random) -> list[float]:
    """Every month alike: jobs, events, registrations."""
    return [1.0] * 12


def seasonal(random: Random) -> list[float]:
    """Return weights of works that rest in winter."""
    # The busiest month, May to September, does 3 to 39 times as much as the idlest.
    depth, peak = random.uniform(0.5, 0.95), random.uniform(5, 9)
    return [1 + depth * math.cos((month - peak) / 12 * math.tau) for month in MONTHS]


def late_rush(random: Random) -> list[float]:
    """More with every month: the first half brings 18 to 32 % of the year, the last quarter 40 to 56 %."""
    growth = random.uniform(1.5, 3)
    return [math.exp(growth * month / 12) for month in MONTHS]


def stop_and_go(random: Random) -> list[float]:
    """Spells of work and of waiting, for money, land or permits: each month a turn with a chance of 35 %."""
    works, months = random.random() < 0.5, []
    for _ in MONTHS:
        works ^= random.random() < 0.35
        months.append(float(works))
    return months if any(months) else stop_and_go(random)


SHAPES: dict[str, Callable[[Random], list[float]]] = {
    "even": even,
    "seasonal": seasonal,
    "late rush": late_rush,
    "stop-and-go": stop_and_go,
}


def histories(shape: str, seed: int) -> Iterator[History]:
    """Yield years without end, the same for the same seed."""
    # Half of the years end with 80 to 120 % of the promise.
    random = Random(f"{shape} {seed}")
    while True:
        outcome, weights = random.lognormvariate(0, 0.2), SHAPES[shape](random)
        shares = [outcome * weight / sum(weights) for weight in weights]
        make = _level if random.random() < LEVEL else _total
        yield make(random, shares, random.randint(4, 11))


def _total(random: Random, shares: list[float], month: int) -> History:
    """Return a running total towards 2 to 10,000 whole units."""
    target = round(10 ** random.uniform(0.3, 4))
    amounts = [
        float(round(amount)) for amount in _noisy(random, [target * share for share in shares], unit=1)
    ]
    return History(
        spec=spec(value=Decimal(target), due_on=MONTH_ENDS[-1]),
        month=month,
        points=tuple(Point(on, Decimal(round(done))) for on, done in _readings(random, amounts, month)),
        truth=Decimal(sum(amounts)),
        way=Decimal(target),
    )


def _level(random: Random, shares: list[float], month: int) -> History:
    """Return a level that should rise or fall by 10 to 50 % of last year's."""
    # Readings err by some 2 % of that way.
    baseline, way = random.uniform(10, 10_000), random.uniform(0.1, 0.5) * random.choice((-1, 1))

    def measured(done: float) -> Decimal:
        return Decimal(baseline * (1 + way * random.gauss(done, 0.02))).quantize(EXACT)

    amounts = _noisy(random, shares, unit=0)
    return History(
        spec=spec(
            kind=TargetKind.LEVEL,
            accumulation=Accumulation.LEVEL,
            comparator=Comparator.AT_LEAST if way > 0 else Comparator.AT_MOST,
            baseline=Decimal(baseline),
            value=Decimal(baseline * (1 + way)),
            due_on=MONTH_ENDS[-1],
        ),
        month=month,
        points=tuple(Point(on, measured(done)) for on, done in _readings(random, amounts, month)),
        truth=measured(sum(amounts)),
        way=Decimal(abs(baseline * way)),
    )


def _noisy(random: Random, amounts: list[float], unit: int) -> list[float]:
    """Each month is off by a history's own 20 to 60 %, and whole units by the chance of rare events besides."""
    spread = random.uniform(0.2, 0.6) ** 2
    return [_gamma(random, amount, spread + unit / amount) if amount else 0.0 for amount in amounts]


def _gamma(random: Random, mean: float, relative_variance: float) -> float:
    return random.gammavariate(1 / relative_variance, mean * relative_variance)


def _readings(random: Random, amounts: list[float], month: int) -> Iterator[tuple[date, float]]:
    """Yield the amount done by each month's last reading, up to six days before the month ends."""
    for end, before, amount in zip(
        MONTH_ENDS[:month], accumulate(amounts, initial=0.0), amounts, strict=False
    ):
        early = random.randint(1, 6) if random.random() < EARLY else 0
        if random.random() >= MISSING:
            yield end.replace(day=end.day - early), before + amount * (1 - early / end.day)
