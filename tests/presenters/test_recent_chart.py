from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from commitments.domain.readings import Reading
from commitments.presenters.recent_chart import RecentChart, draw_recent


def readings(*values: int | str) -> list[Reading]:
    return [
        Reading(date(2023, month, 28), Decimal(value), month) for month, value in enumerate(values, start=1)
    ]


def drawn(*values: int | str, new: int | str = 30, day: int = 9, **given: object) -> RecentChart:
    facts = {"replaces": None, "planned": None} | given
    chart = draw_recent(readings(*values), Reading(date(2023, day, 1), Decimal(new), 99), **facts)  # type: ignore[arg-type]
    assert chart is not None
    return chart


def xs(chart: RecentChart) -> list[str]:
    return [point.x for point in (*chart.points, chart.new)]


def is_above(chart: RecentChart) -> list[bool]:
    return [float(point.words_y) < float(point.y) for point in (*chart.points, chart.new)]


def test_the_new_value_stands_behind_the_last_ones() -> None:
    chart = drawn(10, 20)
    assert xs(chart) == ["28", "82", "136"]
    assert chart.line == "28,58.0 82,40.0"
    assert chart.dash == "82,40.0 136,22.0"
    assert chart.own_column


def test_an_earlier_day_stands_before_the_later_ones() -> None:
    chart = drawn(10, 20, new=15, day=2)
    assert xs(chart) == ["28", "136", "82"]
    assert chart.dash == "28,58.0 82,40.0"


def test_nothing_leads_to_a_value_before_all_others() -> None:
    assert drawn(10, 20, new=5, day=1).dash == ""


def test_a_correction_stands_in_the_column_of_what_it_replaces() -> None:
    chart = drawn(10, 20, 30, new=25, replaces=2)
    assert xs(chart) == ["28", "82", "136", "82"]
    assert chart.dash == "82,40.0 82,31.0"
    assert not chart.own_column


def test_of_two_values_in_a_column_the_higher_has_its_figure_above() -> None:
    assert is_above(drawn(10, 20, new=25, replaces=2)) == [False, False, True]
    assert is_above(drawn(10, 20, new=15, replaces=2)) == [False, True, False]
    assert is_above(drawn(10, 20, new=20, replaces=2))[1:] == [False, True]


def test_crests_have_their_figures_above_and_hollows_below() -> None:
    assert is_above(drawn(10, 30, 5, new=20)) == [False, True, False, True]


def test_long_figures_stand_above_and_below_in_turn() -> None:
    assert is_above(drawn(1234567, 2345678, 3456789, new="4567890.5")) == [False, True, False, True]


def test_the_planned_value_is_a_line_with_its_figure() -> None:
    planned = drawn(10, 20, planned=Decimal("28.24")).planned
    assert planned is not None
    assert (planned.x1, planned.x2, planned.y) == ("20", "158", "25.2")
    with translation.override("en"):
        again = drawn(10, planned=Decimal("28.24")).planned
    assert again is not None
    assert again.words == "planned 28.2"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The last values that count: 9, 13. This report: 30."),
        ("zh-hans", "最近几次现行值：9、13；本次填报：30。"),
    ],
)
def test_it_is_told_in_words(language: str, words: str) -> None:
    with translation.override(language):
        assert drawn(9, 13).described == words


def test_a_ratio_is_drawn_by_its_percentage() -> None:
    half, most = (Reading(date(2023, 8, 28), Decimal(value), 1, Decimal(200)) for value in (100, 190))
    chart = draw_recent([half], most, replaces=None, planned=None)
    assert chart is not None
    assert [point.words for point in (*chart.points, chart.new)] == ["50%", "95%"]


def test_without_a_value_that_counts_there_is_no_chart() -> None:
    assert draw_recent([], readings(1)[0], replaces=None, planned=None) is None
