"""Working days by the holidays that a plan follows.

A holiday calendar is named by its country, such as `CN`, or by a part of one, such as `GB-ENG`. The empty name
stands for no holidays: only Saturdays and Sundays are free.
"""

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from holidays import HolidayBase, country_holidays

NO_HOLIDAYS = ""
# The State Council's holidays and the weekends worked for them (调休).
CHINA = "CN"
# A year in which every calendar is asked for its name only.
ANY_YEAR = 2023
ONE_DAY = timedelta(days=1)


def is_known(holidays: str) -> bool:
    """Tell whether there is a holiday calendar of the name, or the name is empty."""
    if holidays in (NO_HOLIDAYS, CHINA):
        return True
    country, dash, part = holidays.partition("-")
    # The library takes names of three letters too, but a calendar needs one name only.
    if len(country) != 2 or (dash and not part):
        return False
    try:
        _published(holidays, ANY_YEAR)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=4096)
def is_workday(day: date, holidays: str) -> bool:
    """Tell whether the day is a working day by a holiday calendar."""
    if holidays == NO_HOLIDAYS:
        return _is_weekday(day)
    try:
        if holidays == CHINA:
            return bool(chinese_calendar.is_workday(day))
        return _published(holidays, day.year).is_working_day(day)
    # Holidays are unknown until they are published, as those of next year in China: Monday to Friday are
    # worked then.
    except NotImplementedError:
        return _is_weekday(day)


@lru_cache(maxsize=4096)
def next_workday(day: date, holidays: str) -> date:
    """Return the day itself if it is a working day, else the next one."""
    while not is_workday(day, holidays):
        day += ONE_DAY
    return day


def workdays_after(day: date, number: int, holidays: str) -> date:
    """Return the working day that comes so many working days after the day."""
    for _ in range(number):
        day = next_workday(day + ONE_DAY, holidays)
    return day


def workdays_since(day: date, today: date, holidays: str) -> int:
    """Count the working days after the day, up to and including today."""
    return sum(
        is_workday(day + timedelta(days=number), holidays) for number in range(1, (today - day).days + 1)
    )


def _is_weekday(day: date) -> bool:
    return day.isoweekday() <= 5


@lru_cache(maxsize=64)
def _published(holidays: str, year: int) -> HolidayBase:
    """Return a year's holidays; raise NotImplementedError if there is no such calendar."""
    country, _, part = holidays.partition("-")
    return country_holidays(country, subdiv=part or None, years=year, expand=False)
