"""The reporting calendar and ISO weeks. All days are days of the plan's own calendar."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .words import Freshness

WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True)
class ReportingCalendar:
    """A month's report is due on `due_day` of the next month and late `grace_days` days after that."""

    due_day: int
    grace_days: int

    def closes_on(self, day: date) -> date:
        """The last day on which a report for the day's month is in time, grace included."""
        return month_after(day).replace(day=self.due_day) + timedelta(days=self.grace_days)


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (month_start(day) + timedelta(days=32)).replace(day=1)


def freshness(calendar: ReportingCalendar, starts_on: date, latest_on: date | None, on: date) -> Freshness:
    """Whether the report for the last full month is there (current), awaited (due) or late.

    Nothing is awaited for months that ended before the target started.
    """
    last_month_end = month_start(on) - timedelta(days=1)
    if last_month_end < starts_on:
        return Freshness.CURRENT
    if latest_on is not None and latest_on >= month_start(last_month_end):
        return Freshness.CURRENT
    return Freshness.DUE if on <= calendar.closes_on(last_month_end) else Freshness.LATE


def iso_week(day: date) -> str:
    """`2023-W39`: the ISO 8601 week of the day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_start(week: str) -> date:
    """The Monday of an ISO week. Raises ValueError for anything but an existing week such as `2023-W39`."""
    match = WEEK.fullmatch(week)
    if not match:
        raise ValueError(f"not an ISO week: {week!r}")
    return date.fromisocalendar(int(match[1]), int(match[2]), 1)
