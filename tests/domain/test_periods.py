from datetime import date

import pytest

from commitments.domain.periods import ReportingCalendar, freshness, iso_week, month_after, week_start
from commitments.domain.words import Freshness

CALENDAR = ReportingCalendar(due_day=5, grace_days=5)
START = date(2023, 1, 1)


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (date(2023, 8, 1), date(2023, 9, 10)),
        (date(2023, 12, 31), date(2024, 1, 10)),
        (date(2023, 1, 31), date(2023, 2, 10)),
    ],
)
def test_a_months_report_is_in_time_until_grace_ends(day: date, closes: date) -> None:
    assert CALENDAR.closes_on(day) == closes


@pytest.mark.parametrize(
    ("latest_on", "on", "expected"),
    [
        (date(2023, 8, 1), date(2023, 9, 28), Freshness.CURRENT),
        (date(2023, 7, 31), date(2023, 9, 10), Freshness.DUE),
        (date(2023, 7, 31), date(2023, 9, 11), Freshness.LATE),
        (None, date(2023, 2, 10), Freshness.DUE),
        (None, date(2023, 2, 11), Freshness.LATE),
        (None, date(2023, 1, 31), Freshness.CURRENT),
    ],
)
def test_freshness_looks_at_the_last_full_month(
    latest_on: date | None, on: date, expected: Freshness
) -> None:
    assert freshness(CALENDAR, START, latest_on, on) == expected


def test_nothing_is_awaited_for_the_time_before_a_target_started() -> None:
    assert freshness(CALENDAR, date(2023, 9, 1), None, date(2023, 9, 28)) == Freshness.CURRENT


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2023, 9, 28), "2023-W39"), (date(2023, 1, 1), "2022-W52"), (date(2024, 12, 30), "2025-W01")],
)
def test_iso_weeks_belong_to_their_thursdays_year(day: date, week: str) -> None:
    assert iso_week(day) == week


def test_a_week_starts_on_monday() -> None:
    assert week_start("2023-W39") == date(2023, 9, 25)


@pytest.mark.parametrize("week", ["2023-39", "2023-W54", "W39"])
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(ValueError, match="week"):
        week_start(week)


def test_the_month_after_december_is_january() -> None:
    assert month_after(date(2023, 12, 31)) == date(2024, 1, 1)
