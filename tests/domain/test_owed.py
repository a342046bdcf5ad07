"""Which periods lack a figure, and when that is late."""

from datetime import date

import pytest

from commitments.domain.enums import Accumulation, Freshness
from commitments.domain.owed import unsettled
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading, standing
from commitments.domain.workdays import CHINA

from .cases import CALENDAR, START, STATISTICS, day, ratio, reading, spec, total_freshness

MAY = date(2023, 5, 1)
LATER_SETTLES = (Accumulation.RUNNING_TOTAL, Accumulation.LEVEL)
EACH_ITS_OWN = (Accumulation.INCREMENTS, Accumulation.RATIO)


def lacking(accumulation: Accumulation, *readings: Reading, inclusive: tuple[int, ...] = ()) -> list[int]:
    """Return the months before May that lack a figure."""
    target = spec(accumulation=accumulation)
    found = standing(target, readings, MAY, inclusive=inclusive)
    return [period.first.month for period in unsettled(target, found, CALENDAR, MAY)]


@pytest.mark.parametrize("accumulation", LATER_SETTLES)
def test_a_later_total_or_level_settles_earlier_periods(accumulation: Accumulation) -> None:
    assert lacking(accumulation, reading(70, 5)) == [4]


def test_an_amount_settles_its_own_period_alone() -> None:
    assert lacking(Accumulation.INCREMENTS, reading(70, 5)) == [1, 2, 4]


def test_parts_of_a_ratio_settle_their_own_period_alone() -> None:
    assert lacking(Accumulation.RATIO, ratio(70, 1, 2)) == [1, 2, 4]


def test_a_typed_0_settles_its_period() -> None:
    assert lacking(Accumulation.INCREMENTS, reading(10, 0), reading(40, 0), reading(70, 5)) == [4]


@pytest.mark.parametrize("accumulation", EACH_ITS_OWN)
def test_a_figure_that_includes_all_before_settles_what_was_missed(accumulation: Accumulation) -> None:
    assert lacking(accumulation, ratio(10, 1, 2), ratio(70, 5, 9), inclusive=(70,)) == [4]


def test_what_includes_all_before_settles_nothing_after_it() -> None:
    assert lacking(Accumulation.INCREMENTS, reading(10, 1), reading(100, 1), inclusive=(10,)) == [2, 3]


def test_of_two_readings_that_include_all_before_the_newer_counts() -> None:
    found = lacking(Accumulation.INCREMENTS, reading(70, 1), reading(40, 1), inclusive=(40, 70))
    assert found == [4]


def test_january_and_february_are_one_period_of_official_statistics() -> None:
    target = spec(accumulation=Accumulation.RATIO)
    found = standing(target, [ratio(10, 1, 2)], MAY)
    assert [period.first.month for period in unsettled(target, found, STATISTICS, MAY)] == [3, 4]


def test_nothing_is_awaited_for_the_time_after_the_due_date() -> None:
    target = spec(accumulation=Accumulation.LEVEL, due_on=day(40))
    assert [period.first.month for period in unsettled(target, standing(target, [], MAY), CALENDAR, MAY)] == [
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("latest_on", "on", "expected"),
    [
        (date(2023, 8, 1), date(2023, 9, 28), Freshness.CURRENT),
        (date(2023, 7, 31), date(2023, 9, 11), Freshness.DUE),
        (date(2023, 7, 31), date(2023, 9, 12), Freshness.LATE),
        (None, date(2023, 2, 13), Freshness.DUE),
        (None, date(2023, 2, 14), Freshness.LATE),
        (None, date(2023, 1, 31), Freshness.CURRENT),
    ],
)
def test_freshness_looks_at_the_last_full_month(
    latest_on: date | None, on: date, expected: Freshness
) -> None:
    assert total_freshness(CALENDAR, START, latest_on, on) == expected


@pytest.mark.parametrize(
    ("latest_on", "expected"),
    [
        (date(2023, 7, 31), Freshness.LATE),
        (date(2023, 8, 1), Freshness.DUE),
        (date(2023, 9, 1), Freshness.CURRENT),
    ],
)
def test_a_missed_report_stays_late_when_the_next_one_is_awaited(
    latest_on: date, expected: Freshness
) -> None:
    assert total_freshness(CALENDAR, START, latest_on, date(2023, 10, 1)) == expected


def test_a_long_grace_keeps_several_months_open() -> None:
    patient = ReportingCalendar(due_day=5, grace_days=50, holidays=CHINA)
    found = [total_freshness(patient, START, None, on) for on in (date(2023, 3, 28), date(2023, 3, 29))]
    assert found == [Freshness.DUE, Freshness.LATE]


@pytest.mark.parametrize(
    ("latest_on", "on", "expected"),
    [
        (None, date(2023, 2, 28), Freshness.CURRENT),
        (None, date(2023, 3, 1), Freshness.DUE),
        (None, date(2023, 4, 3), Freshness.DUE),
        (None, date(2023, 4, 4), Freshness.LATE),
        (date(2023, 2, 28), date(2023, 3, 31), Freshness.CURRENT),
        (date(2023, 2, 28), date(2023, 4, 4), Freshness.DUE),
    ],
)
def test_no_statistics_are_awaited_for_january_alone(
    latest_on: date | None, on: date, expected: Freshness
) -> None:
    assert total_freshness(STATISTICS, START, latest_on, on) == expected


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [(date(2023, 9, 1), Freshness.CURRENT), (date(2023, 8, 31), Freshness.LATE)],
)
def test_nothing_is_awaited_for_the_time_before_a_target_started(
    starts_on: date, expected: Freshness
) -> None:
    assert total_freshness(CALENDAR, starts_on, None, date(2023, 9, 28)) == expected
