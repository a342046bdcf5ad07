from decimal import Decimal

import pytest

from commitments.domain.numbers import parse_number

UNDERSTOOD = [
    ("41", "41"),
    (" 41 ", "41"),
    ("-3", "-3"),
    ("−3", "-3"),
    ("+3", "3"),
    ("4.25", "4.25"),
    ("1,234,567.5", "1234567.5"),
    ("1 234", "1234"),
    ("１２３", "123"),
    ("１，２３４", "1234"),
    ("１２．５", "12.5"),
    ("12。5", "12.5"),
    ("－３", "-3"),
    ("007", "7"),
]
NOT_UNDERSTOOD = [
    "",
    "abc",
    "1,2",
    "12,34",
    "0,125",
    "1 2",
    "1.",
    ".5",
    "1.2.3",
    "1e3",
    "NaN",
    "Infinity",
    "二十",
    "2.8万",
    "2①",
    "2³",
    "１②",
    "½",
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_numbers_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("41个", "个"),
        ("41 个", "个"),
        ("5%", "%"),
        ("5％", "%"),
        ("5%", "％"),
        ("5m²", "m²"),
        ("5 km²", "km²"),
    ],
)
def test_the_unit_itself_is_understood(text: str, unit: str) -> None:
    assert parse_number(text, unit) in (41, 5)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_no_number_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@pytest.mark.parametrize(("text", "unit"), [("41人", "个"), ("5 mm", "m"), ("5 m2", "m"), ("5%以上", "%")])
def test_another_unit_is_not_guessed(text: str, unit: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text, unit)
