"""Which periods of a target lack a figure, and whether what is lacking is late."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from .enums import Accumulation, Freshness
from .periods import Period, ReportingCalendar, complete_periods
from .readings import BY_PERIOD, Standing
from .targets import TargetSpec


def freshness(spec: TargetSpec, standing: Standing, calendar: ReportingCalendar, on: date) -> Freshness:
    """Return whether every report is there (current), one is awaited (due), or one was not in time (late).

    It stays late until the missing figure is there: the next period's end makes nobody punctual again.
    """
    day = oldest_lacking(spec, standing, calendar, on)
    if day is None:
        return Freshness.CURRENT
    return Freshness.DUE if on <= calendar.closes_on(day) else Freshness.LATE


def oldest_lacking(
    spec: TargetSpec, standing: Standing, calendar: ReportingCalendar, on: date
) -> date | None:
    """Return the last day of the oldest period that lacks a figure, or the day the oldest open stage was due."""
    if spec.accumulation == Accumulation.STAGES:
        return standing.overdue_since
    oldest = next(unsettled(spec, standing, calendar, on), None)
    return oldest.last if oldest else None


def unsettled(
    spec: TargetSpec, standing: Standing, calendar: ReportingCalendar, on: date
) -> Iterator[Period]:
    """Yield the periods, over before the day, that lack a figure, oldest first.

    A later total or level settles the periods before it. An amount or part of a ratio settles its own period, and
    those before it only where it includes all since the last report. While a target stood reached no report was
    due, up to the period in which its lowering began to count.
    """
    since = standing.lowered_on or date.min
    periods = complete_periods(calendar, spec.starts_on, spec.due_on, on)
    if spec.accumulation not in BY_PERIOD:
        return iter(_begun_after(max(since, standing.latest_on or date.min), periods))
    included = standing.included_in or date.min
    reported = {calendar.period_of(day) for day in standing.reported_on}
    return (
        period
        for period in _begun_after(since, periods)
        if period.last >= included and period not in reported
    )


def _begun_after(day: date, periods: Sequence[Period]) -> Sequence[Period]:
    """Return the periods, oldest first, that begin after the day."""
    return periods[bisect_right(periods, day, key=attrgetter("first")) :]
