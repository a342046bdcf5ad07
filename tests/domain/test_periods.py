from datetime import date

import pytest

from commitments.domain.periods import (
    Period,
    ReportingCalendar,
    complete_periods,
    iso_week,
    month_after,
    month_start,
    week_start,
)
from commitments.domain.workdays import CHINA, NO_HOLIDAYS

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
    assert ReportingCalendar(due_day=5, grace_days=0, holidays=CHINA).closes_on(date(2023, 8, 31)) == date(
        2023, 9, 5
    )


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


def test_they_are_published_each_month_unless_the_plan_joins_january() -> None:
    monthly = STATISTICS._replace(joins_january=False)
    assert monthly.period_of(date(2023, 1, 1)) == Period(date(2023, 1, 1), date(2023, 1, 31))


@pytest.mark.parametrize(
    ("holidays", "due"),
    [
        (CHINA, date(2023, 10, 7)),  # a Saturday worked for the National Day week
        (NO_HOLIDAYS, date(2023, 10, 5)),
        ("GB-ENG", date(2023, 10, 5)),
    ],
)
def test_due_days_follow_the_plans_own_holidays(holidays: str, due: date) -> None:
    assert CALENDAR._replace(holidays=holidays).due_on(date(2023, 9, 30)) == due


def test_their_first_publication_closes_in_april() -> None:
    """Due on 25 March 2023, a Saturday, so on the 27th; 1 April is a Saturday too."""
    assert STATISTICS.due_on(date(2023, 1, 15)) == date(2023, 3, 27)
    assert STATISTICS.closes_on(date(2023, 1, 15)) == date(2023, 4, 3)


def periods(calendar: ReportingCalendar, due_on: date, on: date) -> list[date]:
    return [period.first for period in complete_periods(calendar, START, due_on, on)]


@pytest.mark.parametrize(
    ("calendar", "on", "newest"),
    [
        (CALENDAR, date(2023, 9, 30), date(2023, 8, 1)),
        (CALENDAR, date(2023, 10, 1), date(2023, 9, 1)),
        (CALENDAR, date(2023, 2, 1), date(2023, 1, 1)),
        (STATISTICS, date(2023, 3, 1), date(2023, 1, 1)),
        (STATISTICS, date(2023, 4, 1), date(2023, 3, 1)),
    ],
)
def test_the_newest_complete_period_was_over_before_the_day(
    calendar: ReportingCalendar, on: date, newest: date
) -> None:
    assert periods(calendar, date(2023, 12, 31), on)[-1] == newest


def test_before_the_first_period_is_over_there_is_none() -> None:
    assert periods(CALENDAR, date(2023, 12, 31), date(2023, 1, 31)) == []
    assert periods(STATISTICS, date(2023, 12, 31), date(2023, 2, 28)) == []


def test_no_period_begins_after_the_last_day() -> None:
    assert periods(CALENDAR, date(2023, 2, 10), date(2023, 9, 28)) == [date(2023, 1, 1), date(2023, 2, 1)]


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
