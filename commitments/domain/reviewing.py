"""The time that a reviewer has for a report."""

from datetime import date

from .workdays import workdays_after

# A report that has waited longer is late through its reviewer, never through its agency.
REVIEW_DAYS = 5


def is_slow_review(reported_on: date, today: date, holidays: str) -> bool:
    """Tell whether a report has waited for over five working days; the day it came on is not counted."""
    return today > workdays_after(reported_on, REVIEW_DAYS, holidays)
