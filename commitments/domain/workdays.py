"""Working days in China: the State Council's holidays and the weekends worked for them (调休)."""

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Tell whether the day is a working day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    # Holidays are unknown until they are published, as those of next year: Monday to Friday are worked
    # then.
    except NotImplementedError:
        return day.isoweekday() <= 5


@lru_cache(maxsize=4096)
def next_workday(day: date) -> date:
    """Return the day itself if it is a working day, else the next one."""
    while not is_workday(day):
        day += ONE_DAY
    return day
