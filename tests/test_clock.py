from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from commitments import clock

REAL = datetime(2026, 1, 5, 1, tzinfo=UTC)


@pytest.fixture
def demo(settings: object) -> None:
    settings.DEMO_CLOCK = (datetime(2023, 9, 28, 1, tzinfo=UTC), REAL)  # type: ignore[attr-defined]


@time_machine.travel(REAL, tick=False)
def test_time_is_real_without_a_demo_clock() -> None:
    assert clock.now() == REAL


@pytest.mark.usefixtures("demo")
@time_machine.travel(REAL + timedelta(hours=2), tick=False)
def test_a_demo_clock_runs_on() -> None:
    assert clock.now() == datetime(2023, 9, 28, 3, tzinfo=UTC)


@time_machine.travel(datetime(2023, 12, 31, 16, 30, tzinfo=UTC), tick=False)
def test_today_is_the_calendars_own() -> None:
    assert clock.today("Asia/Shanghai") == date(2024, 1, 1)
