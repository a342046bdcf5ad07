"""The reporting calendar and ISO weeks; all days are days of the plan's own calendar."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from .workdays import next_workday, workdays_after

WEEK = re.compile(r"(\d{4})-W(\d{2})")
ONE_DAY = timedelta(days=1)
FEBRUARY = 2


class Period(NamedTuple):
    """First and last day that one report covers."""

    first: date
    last: date


class ReportingCalendar(NamedTuple):
    """The due days of reports: `due_day` of the month after a period, late `grace_days` days after that.

    A due day or last day of grace that is no working day by the holiday calendar `holidays` moves to the next
    working day. `official` is the calendar of official statistics. A silence before their first publication has
    no meaning. With `joins_january`, they are published for January and February together.
    """

    due_day: int
    grace_days: int
    holidays: str
    official: bool = False
    joins_january: bool = False

    def period_of(self, day: date) -> Period:
        """Return the period of the day's figures."""
        return _period_of(self, day)

    def due_on(self, day: date) -> date:
        """Return the day on which the report for the day's period is due."""
        return _due_on(self, day)

    def closes_on(self, day: date) -> date:
        """Return the last day on which the report for the day's period is in time, grace included."""
        return _closes_on(self, day)

    def extended_to(self, returned_on: date) -> date:
        """Return the last day in time for a report that was returned: the grace after it, in working days."""
        return workdays_after(returned_on, self.grace_days, self.holidays)


@lru_cache(maxsize=4096)
def _period_of(calendar: ReportingCalendar, day: date) -> Period:
    if calendar.joins_january and day.month <= FEBRUARY:
        return Period(date(day.year, 1, 1), date(day.year, 3, 1) - ONE_DAY)
    return Period(month_start(day), month_after(day) - ONE_DAY)


@lru_cache(maxsize=4096)
def _due_on(calendar: ReportingCalendar, day: date) -> date:
    due_on = month_after(calendar.period_of(day).last).replace(day=calendar.due_day)
    return next_workday(due_on, calendar.holidays)


@lru_cache(maxsize=4096)
def _closes_on(calendar: ReportingCalendar, day: date) -> date:
    return next_workday(calendar.due_on(day) + timedelta(days=calendar.grace_days), calendar.holidays)


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_after(day: date) -> date:
    """Return the first day of the next month."""
    return (month_start(day) + timedelta(days=32)).replace(day=1)


@lru_cache(maxsize=4096)
def complete_periods(
    calendar: ReportingCalendar, starts_on: date, due_on: date, on: date
) -> tuple[Period, ...]:
    """Return the periods between two days that were over before the day `on`, oldest first."""
    found, period = [], calendar.period_of(starts_on)
    while period.last < on and period.first <= due_on:
        found.append(period)
        period = calendar.period_of(period.last + ONE_DAY)
    return tuple(found)


def iso_week(day: date) -> str:
    """Return the ISO 8601 week of the day, such as `2023-W39`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_start(week: str) -> date:
    """Return the Monday of an ISO week; raise ValueError unless the week exists, as `2023-W39`."""
    match = WEEK.fullmatch(week)
    if not match:
        raise ValueError(f"not an ISO week: {week!r}")
    return date.fromisocalendar(int(match[1]), int(match[2]), 1)
