from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments import formats


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
    assert formats.exact(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("56.3736", "56.4"), ("99.96", "100"), ("234.3956", "234"), ("-0.04", "0"), ("-156.6", "−157")],
)
def test_computed_numbers_show_a_tenth_at_most(value: str, text: str) -> None:
    assert formats.rounded(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.49", "+12.5"), ("-5.75", "−5.8"), ("0.43", "+0.4"), ("0.00", "0"), ("-0.04", "0")],
)
def test_gaps_have_a_sign(value: str, text: str) -> None:
    assert formats.signed(Decimal(value)) == text


@pytest.mark.parametrize(
    ("language", "unit", "text"),
    [("zh-hans", "条", "38条"), ("en", "roads", "38 roads"), ("en", "%", "38%")],
)
def test_a_unit_stands_where_the_language_puts_it(language: str, unit: str, text: str) -> None:
    with override(language):
        assert formats.amount("38", unit) == text


def test_names_follow_the_reader() -> None:
    with override("en"):
        assert formats.localised("渭滨区", "Weibin District") == "Weibin District"
        assert formats.localised("渭滨区", "") == "渭滨区"
    with override("zh-hans"):
        assert formats.localised("渭滨区", "Weibin District") == "渭滨区"
