from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.texts import LONGEST
from commitments.spreadsheets.reader.cells import BrokenCell, as_text
from commitments.spreadsheets.reader.days import day_of_serial, parse_day
from commitments.spreadsheets.reader.figures import Figure, parse_figure
from commitments.spreadsheets.reader.problems import CellError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40", "40"),
        ("１２３４．５", "1234.5"),
        ("1,234,567.5", "1234567.5"),
        ("１，２３４", "1234"),
        ("-3.50", "-3.50"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("+7", "7"),
        ("1 234", "1234"),
        ("1.2E+05", "120000"),
        (" 8 ", "8"),
    ],
)
def test_a_figure_is_read_as_people_write_it(text: str, value: str) -> None:
    assert parse_figure(text) == Figure(Decimal(value))


@pytest.mark.parametrize(
    "text",
    ["", "abc", "12万", "1,23", "0,125", "1.2.3", "1,234,5", "1.234,5", "--3", "1E9999", "∞", "NaN", "5%%"],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_figure(text)


@pytest.mark.parametrize("text", ["5.3%", "5.3 %", "５．３％"])
def test_percent_is_told(text: str) -> None:
    assert parse_figure(text) == Figure(Decimal("5.3"), percent=True)


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-28",
        "2023/9/28",
        "2023.9.28",
        "2023年9月28日",
        "２０２３年９月２８日",
        "20230928",
        "45197",
        "45197.0",
        "2023-09-28 00:00:00",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert parse_day(text) == date(2023, 9, 28)


@pytest.mark.parametrize("text", ["", "28.9.2023", "2023-13-01", "20231301", "2023-09", "9月28日", "1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_day(text)


def test_a_text_longer_than_a_cell_may_hold_is_refused() -> None:
    assert as_text("长" * LONGEST) == "长" * LONGEST
    with pytest.raises(CellError):
        as_text("长" * (LONGEST + 1))


def test_macs_used_to_count_days_from_1904() -> None:
    assert day_of_serial(43735, from_1904=True) == date(2023, 9, 28)


def test_a_day_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(CellError):
        day_of_serial(10**9)


@pytest.mark.parametrize(("text", "said"), [("12万", "120000"), ("三十", "in digits"), ("abc", "1,234.5")])
def test_what_is_no_number_says_how_to_write_it(text: str, said: str) -> None:
    with pytest.raises(CellError, match="is not a number") as refusal:
        parse_figure(text)
    assert said in refusal.value.message


def test_a_cell_with_an_error_is_no_text() -> None:
    with pytest.raises(CellError, match="error"):
        as_text(BrokenCell("#REF!", "an error"))
