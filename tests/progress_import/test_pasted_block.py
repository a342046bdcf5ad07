"""Blocks as offices copy them: the row of each line, its number, its note, and the lines that are left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from commitments.domain.enums import Accumulation
from commitments.models import Commitment, Target
from commitments.progress_import.pasted_block import PastedBlock, read_block
from commitments.progress_import.pasted_lines import MOST_COLUMNS, ShownRow, Unused
from tests.reporting.typed_numbers import DONE, NOT_DONE, REFUSED, UNDERSTOOD

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class RowNotes:
    progress: str = ""
    problems: str = ""
    next_steps: str = ""


def row(number: int, *, title: str = "老旧小区改造", accepts: bool = True, **given: str) -> ShownRow:
    """Make a row of the code LIV-<number> that counts 个; `given` are its notes."""
    target = Target(
        pk=number,
        code=f"LIV-{number}",
        accumulation=Accumulation.RUNNING_TOTAL,
        unit="个",
        unit_en="communities",
        title=title,
        commitment=Commitment(title="民生实事"),
    )
    return ShownRow(target, accepts, "", RowNotes(**given))


def ratio(number: int) -> ShownRow:
    found = row(number)
    found.target.accumulation, found.target.unit = Accumulation.RATIO, "%"
    return found


def staged(number: int) -> ShownRow:
    found = row(number)._replace(stage="77")
    found.target.accumulation = Accumulation.STAGES
    return found


def rows(count: int) -> list[ShownRow]:
    return [row(number) for number in range(1, count + 1)]


def values(found: PastedBlock) -> dict[int, str]:
    return {target: fields.get("value") or fields["milestone"] for target, fields in found.filled.items()}


# Lines in order


def test_a_column_fills_the_rows_from_the_first_on() -> None:
    found = read_block("11\r\n12\r\n", rows(3), 1)
    assert (values(found), found.unused) == ({2: "11", 3: "12"}, {})


def test_lines_without_a_row_are_left_out() -> None:
    found = read_block("11\n\n12\n13", rows(1), 0)
    assert (values(found), found.unused) == ({1: "11"}, {Unused.NO_ROW: [3, 4]})


def test_an_empty_line_leaves_its_row_as_it_is() -> None:
    assert values(read_block("１１\n\n1,012", rows(3), 0)) == {1: "11", 3: "1,012"}


def test_a_row_that_takes_nothing_takes_its_line_all_the_same() -> None:
    found = read_block("11\n12", [row(1, accepts=False), row(2)], 0)
    assert (values(found), found.unused) == ({2: "12"}, {Unused.CLOSED: [1]})


@pytest.mark.parametrize("text", ["未填", "约22", "12①", "58个小区"])
def test_a_single_column_is_filled_in_as_it_was_written(text: str) -> None:
    assert values(read_block(f"{text}\n无", rows(2), 0)) == {1: text, 2: "无"}


@pytest.mark.parametrize("heading", ["完成数", "完成", "累计完成（个）"])
def test_a_heading_takes_no_row(heading: str) -> None:
    assert values(read_block(f"{heading}\n11\n\n12", rows(3), 0)) == {1: "11", 3: "12"}


@pytest.mark.parametrize("first", ["1", "否", "5个", "12①", ""])
def test_a_first_line_that_may_be_a_value_is_no_heading(first: str) -> None:
    assert values(read_block(f"{first}\n11", rows(2), 0))[2] == "11"


def test_a_line_of_a_stage_does_not_hide_the_heading() -> None:
    found = read_block("完成\n11\n未完成", [row(1), staged(2)], 0)
    assert (values(found), found.unused) == ({1: "11"}, {Unused.NO_STAGE: [3]})


def test_names_that_no_row_has_go_by_the_order_of_rows() -> None:
    assert values(read_block("名称\t完成数\n社区\t11\n道路\t12\n", rows(2), 0)) == {1: "11", 2: "12"}


# Lines by code and name


def test_codes_choose_their_rows() -> None:
    found = read_block("编号\t完成值\nLIV-3\t5\nＬＩＶ－１\t11\nNO-1\t3", rows(3), 2)
    assert (values(found), found.unused) == ({3: "5", 1: "11"}, {Unused.NO_CODE: [4]})


def test_a_line_with_a_number_above_the_first_code_is_no_heading() -> None:
    assert read_block("道路\t7\nLIV-1\t11", rows(1), 0).unused == {Unused.NO_CODE: [1]}


def test_names_choose_their_rows() -> None:
    shown = [row(1, title="公园 建设"), row(2, title="道路")]
    found = read_block("名称\t本期\n道路\t5\n公园建设\t11\n合计\t16", shown, 0)
    assert (values(found), found.unused) == ({2: "5", 1: "11"}, {Unused.NO_NAME: [4]})


def test_a_name_of_several_rows_chooses_none() -> None:
    shown = [row(1, title="公园"), row(2, title="公园"), row(3, title="道路")]
    found = read_block("道路\t5\n公园\t11", shown, 0)
    assert (values(found), found.unused) == ({3: "5"}, {Unused.NO_NAME: [2]})


# Columns


def test_values_are_the_last_column_of_mostly_numbers() -> None:
    assert values(read_block("路\t甲\t13\n桥\t乙\t无", rows(2), 0)) == {1: "13"}


def test_several_columns_of_numbers_without_a_heading_are_asked_about() -> None:
    found = read_block("1\t10\t13\n2\t10\t无", rows(2), 0)
    assert (found.filled, found.unused) == ({}, {Unused.NO_COLUMN: [1], Unused.NO_NUMBER: [2]})


@pytest.mark.parametrize("name", ["paste_rate_last.tsv", "paste_phone_last.tsv"])
def test_the_heading_decides_and_not_the_last_number(name: str) -> None:
    shown = [row(5), row(6)]
    shown[0].target.code, shown[1].target.code = "ENV-CIT-05", "ENV-CIT-06"
    assert values(read_block((DATA / name).read_text(encoding="utf-8"), shown, 0)) == {5: "22", 6: "3"}


def test_a_rate_or_a_plan_is_no_count() -> None:
    text = "编号\t计划\t当前情况\t完成率\nLIV-1\t38\t22\t57.9\n"
    assert values(read_block(text, rows(1), 0)) == {1: "22"}


def test_totals_and_units_go_by_the_rules_of_an_upload() -> None:
    added = row(2)
    added.target.accumulation = Accumulation.INCREMENTS
    text = "编号\t本月完成\t累计完成（万个）\nLIV-1\t5\t3.8\nLIV-2\t7\t4\n"
    assert values(read_block(text, [row(1), added], 0)) == {1: "38000", 2: "7"}


@pytest.mark.parametrize(
    ("heading", "accumulation", "why"),
    [
        ("累计完成", Accumulation.INCREMENTS, Unused.TOTAL),
        ("本月完成", Accumulation.RUNNING_TOTAL, Unused.PART),
        ("累计完成（万元）", Accumulation.RUNNING_TOTAL, Unused.UNIT),
    ],
)
def test_a_column_that_does_not_fit_fills_nothing(
    heading: str, accumulation: Accumulation, why: Unused
) -> None:
    shown = row(1)
    shown.target.accumulation = accumulation
    found = read_block(f"编号\t{heading}\nLIV-1\t5\n", [shown], 0)
    assert (found.filled, found.unused) == ({}, {why: [2]})


@pytest.mark.parametrize(
    ("heading", "cell", "value", "told"),
    [
        ("累计完成（标准箱）", "5", "5", {Unused.WORD: [2]}),
        ("累计完成（标准箱）", "5个", "5个", {}),
        ("累计完成（必填）", "5", "5", {}),
        ("累计完成（k）", "5", "5000", {}),
    ],
)
def test_a_word_that_may_be_a_unit_is_told(
    heading: str, cell: str, value: str, told: Mapping[Unused, list[int]]
) -> None:
    found = read_block(f"编号\t{heading}\nLIV-1\t{cell}\n", rows(1), 0)
    assert (found.filled, found.unused) == ({1: {"value": value}}, told)


def test_an_empty_month_beside_a_total_fills_nothing() -> None:
    shown = row(1)
    shown.target.accumulation = Accumulation.INCREMENTS
    found = read_block("编号\t本月完成\t累计完成\nLIV-1\t\t6\n", [shown], 0)
    assert (found.filled, found.unused) == ({}, {Unused.TOTAL: [2]})


def test_a_named_column_of_values_is_taken_before_a_later_one() -> None:
    text = "编号\t累计完成（个）\t同比增长\nLIV-1\t38\t5\n"
    assert values(read_block(text, rows(1), 0)) == {1: "38"}


def test_a_named_column_without_values_gives_way() -> None:
    assert values(read_block("编号\t完成值\t现值\nLIV-1\t\t5", rows(1), 0)) == {1: "5"}


def test_columns_are_named_in_two_lines_of_merged_cells() -> None:
    text = "编号\t完成情况\t\t备注\n\t本月\t累计完成\nLIV-1\t5\t38\t正常\n"
    assert read_block(text, rows(1), 0).filled == {1: {"value": "38", "progress": "正常"}}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_number_beside_a_name_is_known_as_uploads_read_it(text: str) -> None:
    assert list(read_block(f"社区\t{text}", rows(1), 0).filled) == [1]


@pytest.mark.parametrize("text", REFUSED)
def test_only_numbers_are_taken_beside_a_name(text: str) -> None:
    found = read_block(f"道路\t1\n社区\t{text}", rows(2), 0)
    assert (values(found), found.unused) == ({1: "1"}, {Unused.NO_NUMBER: [2]})


def test_two_numbers_side_by_side_are_the_parts_of_a_ratio() -> None:
    found = read_block("LIV-1\t合格率\t１９０\t200\n", [ratio(1)], 0)
    assert found.filled == {1: {"value": "190", "denominator": "200"}}


def test_one_number_of_a_ratio_is_its_value() -> None:
    assert read_block("190", [ratio(1)], 0).filled == {1: {"value": "190"}}


def test_figures_and_ratios_have_columns_of_their_own() -> None:
    found = read_block("LIV-1\t11\t\nLIV-2\t190\t200", [row(1), ratio(2)], 0)
    assert found.filled == {1: {"value": "11"}, 2: {"value": "190", "denominator": "200"}}


def test_columns_beyond_the_last_one_read_are_left_out() -> None:
    far = "\t" * MOST_COLUMNS
    assert read_block(f"11{far}12", rows(1), 0).filled == {1: {"value": "11"}}


# Stages


@pytest.mark.parametrize("word", DONE)
def test_any_word_for_done_chooses_the_next_stage(word: str) -> None:
    assert read_block(word, [staged(1)], 0).filled == {1: {"milestone": "77"}}


@pytest.mark.parametrize("word", NOT_DONE)
def test_other_words_of_a_stage_are_left_out(word: str) -> None:
    assert read_block(f"LIV-1\t{word}", [staged(1)], 0).unused == {Unused.NO_STAGE: [1]}


# Notes


def test_text_behind_the_value_is_its_note() -> None:
    found = read_block("11\t个\t进展顺利\t无", rows(1), 0)
    assert found.filled == {1: {"value": "11", "progress": "进展顺利 无"}}


def test_words_of_a_note_stay_as_they_were_written() -> None:
    note = "已完成４０㎡，①验收（含在建）；㈱"
    assert read_block(f"11\t{note}", rows(1), 0).filled[1]["progress"] == note


def test_notes_go_where_their_headings_say() -> None:
    text = "编号\t工作进展\t累计完成\t存在问题\t下步打算\t责任人\nLIV-1\t正常\t11\t雨季\t加快\t张三\n"
    assert read_block(text, rows(1), 0).filled == {
        1: {"value": "11", "progress": "正常", "problems": "雨季", "next_steps": "加快"}
    }


def test_the_rows_own_note_is_kept() -> None:
    found = read_block("11\t完工", [row(1, progress="已开工")], 0)
    assert (found.filled, found.unused) == ({1: {"value": "11"}}, {Unused.NOTE: [1]})


def test_the_same_note_is_none_that_was_left_out() -> None:
    assert read_block("11\t完工", [row(1, progress="完工\n")], 0).unused == {}


def test_the_ledger_of_an_office_gives_values_and_notes_by_code() -> None:
    """The value stands behind whatever is kept beside it; a blank one is not taken from another column."""
    text = (
        "序号\t编号\t名称\t上期\t本期\t说明\n"
        "1\tLIV-3\t社区改造\t10\t13\t进展顺利\n"
        "2\tLIV-2\t道路\t10\t\t\n"
        "3\tLIV-1\t公园\t10\t11\t完工\n"
    )
    found = read_block(text, [row(1, progress="已开工"), row(2), row(3)], 0)
    assert found.filled == {3: {"value": "13", "progress": "进展顺利"}, 1: {"value": "11"}}
    assert found.unused == {Unused.NO_NUMBER: [3], Unused.NOTE: [4]}


@pytest.mark.parametrize(("text", "ticked"), [("是", True), ("否", False)])
def test_a_column_of_that_name_ticks_what_includes_earlier_periods(text: str, ticked: bool) -> None:
    lines = f"编号\t完成值\t含以前各期\nLIV-1\t5\t{text}"
    fields = read_block(lines, rows(1), 0).filled[1]
    assert fields == {"value": "5", **({"includes_earlier": "1"} if ticked else {})}


def test_a_line_break_within_a_cell_begins_no_line() -> None:
    lines = 'LIV-1\t5\t"第一批\n第二批 ""示范"""\nLIV-2\t6\t"第三批"'
    found = read_block(lines, rows(2), 0)
    assert [fields["progress"] for fields in found.filled.values()] == ['第一批 第二批 "示范"', '"第三批"']


def test_of_two_columns_of_values_the_one_in_the_targets_unit_is_filled() -> None:
    lines = "编号\t完成值（亩）\t完成值（百个）\nLIV-1\t7\t5\nLIV-2\t\t6"
    assert values(read_block(lines, rows(2), 0)) == {1: "500", 2: "600"}


def test_two_columns_that_may_both_be_the_value_fill_nothing() -> None:
    found = read_block("编号\t完成值\t完成数\nLIV-1\t7\t5", rows(1), 0)
    assert (found.filled, found.unused) == ({}, {Unused.NO_COLUMN: [2]})
