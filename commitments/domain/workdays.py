"""Working days in China: the State Council's holidays and the weekends worked for them (调休)."""

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Monday to Friday in years whose holidays are not known, as those of next year until they are published."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


@lru_cache(maxsize=4096)
def next_workday(day: date) -> date:
    """The day itself if it is a working day."""
    while not is_workday(day):
        day += ONE_DAY
    return day
