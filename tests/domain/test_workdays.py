from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.domain.workdays import is_workday, next_workday


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 9, 28), True),
        (date(2023, 9, 23), False),
        (date(2023, 1, 28), True),
        (date(2023, 1, 29), True),
        (date(2023, 10, 6), False),
        (date(2023, 10, 7), True),
    ],
)
def test_holidays_and_the_weekends_worked_for_them_are_known(day: date, expected: bool) -> None:
    assert is_workday(day) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2031, 1, 3), True),
        (date(2031, 1, 4), False),
        (date(2031, 10, 1), True),
        (date(1999, 5, 1), False),
    ],
)
def test_years_without_known_holidays_have_plain_weekends(day: date, expected: bool) -> None:
    assert is_workday(day) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 9, 28), date(2023, 9, 28)),
        (date(2023, 9, 29), date(2023, 10, 7)),
        (date(2023, 1, 21), date(2023, 1, 28)),
        (date(2031, 1, 4), date(2031, 1, 6)),
    ],
)
def test_the_next_working_day_is_the_day_itself_or_the_first_one_after_it(day: date, expected: date) -> None:
    assert next_workday(day) == expected


@settings(max_examples=50)
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_no_holiday_lasts_longer_than_ten_days(day: date) -> None:
    found = next_workday(day)
    assert is_workday(found)
    assert timedelta(0) <= found - day <= timedelta(days=10)
