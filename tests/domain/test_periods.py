from datetime import date

import pytest

from commitments.domain.enums import Freshness
from commitments.domain.periods import (
    Period,
    ReportingCalendar,
    freshness,
    iso_week,
    month_after,
    month_start,
    week_start,
)

from .cases import CALENDAR, START, STATISTICS


@pytest.mark.parametrize(
    ("day", "due", "closes"),
    [
        (date(2023, 7, 1), date(2023, 8, 7), date(2023, 8, 14)),  # the 5th and the 12th are Saturdays
        (date(2023, 8, 31), date(2023, 9, 5), date(2023, 9, 11)),  # the 10th is a Sunday
        (
            date(2023, 9, 30),
            date(2023, 10, 7),
            date(2023, 10, 12),
        ),  # a Saturday worked for the National Day week
        (date(2023, 12, 31), date(2024, 1, 5), date(2024, 1, 10)),
        (date(2031, 9, 30), date(2031, 10, 6), date(2031, 10, 13)),  # not known yet: plain weekends
    ],
)
def test_due_day_and_last_day_of_grace_are_working_days(day: date, due: date, closes: date) -> None:
    assert (CALENDAR.due_on(day), CALENDAR.closes_on(day)) == (due, closes)


def test_without_grace_a_report_closes_when_it_is_due() -> None:
    assert ReportingCalendar(due_day=5, grace_days=0).closes_on(date(2023, 8, 31)) == date(2023, 9, 5)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2023, 1, 1), date(2023, 1, 1), date(2023, 1, 31)),
        (date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 12, 31), date(2023, 12, 1), date(2023, 12, 31)),
    ],
)
def test_a_report_is_about_a_month(day: date, first: date, last: date) -> None:
    assert CALENDAR.period_of(day) == Period(first, last)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2023, 1, 1), date(2023, 1, 1), date(2023, 2, 28)),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 2, 29)),
        (date(2023, 3, 1), date(2023, 3, 1), date(2023, 3, 31)),
    ],
)
def test_official_statistics_publish_january_and_february_together(
    day: date, first: date, last: date
) -> None:
    assert STATISTICS.period_of(day) == Period(first, last)


def test_their_first_publication_closes_in_april() -> None:
    """Due on 25 March 2023, a Saturday, so on the 27th; 1 April is a Saturday too."""
    assert STATISTICS.due_on(date(2023, 1, 15)) == date(2023, 3, 27)
    assert STATISTICS.closes_on(date(2023, 1, 15)) == date(2023, 4, 3)


@pytest.mark.parametrize(
    ("calendar", "on", "first"),
    [
        (CALENDAR, date(2023, 9, 30), date(2023, 8, 1)),
        (CALENDAR, date(2023, 10, 1), date(2023, 9, 1)),
        (CALENDAR, date(2023, 2, 1), date(2023, 1, 1)),
        (STATISTICS, date(2023, 1, 31), date(2022, 12, 1)),
        (STATISTICS, date(2023, 2, 28), date(2022, 12, 1)),
        (STATISTICS, date(2023, 3, 1), date(2023, 1, 1)),
        (STATISTICS, date(2023, 4, 1), date(2023, 3, 1)),
    ],
)
def test_the_last_complete_period_was_over_before_the_day(
    calendar: ReportingCalendar, on: date, first: date
) -> None:
    assert calendar.last_complete(on).first == first


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
    assert freshness(CALENDAR, START, latest_on, on) == expected


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
    assert freshness(CALENDAR, START, latest_on, date(2023, 10, 1)) == expected


def test_a_long_grace_keeps_several_months_open() -> None:
    patient = ReportingCalendar(due_day=5, grace_days=50)
    found = [freshness(patient, START, None, on) for on in (date(2023, 3, 28), date(2023, 3, 29))]
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
    assert freshness(STATISTICS, START, latest_on, on) == expected


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [(date(2023, 9, 1), Freshness.CURRENT), (date(2023, 8, 31), Freshness.LATE)],
)
def test_nothing_is_awaited_for_the_time_before_a_target_started(
    starts_on: date, expected: Freshness
) -> None:
    assert freshness(CALENDAR, starts_on, None, date(2023, 9, 28)) == expected


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2023, 9, 28), "2023-W39"),
        (date(2023, 1, 1), "2022-W52"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_iso_weeks_belong_to_their_thursdays_year(day: date, week: str) -> None:
    assert iso_week(day) == week


def test_a_week_starts_on_monday() -> None:
    assert week_start("2023-W39") == date(2023, 9, 25)


@pytest.mark.parametrize("week", ["2023-39", "2023-W54", "W39", "2023-W39 ", "x2023-W39"])
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(ValueError, match="week"):
        week_start(week)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2023, 12, 31), date(2024, 1, 1)),
        (date(2023, 1, 1), date(2023, 2, 1)),
        (date(2023, 1, 31), date(2023, 2, 1)),
        (date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_the_month_after_begins_on_its_first_day(day: date, after: date) -> None:
    assert (month_start(day), month_after(day)) == (day.replace(day=1), after)
