import pytest

from commitments.domain.headings import Since, since_above, since_of, unit_of, units_above


@pytest.mark.parametrize(
    "heading",
    [
        "累计完成（人）",
        "本年累计",
        "截至目前",
        "1—9月",
        "1-9月完成",
        "1月至9月",
        "今年以来",
        "本月累计",
        "Total so far",
    ],
)
def test_a_figure_of_the_year_so_far(heading: str) -> None:
    assert since_of(heading) == Since.YEAR


@pytest.mark.parametrize(
    "heading", ["本月完成", "当月新增", "本期新增", "9月完成", "本季度", "Monthly figure"]
)
def test_a_figure_of_the_period(heading: str) -> None:
    assert since_of(heading) == Since.PERIOD


@pytest.mark.parametrize("heading", ["完成数", "本期数值", "value of this period", "本期"])
def test_a_heading_may_leave_it_open(heading: str) -> None:
    assert since_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("累计完成（万人）", "万人"),
        ("累计完成【千亩】", "千亩"),
        ("累计完成-亿元", "亿元"),
        ("累计完成：万元", "万元"),
        ("完成额（单位：万元）", "万元"),
        ("完成率（%）", "%"),
        ("累计完成（截至9月）（个）", "个"),
        ("累计完成", ""),
        ("累计完成（含在建）", ""),
        ("1—9月", ""),
    ],
)
def test_the_unit_stands_in_brackets_or_behind_a_dash(heading: str, unit: str) -> None:
    assert unit_of(heading) == unit


@pytest.mark.parametrize(
    ("cells", "units"),
    [
        (["填报单位：区住建局", "单位：万元"], ["万元"]),
        (["（计量单位：亩）"], ["亩"]),
        (["金额单位：万元、%"], ["万元", "%"]),
        (["填报单位：区发改局    单位：亿元"], ["亿元"]),
        (["(in thousands)"], ["thousands"]),
        (["单位：区住建局"], []),
        ([], []),
    ],
)
def test_a_table_may_have_its_units_above(cells: list[str], units: list[str]) -> None:
    assert units_above(cells) == units


@pytest.mark.parametrize(
    ("title", "since"), [("1—9月完成情况", Since.YEAR), ("2023年度台账", None), ("9月完成情况", None)]
)
def test_a_title_may_say_since_when(title: str, since: Since | None) -> None:
    assert since_above([title]) == since
