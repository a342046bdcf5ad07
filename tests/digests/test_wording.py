from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.digests.lines import Measure


def measure(progress: Decimal | None) -> Measure:
    return Measure("target 38 roads", progress, None, date(2023, 12, 31))


@pytest.mark.parametrize(("progress", "percent"), [(None, 0), ("-0.5", 0), ("0.5263", 52), ("1.7", 100)])
def test_a_bar_is_never_longer_than_its_place(progress: str | None, percent: int) -> None:
    assert measure(Decimal(progress) if progress else None).percent == percent


@override("en")
def test_a_due_day_is_written_as_people_write_it() -> None:
    assert measure(None).due == "31 December 2023"
