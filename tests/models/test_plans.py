from datetime import UTC, date, datetime

import pytest

from commitments.models import Plan


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", 29), ("UTC", 28), ("America/New_York", 28)])
def test_a_day_is_that_of_the_plans_calendar(zone: str, day: int) -> None:
    instant = datetime(2023, 9, 28, 16, 30, tzinfo=UTC)
    assert Plan(time_zone=zone).day_at(instant) == date(2023, 9, day)
