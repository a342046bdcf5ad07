from decimal import Decimal

import pytest

from commitments.domain.units import converted, factor, is_unit

CONVERTED = [
    ("3.5亿元", "万元", "35000"),
    ("2.11万人", "人", "21100"),
    ("5.1千亩", "亩", "5100"),
    ("0.51 万亩", "亩", "5100"),
    ("35,000元", "万元", "3.5"),
    ("２．１１万人", "人", "21100"),
    ("3名", "人", "3"),
    ("1.2公里", "米", "1200"),
    ("2公顷", "亩", "30"),
    ("3.6个百分点", "百分点", "3.6"),
    ("+3.6百分点", "个百分点", "3.6"),
    ("-1.5万千瓦时", "度", "-15000"),
    ("12m", "米", "12"),
    ("3bn yuan", "yuan", "3000000000"),
]
REFUSED = [
    ("22人", "个"),
    ("2.8万", "个"),
    ("3.6个百分点", "%"),
    ("3个半", "个"),
    ("2.11万人左右", "人"),
    ("20亩", "公顷"),
    ("万元", "元"),
    ("45/100", "个"),
    ("3m", "元"),
]


@pytest.mark.parametrize(("text", "into", "value"), CONVERTED)
def test_a_number_in_another_unit_converts_exactly(text: str, into: str, value: str) -> None:
    assert converted(text, into) == Decimal(value)


@pytest.mark.parametrize(("text", "into"), REFUSED)
def test_units_that_do_not_go_together_are_not_converted(text: str, into: str) -> None:
    assert converted(text, into) is None


@pytest.mark.parametrize(("unit", "into", "by"), [("万", "人", 10_000), ("万", "万元", 1), ("个", "个", 1)])
def test_a_scale_alone_goes_with_any_unit(unit: str, into: str, by: int) -> None:
    assert factor(unit, into) == by


def test_a_share_has_no_scale() -> None:
    assert factor("万", "%") is None


@pytest.mark.parametrize(
    "text", ["万元", "亿元", "人", "％", "个百分点", "千亩", "万", "万桶", "£", "£000s", "RMB m", "k"]
)
def test_units_are_known(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["", "截至9月", "万里长征第一步走完", "区住建局", "1万5", "eurozone", "kit"])
def test_other_words_are_no_units(text: str) -> None:
    assert not is_unit(text)
