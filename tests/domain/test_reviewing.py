"""A reviewer is slow after five working days of the plan's calendar."""

from datetime import date

import pytest

from commitments.domain.reviewing import is_slow_review
from commitments.domain.workdays import workdays_since

MONDAY = date(2023, 9, 11)


@pytest.mark.parametrize(
    ("reported", "today", "slow"),
    [
        (MONDAY, date(2023, 9, 18), False),
        (MONDAY, date(2023, 9, 19), True),
        (date(2023, 9, 9), date(2023, 9, 15), False),
        (date(2023, 9, 9), date(2023, 9, 16), True),
        # From 29 September to 6 October nobody works; the 7th and 8th are worked for it.
        (date(2023, 9, 28), date(2023, 10, 11), False),
        (date(2023, 9, 28), date(2023, 10, 12), True),
    ],
)
def test_a_review_is_slow_after_five_working_days(reported: date, today: date, slow: bool) -> None:
    assert is_slow_review(reported, today, "CN") is slow


@pytest.mark.parametrize(
    ("day", "days"), [(MONDAY, 0), (date(2023, 9, 12), 1), (date(2023, 9, 17), 4), (date(2023, 9, 18), 5)]
)
def test_the_day_itself_is_not_counted(day: date, days: int) -> None:
    assert workdays_since(MONDAY, day, "") == days
