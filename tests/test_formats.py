from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments import formats
from commitments.templatetags import days, languages


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
    [
        ("56.3736", "56.4"),
        ("99.96", "100"),
        ("234.3956", "234"),
        ("12.25", "12.3"),
        ("100.5", "101"),
        ("-0.04", "0"),
        ("-156.6", "−157"),
    ],
)
def test_computed_numbers_show_a_tenth_at_most(value: str, text: str) -> None:
    assert formats.rounded(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12.49", "+12.5"),
        ("-5.75", "−5.8"),
        ("0.43", "+0.4"),
        ("-9.25", "−9.3"),
        ("0.00", "0"),
        ("-0.04", "0"),
    ],
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


@pytest.mark.parametrize(
    ("figure", "zh", "en"),
    [("9.2", "9.2个百分点", "9.2 points"), ("1", "1个百分点", "1 point"), ("−1", "−1个百分点", "−1 point")],
)
def test_a_distance_of_percentages_is_in_points(figure: str, zh: str, en: str) -> None:
    with override("zh-hans"):
        assert formats.points(figure) == zh
    with override("en"):
        assert formats.points(figure) == en


def test_a_share_is_a_percentage() -> None:
    assert formats.percent(Decimal("0.9500")) == "95%"


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "2023年9月5日"), ("en", "5 September 2023")])
def test_a_day_is_written_as_people_write_it(language: str, text: str) -> None:
    with override(language):
        assert formats.day(date(2023, 9, 5)) == text


@pytest.mark.parametrize(
    ("language", "headed", "sentence"), [("zh-hans", "甲：乙", "甲，乙。"), ("en", "a: b", "A, b.")]
)
def test_sentences_have_the_marks_of_their_language(language: str, headed: str, sentence: str) -> None:
    words = ("甲", "乙") if language == "zh-hans" else ("a", "b")
    with override(language):
        assert formats.headed(*words) == headed
        assert formats.sentence_of(words) == sentence


def test_names_follow_the_reader() -> None:
    with override("en"):
        assert formats.localised("渭滨区", "Weibin District") == "Weibin District"
        assert formats.localised("渭滨区", "") == "渭滨区 (Chinese only)"
    with override("zh-hans"):
        assert formats.localised("渭滨区", "Weibin District") == "渭滨区"
        assert formats.localised("", "Weibin District") == "Weibin District（仅有英文）"
        assert formats.localised("", "") == ""


def test_units_and_sheets_borrow_without_a_mark() -> None:
    with override("en"):
        assert formats.either("条", "") == "条"
    with override("zh-hans"):
        assert formats.either("", "km") == "km"


@pytest.mark.parametrize(
    ("language", "chinese", "english", "shown"),
    [
        ("en", "A<B区", "", '<span lang="zh-Hans">A&lt;B区</span> (Chinese only)'),
        ("zh-hans", "", "Weibin", '<span lang="en">Weibin</span>（仅有英文）'),
        ("zh-hans", "渭滨区", "", "渭滨区"),
    ],
)
def test_a_borrowed_text_says_its_language_on_a_page(
    language: str, chinese: str, english: str, shown: str
) -> None:
    with override(language):
        assert languages.in_its_language(formats.localised(chinese, english)) == shown


def test_a_page_shows_nothing_where_there_is_no_day() -> None:
    assert days.day(None) == ""


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2023, 9, 18), date(2023, 9, 24), "9月18日—24日", "18–24 Sep"),
        (date(2023, 9, 25), date(2023, 10, 1), "9月25日—10月1日", "25 Sep–1 Oct"),
        (date(2022, 12, 26), date(2023, 1, 1), "12月26日—1月1日", "26 Dec–1 Jan"),
    ],
)
def test_a_span_of_days_names_a_shared_month_once(
    first: date, last: date, chinese: str, english: str
) -> None:
    with override("zh-hans"):
        assert formats.days(first, last) == chinese
    with override("en"):
        assert formats.days(first, last) == english
