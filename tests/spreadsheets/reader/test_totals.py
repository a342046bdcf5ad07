import pytest

from commitments.spreadsheets.reader.totals import LONGEST, is_total, is_total_of_group


@pytest.mark.parametrize(
    "name", ["合 计", "总计：", "小计", "共计", "累计", "本页合计", "ＴＯＴＡＬ", "Sub-total"]
)
def test_a_total_may_stand_alone(name: str) -> None:
    assert is_total(name)


@pytest.mark.parametrize("name", ["", "民生类小计", "本月累计", "合计划拨", "Totals", "Roads subtotal"])
def test_other_names_are_no_total_alone(name: str) -> None:
    assert not is_total(name)


@pytest.mark.parametrize("name", ["民生类小计", "全区 共计", "Roads sub-total:", "Grand total", "合计"])
def test_a_group_has_totals_too(name: str) -> None:
    assert is_total_of_group(name)


@pytest.mark.parametrize("name", ["", "本月累计", "合计项目", "长" * LONGEST + "合计"])
def test_other_names_are_no_total_of_a_group(name: str) -> None:
    assert not is_total_of_group(name)
