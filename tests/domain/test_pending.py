from decimal import Decimal

import pytest

from commitments.domain.enums import Accumulation
from commitments.domain.pending import Waiting, later_than, with_waiting
from commitments.domain.readings import Reading, Standing
from commitments.domain.targets import TargetSpec

from .cases import day, level, reading, spec, staged

AMOUNTS = spec(accumulation=Accumulation.INCREMENTS)
JULY, AUGUST = reading(31, 40), Reading(day(62), Decimal(45), 900)
STANDING = Standing(actual=Decimal(40), latest=(JULY,))


def test_a_figure_that_waits_comes_before_what_counts() -> None:
    assert with_waiting(spec(), STANDING, [Waiting(AUGUST)]).latest == (AUGUST, JULY)


def test_three_readings_are_enough() -> None:
    many = [Waiting(Reading(day(number), Decimal(41), number)) for number in range(60, 64)]
    assert len(with_waiting(spec(), STANDING, many).latest) == 3


def test_a_waiting_correction_takes_the_place_of_what_it_corrects() -> None:
    correction = Waiting(Reading(day(31), Decimal(25), 900), corrects=JULY.entry, instead_of=JULY.value)
    found = with_waiting(AMOUNTS, STANDING, [correction])
    assert (found.latest, found.actual) == ((correction.reading,), Decimal(25))


def test_amounts_that_wait_are_added_up() -> None:
    assert with_waiting(AMOUNTS, STANDING, [Waiting(AUGUST)]).actual == Decimal(85)
    assert with_waiting(AMOUNTS, Standing(), [Waiting(AUGUST)]).actual == Decimal(45)


@pytest.mark.parametrize("target", [spec(), level()])
def test_the_newest_total_or_level_is_what_is_reached(target: TargetSpec) -> None:
    assert with_waiting(target, STANDING, [Waiting(AUGUST)]).actual == Decimal(45)
    assert with_waiting(target, STANDING, [Waiting(reading(1, 20))]).actual == Decimal(40)


def test_a_waiting_correction_of_a_total_is_what_is_reached() -> None:
    correction = Waiting(Reading(day(31), Decimal(25), 900), corrects=JULY.entry)
    assert with_waiting(spec(), STANDING, [correction]).actual == Decimal(25)


def test_a_ratio_stays_what_counts_makes_it() -> None:
    waiting = [Waiting(AUGUST._replace(denominator=Decimal(50)))]
    assert with_waiting(spec(accumulation=Accumulation.RATIO), STANDING, waiting).actual == Decimal(40)


def test_stages_stay_as_they_are() -> None:
    assert with_waiting(staged(), STANDING, [Waiting(AUGUST)]) == STANDING


@pytest.mark.parametrize(
    ("previous", "waiting", "expected"),
    [
        (JULY, [Waiting(AUGUST)], AUGUST),
        (None, [Waiting(JULY)], JULY),
        (AUGUST, [Waiting(JULY)], None),
        (JULY, [], None),
    ],
)
def test_only_what_is_later_stands_beside_the_previous_value(
    previous: Reading | None, waiting: list[Waiting], expected: Reading | None
) -> None:
    assert later_than(previous, waiting) == expected
