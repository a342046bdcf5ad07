from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.dashboard import numbers
from commitments.models import Target


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("76.0000", "76"),
        ("7900.0000", "7,900"),
        ("5.2000", "5.2"),
        ("-3.4", "−3.4"),
        ("0.0000", "0"),
        ("-0.0", "0"),
    ],
)
def test_numbers_have_separators_and_no_trailing_zeros(value: str, text: str) -> None:
    assert numbers.exact(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("56.3736", "56.4"), ("99.96", "100"), ("234.3956", "234"), ("-0.04", "0"), ("-156.6", "−157")],
)
def test_computed_numbers_show_a_tenth_at_most(value: str, text: str) -> None:
    assert numbers.rounded(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.49", "+12.5"), ("-5.75", "−5.8"), ("0.43", "+0.4"), ("0.00", "0"), ("-0.04", "0")],
)
def test_gaps_have_a_sign(value: str, text: str) -> None:
    assert numbers.signed(Decimal(value)) == text


@pytest.mark.parametrize(
    ("language", "unit", "text"),
    [("zh-hans", "个", "76个"), ("en", "个", "76 communities"), ("zh-hans", "%", "76%"), ("en", "%", "76%")],
)
def test_units_follow_the_language(language: str, unit: str, text: str) -> None:
    target = Target(unit=unit, unit_en="%" if unit == "%" else "communities")
    with override(language):
        assert numbers.with_unit("76", target) == text
