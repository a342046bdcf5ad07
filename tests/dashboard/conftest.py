from datetime import UTC, datetime

import pytest
from pytest_django import Settings


@pytest.fixture
def demo_clock(settings: Settings) -> None:
    settings.DEMO_CLOCK = (datetime(2023, 9, 28, 1, tzinfo=UTC), datetime.now(UTC))
