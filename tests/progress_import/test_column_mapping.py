"""Ledgers in an office's own form are understood, or the right guess is filled in."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from openpyxl import Workbook

from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Target
from commitments.progress_import import jobs
from commitments.progress_import.column_mapping import guess_mapping, headings_of
from tests.factories import NOON, make_commitment, make_plan, make_target, make_user
from tests.progress_import.samples import csv_of, handed_in, saved, worked_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def target() -> Target:
    return make_target(make_commitment(make_plan(), title="改造老旧小区"))


def names(job: ImportJob) -> list[str]:
    return headings_of(dict(job.heading), job.header_row or 0)


def understood(job: ImportJob) -> Mapping[str, str]:
    return {column: names(job)[place] for column, place in job.columns.items()}


def test_a_titled_ledger_with_units_in_its_headings(target: Target) -> None:
    """Read one as a department of construction keeps it: title, author, names with units, a total, a signature."""
    rows: list[list[object]] = [
        ["填报单位：区住建局", "", "", "", "填报时间：2023年9月", "", "", ""],
        ["序号", "工作任务", "目标编码", "目标\n（个）", "累计完成（个）", "完成率（%）", "工作进展情况", "存在的问题"],
        [1, "改造老旧小区", target.code, 76, 38, "50%", "38个小区已开工", ""],
        ["合计", "", "", 76, 38, "50%", "", ""],
        ["填表人：张三", "", "", "审核人：李四", "", "", "", ""],
    ]  # fmt: skip
    sheet = csv_of(*rows, header=["2023年区政府重点工作台账", *[""] * 7], encoding="gb18030")
    job = handed_in(sheet, target.commitment.plan)
    assert (job.state, job.header_row, job.rows, job.faulty) == (ImportState.CHECKED, 3, 1, 0)
    assert understood(job) == {
        "title": "工作任务",
        "code": "目标编码",
        "value": "累计完成（个）",
        "progress": "工作进展情况",
        "problems": "存在的问题",
    }


def test_headings_in_two_rows_of_merged_cells(target: Target) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ["全区重点任务完成情况统计表"],
        ["序号", "任务名称", "责任单位", "完成情况", None, "备注"],
        [None, None, None, "本月完成", "累计完成"],
        [1, "改造老旧小区", "区住建局", 5, 38, "正常"],
    ]
    for row in rows:
        sheet.append(row)
    for merged in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
        sheet.merge_cells(merged)
    job = handed_in(saved(book), target.commitment.plan)
    assert (job.state, job.header_row, job.staged.get().value) == (ImportState.CHECKED, 3, Decimal(38))
    assert understood(job) == {
        "title": "任务名称",
        "agency": "责任单位",
        "increase": "本月完成",
        "value": "累计完成",
        "progress": "备注",
    }


def test_what_is_asked_is_filled_in_and_remembered(target: Target) -> None:
    headings = (
        "牵头单位",
        "备注说明",
        "截至9月底累计完成数（个）",
        "完成时限",
        "任务数",
        "重点工作（民生实事）",
    )
    row = ("区住建局", "正常", 38, "2023年12月", 76, "改造老旧小区")
    plan = target.commitment.plan
    job, user = handed_in(csv_of(row, header=headings, encoding="gb18030"), plan), make_user()
    assert job.state == ImportState.UNMAPPED
    mapping = guess_mapping(names(job))
    assert mapping == {
        "agency": "牵头单位",
        "title": "重点工作（民生实事）",
        "value": "截至9月底累计完成数（个）",
        "progress": "备注说明",
    }
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    assert worked_on(job).state == ImportState.CHECKED
    turned = csv_of(row[::-1], header=headings[::-1], encoding="gb18030")
    assert handed_in(turned, plan, user).staged.get().value == 38


def test_what_is_done_by_now_is_a_value_and_no_day() -> None:
    assert guess_mapping(["序号", "工作动态", "事项", "截至目前已办数（条）"]) == {
        "title": "事项",
        "value": "截至目前已办数（条）",
        "progress": "工作动态",
    }


def test_names_that_stand_there_twice_are_told_apart_by_their_group() -> None:
    rows = {2: ["任务名称", "目标任务", "", "完成情况", ""], 3: ["", "数量", "单位", "数量", "单位"]}
    assert headings_of(rows, 3) == [
        "任务名称",
        "目标任务 数量",
        "目标任务 单位",
        "完成情况 数量",
        "完成情况 单位",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dear all, please report by Friday.\nWe need figures, notes, evidence, and names.\nBest, Wang, Li, office\n",
        "各科室：\n请于月底前报送进展,并附佐证材料。\n",
    ],
)
def test_sentences_with_commas_are_no_table(text: str) -> None:
    job = handed_in(text.encode(), make_plan())
    assert (job.state, job.refusal) == (
        ImportState.REFUSED,
        "This is not a table: no line names its columns, and the lines have different numbers of cells.",
    )


def test_a_table_in_own_words_whose_last_cells_are_missing_here_and_there_is_asked_about() -> None:
    rows = [(1, "改造", 20, "好"), (2, "新建", 3), (3, "扩建", 4, "慢")]
    job = handed_in(csv_of(*rows, header=("序号", "重点工作", "1-9月", "说明")), make_plan())
    assert job.state == ImportState.UNMAPPED


def test_a_table_in_own_words_whose_rows_often_end_early_is_asked_about() -> None:
    rows = [("改造", 5, "", "好") if number % 2 else ("新建", 5) for number in range(10)]
    job = handed_in(csv_of(*rows, header=("重点工作", "1-9月", "问题", "说明")), make_plan())
    assert job.state == ImportState.UNMAPPED


def test_a_total_to_the_end_of_a_month_is_no_figure_of_the_month() -> None:
    assert guess_mapping(["指标", "本月累计完成额", "本周完成额"]) == {
        "title": "指标",
        "increase": "本周完成额",
    }
