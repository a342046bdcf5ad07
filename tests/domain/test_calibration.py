"""How often the forecast's 80 % interval holds the truth: docs/forecast.md says it, this measures it."""

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

import pytest

from commitments.domain.enums import TargetKind
from commitments.domain.forecast import forecast

from .histories import SHAPES, History, histories

PAGE = Path(__file__).parents[2] / "docs" / "forecast.md"
SEED, OF_EACH_SHAPE = 2023, 2500
QUARTERS = (range(4, 7), range(7, 10), range(10, 12))


class Outcome(NamedTuple):
    """`width` of the interval as a share of the way."""

    shape: str
    history: History
    above: bool
    below: bool
    width: float

    @property
    def holds(self) -> bool:
        return not self.above and not self.below


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Return outcomes of years with a forecast: four months are reported, and the target is not met yet."""
    return [
        outcome
        for shape in SHAPES
        for outcome in islice(filter(None, (_try(shape, h) for h in histories(shape, SEED))), OF_EACH_SHAPE)
    ]


def _try(shape: str, history: History) -> Outcome | None:
    found = forecast(history.spec, history.points, history.on)
    if found is None:
        return None
    above, below = history.truth > found.high, history.truth < found.low
    return Outcome(shape, history, above, below, float((found.high - found.low) / history.way))


def row(outcomes: list[Outcome]) -> list[int]:
    """As in the table, in percent: holds, of those in each quarter, truth above, truth below, median width."""
    return [
        percent(o.holds for o in outcomes),
        *(percent(o.holds for o in outcomes if o.history.month in quarter) for quarter in QUARTERS),
        percent(o.above for o in outcomes),
        percent(o.below for o in outcomes),
        round(100 * median(o.width for o in outcomes)),
    ]


def percent(facts: Iterable[bool]) -> int:
    return round(100 * fmean(facts))


def published() -> dict[str, list[int]]:
    rows = re.findall(
        r"^\| ([a-z][^|]*) ((?:\| *\d+ %? *){7})\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {name: [int(number) for number in re.findall(r"\d+", cells)] for name, cells in rows}


def test_four_of_five_intervals_hold_the_truth(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == 10_000
    assert 0.75 <= fmean(outcome.holds for outcome in outcomes) <= 0.85


def test_the_documentation_says_how_often_for_each_shape_and_time_of_the_year(
    outcomes: list[Outcome],
) -> None:
    groups = {
        "all": outcomes,
        **{shape: [o for o in outcomes if o.shape == shape] for shape in SHAPES},
        "ten units or fewer": [
            o for o in outcomes if o.history.spec.kind == TargetKind.COUNT and o.history.way <= 10
        ],
    }
    measured = {name: row(group) for name, group in groups.items()}
    assert published() == {name: pytest.approx(numbers, abs=1) for name, numbers in measured.items()}


def test_the_same_seed_makes_the_same_years() -> None:
    assert [*islice(histories("seasonal", 1), 20)] == [*islice(histories("seasonal", 1), 20)]
