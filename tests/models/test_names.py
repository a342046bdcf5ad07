"""What rows are called in lists and logs."""

from decimal import Decimal

from commitments.models import ProgressEntry, Target
from tests.factories import TODAY


def test_an_entry_is_called_by_day_and_value() -> None:
    assert str(ProgressEntry(target=Target(code="LIV-01"), effective_on=TODAY, value=Decimal("40.00"))) == (
        "LIV-01 2023-09-28: 40"
    )


def test_a_ratio_is_called_by_both_its_parts() -> None:
    entry = ProgressEntry(
        target=Target(code="LIV-01"), effective_on=TODAY, value=Decimal(190), denominator=Decimal("200.00")
    )
    assert str(entry) == "LIV-01 2023-09-28: 190 / 200"
