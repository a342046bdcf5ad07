"""The periods of a plan for which figures are reported."""

from collections.abc import Iterable
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext

from ..domain.enums import TargetKind
from ..domain.periods import Period, ReportingCalendar, month_after
from ..models import Plan, ProgressEntry, Target


def code(period: Period) -> str:
    """Return the period's name in an address, such as 2023-09."""
    return f"{period.first:%Y-%m}"


def name(period: Period) -> str:
    """Return the period's name in the reader's language."""
    return format_date(period.first, pgettext("month of a year", "F Y"))


def month_name(period: Period) -> str:
    """Return the name of the month that the period ends with, without the year: `September`, `9月`."""
    return format_date(period.last, pgettext("month alone", "F"))


def names(periods: Iterable[Period]) -> str:
    """Return the names of several periods in the reader's language; empty for none."""
    return pgettext("between periods", ", ").join(map(name, periods))


def monthly_calendar(plan: Plan) -> ReportingCalendar:
    """Return the calendar of the plan's monthly reports."""
    return ReportingCalendar(plan.reporting_due_day, plan.reporting_grace_days, plan.holidays)


def calendar_of(plan: Plan, kind: str) -> ReportingCalendar:
    """Return the reporting calendar for targets of a kind; growth rates follow that of official statistics."""
    if kind != TargetKind.GROWTH_RATE:
        return monthly_calendar(plan)
    return ReportingCalendar(
        plan.statistics_due_day,
        plan.reporting_grace_days,
        plan.holidays,
        official=True,
        joins_january=plan.joins_january,
    )


def period_of(target: Target, day: date) -> Period:
    """Return the period that a figure of the day belongs to."""
    return calendar_of(target.commitment.plan, target.kind).period_of(day)


def period_of_entry(entry: ProgressEntry) -> Period:
    """Return the period that an entry belongs to; words about a commitment belong to a month."""
    calendar = calendar_of(entry.commitment.plan, entry.target.kind if entry.target else "")
    return calendar.period_of(entry.effective_on)


def periods_of(plan: Plan, today: date) -> list[Period]:
    """Return the plan's months that have begun, newest first."""
    calendar = monthly_calendar(plan)
    found, day = [], plan.starts_on
    while day <= min(today, plan.ends_on):
        found.append(calendar.period_of(day))
        day = month_after(day)
    return found[::-1]


def newest_over(plan: Plan, today: date) -> Period:
    """Return the newest month that is over, or the first one; the plan has begun."""
    periods = periods_of(plan, today)
    return next((period for period in periods if period.last < today), periods[-1])


def is_reported_for(plan: Plan, day: date, today: date) -> bool:
    """Return whether the day ends a period of the plan that has begun."""
    return any(period.last == day for period in periods_of(plan, today))
