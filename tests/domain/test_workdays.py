from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.domain.workdays import CHINA, NO_HOLIDAYS, is_known, is_workday, next_workday


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
    assert is_workday(day, CHINA) is expected


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
    assert is_workday(day, CHINA) is expected


@pytest.mark.parametrize(
    ("day", "holidays", "expected"),
    [
        (date(2023, 10, 5), NO_HOLIDAYS, True),
        (date(2023, 10, 7), NO_HOLIDAYS, False),
        (date(2023, 12, 25), NO_HOLIDAYS, True),
        (date(2023, 12, 25), "GB-ENG", False),
        (date(2023, 11, 30), "GB-ENG", True),
        (date(2023, 11, 30), "GB-SCT", False),  # St Andrew's Day
        (date(2023, 10, 1), "AE", False),
        (date(2010, 10, 3), "AE", True),  # a Sunday, worked until 2021
    ],
)
def test_each_calendar_has_free_days_of_its_own(day: date, holidays: str, expected: bool) -> None:
    assert is_workday(day, holidays) is expected


def test_a_calendar_that_the_library_has_given_up_leaves_weekends() -> None:
    assert [is_workday(date(2023, 9, day), "ZZ") for day in (29, 30)] == [True, False]


@pytest.mark.parametrize("name", ["", "CN", "GB", "GB-ENG", "DE-BY", "HK"])
def test_countries_and_their_parts_have_calendars(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize("name", ["cn", "ZZ", "GB-", "GB-XYZ", "GBR", "GB ENG", "-", "China"])
def test_other_names_have_none(name: str) -> None:
    assert not is_known(name)


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
    assert next_workday(day, CHINA) == expected


@settings(max_examples=50)
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_no_holiday_lasts_longer_than_ten_days(day: date) -> None:
    found = next_workday(day, CHINA)
    assert is_workday(found, CHINA)
    assert timedelta(0) <= found - day <= timedelta(days=10)
