"""Further tables as local offices keep them, each with the right answer worked out by hand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook

from commitments.domain.enums import Accumulation, TargetKind
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Plan
from tests.factories import make_agency, make_commitment, make_plan, make_target
from tests.progress_import.samples import doubts, faults, handed_in, saved

pytestmark = pytest.mark.django_db

LEVEL = {"accumulation": Accumulation.LEVEL, "kind": TargetKind.LEVEL, "goal": "final"}
RATIO = LEVEL | {"accumulation": Accumulation.RUNNING_RATIO}
# Code, title, unit and the rest of each target of the plan.
TARGETS: Sequence[tuple[str, str, str, Mapping[str, Any]]] = (
    ("ENV-01", "启动雨污分流的道路", "条", {}),
    ("LIV-01", "城镇新增就业人数", "人", {"accumulation": Accumulation.INCREMENTS}),
    ("DEV-01", "固定资产投资完成额", "万元", {}),
    ("DEV-02", "规上工业增加值增速", "%", LEVEL),
    ("LIV-02", "诉求按期办结率", "%", RATIO),
    ("RUR-01", "新建高标准农田", "亩", {}),
)


class RightAnswer(NamedTuple):
    """The values by target, and the numbers of the rows that are wrong, doubtful or left out, by reason."""

    values: Mapping[str, object]
    faults: Sequence[tuple[int, str]] = ()
    doubts: Sequence[tuple[int, str]] = ()
    left_out: Mapping[str, Sequence[int]] = {}
    asks: bool = False


class Table(NamedTuple):
    name: str
    rows: Sequence[Sequence[object]]
    answer: RightAnswer
    # Number formats by cell, merged cells, and letters of hidden columns.
    formats: Mapping[str, str] = {}
    merged: Sequence[str] = ()
    hidden: str = ""


TABLES = (
    Table("supervision ledger", (
        ("2023年区政府重点任务\n督查台账",),
        ("序号", "重点任务", "责任领导", "责任单位", "完成时限", "累计完成", "进展情况"),
        (1, "（一）启动雨污\n分流的道路", "张三", "区住建局", "2023年12月底", 18, "已开工3条、完工18条"),
        (2, "1．新建高标准农田", "李四", "区农业农村局", "9月底前", "5100亩", "—"),
    ), RightAnswer({"ENV-01": 18, "RUR-01": 5100}, left_out={"above": [1, 2]})),
    Table("quarterly report", (
        ("指标名称", "计量单位", "本季完成", "本年累计完成", "上年同期", "同比(%)"),
        ("城镇新增就业人数", "人", 1052, 6512, 6100, 6.8),
        ("固定资产投资完成额", "亿元", 1.2, 3.6, 3.1, 16.1),
    ), RightAnswer({"LIV-01": 1052, "DEV-01": 36000}, left_out={"above": [1]})),
    Table("totals to the end of the month", (
        ("指标", "本月", "本月止累计", "比上年同期±%"),
        ("城镇新增就业人数", 352, 6512, 6.8),
        ("启动雨污分流的道路", 2, 18, 12),
    ), RightAnswer({"LIV-01": 352, "ENV-01": 18}, left_out={"above": [1]})),
    Table("two heading rows, the upper one says since when", (
        ("序号", "指标", "本年累计（亿元）", None, "备注"),
        (None, None, "完成数", "增速（%）", None),
        (1, "固定资产投资完成额", 3.6, 16.1, "快报"),
        (2, "城镇新增就业人数", 6512, 6.8, None),
    ), RightAnswer({"DEV-01": 36000}, faults=((4, "value"), (4, "value")),
        left_out={"above": [1, 2]}), merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2")),
    Table("a title says since when", (
        ("2023年1—9月重点指标完成情况",),
        ("指标", "完成数"),
        ("城镇新增就业人数", 6512),
        ("启动雨污分流的道路", 18),
    ), RightAnswer({"ENV-01": 18}, faults=((3, "value"),), left_out={"above": [1, 2]})),
    Table("weekly follow-up", (
        ("任务名称", "本周完成", "累计完成", "下周计划"),
        ("城镇新增就业人数", 88, 6512, 90),
        ("启动雨污分流的道路", 1, 18, 2),
    ), RightAnswer({"LIV-01": 88, "ENV-01": 18}, left_out={"above": [1]})),
    Table("statistics bureau", (
        ("主要经济指标",),
        ("指标", "1—9月总量（亿元）", "增速（%）"),
        ("固定资产投资完成额", 3.6, 16.1),
    ), RightAnswer({}, asks=True)),
    Table("unit of money above, beside the office", (
        ("填报单位：区发改局    金额单位：亿元、%",),
        ("指标", "累计完成"),
        ("固定资产投资完成额", 3.6),
        ("启动雨污分流的道路", 18),
        ("规上工业增加值增速", 7.2),
    ), RightAnswer({"DEV-01": 36000, "ENV-01": 18, "DEV-02": Decimal("7.2")}, left_out={"above": [1, 2]})),
    Table("total on top", (
        ("项目名称", "完成值", "占比"),
        ("总\u3000计", 5118, "100%"),
        ("其中：启动雨污分流的道路", 18, "0.4%"),
        ("新建高标准农田", 5100, "99.6%"),
    ), RightAnswer({"ENV-01": 18, "RUR-01": 5100}, left_out={"above": [1], "total": [2]})),
    Table("a unit for each row", (
        ("指标", "单位", "完成值"),
        ("新建高标准农田", "万亩", 0.51),
        ("固定资产投资完成额", "亿元", 3.6),
        ("规上工业增加值增速", "%", 7.2),
        ("启动雨污分流的道路", "公里", 12),
    ), RightAnswer({"RUR-01": 5100, "DEV-01": 36000, "DEV-02": Decimal("7.2")}, faults=((5, "value"),),
        left_out={"above": [1]})),
    Table("texts in place of figures", (
        ("code", "完成值"),
        ("ENV-01", "较上月+3"),
        ("LIV-02", "25/38"),
        ("RUR-01", "25/38"),
        ("DEV-01", "—"),
        ("DEV-02", "无"),
        ("LIV-01", "/"),
    ), RightAnswer({"LIV-02": 25}, faults=((2, "value"), (4, "value")),
        left_out={"above": [1], "blank": [5, 6, 7]})),
    Table("full width", (
        ("编码", "完成值"),
        ("ｅｎｖ－０１", "１８"),
        ("ＲＵＲ—01", "５，１００"),
    ), RightAnswer({"ENV-01": 18, "RUR-01": 5100}, left_out={"above": [1]})),
    Table("shares shown in percent, days as numbers", (
        ("指标", "完成值", "统计日期"),
        ("规上工业增加值增速", 0.072, 45196),
        ("启动雨污分流的道路", 0.24, 45196),
    ), RightAnswer({"DEV-02": Decimal("7.2")}, faults=((3, "value"),),
        left_out={"above": [1]}), formats={"B2": "0.0%", "B3": "0%"}),
    Table("numbers of several levels before titles", (
        ("工作任务", "完成数"),
        ("1.1 启动雨污分流的道路", 18),
        ("②新建高标准农田", 5100),
        ("3）固定资产投资完成额", 36000),
    ), RightAnswer({"ENV-01": 18, "RUR-01": 5100, "DEV-01": 36000}, left_out={"above": [1]})),
    Table("a target twice", (
        ("指标", "完成数"),
        ("启动雨污分流的道路", 18),
        ("启动雨污分流的道路", 17),
    ), RightAnswer({"ENV-01": 17}, doubts=((3, "code"),), left_out={"above": [1]})),
    Table("notes with figures", (
        ("指标", "完成数", "备注"),
        ("启动雨污分流的道路", 18, "其中新开工3条"),
        ("新建高标准农田", None, "预计10月完成5100亩"),
        ("注：1.数据截至9月27日；2.合计含续建5条", None, None),
        ("数据来源：区统计局", None, None),
    ), RightAnswer({"ENV-01": 18}, left_out={"above": [1], "blank": [3, 4, 5]})),
    Table("hidden helper column", (
        ("指标", "完成数", "累计完成"),
        ("启动雨污分流的道路", 3, 18),
    ), RightAnswer({"ENV-01": 18}, left_out={"above": [1]}), hidden="B"),
    Table("merged unit", (
        ("指标", "计量单位", "完成数"),
        ("固定资产投资完成额", "亿元", 3.6),
        ("启动雨污分流的道路", None, 18),
    ), RightAnswer({"DEV-01": 36000}, faults=((3, "value"),), left_out={"above": [1]}), merged=("B2:B3",)),
    Table("rates beside empty values", (
        ("指标", "完成值", "增速（%）", "占比", "上年同期增速", "备注"),
        ("固定资产投资完成额", None, 16.1, None, None, "快报"),
        ("规上工业增加值增速", None, 7.2, None, None, None),
        ("诉求按期办结率", "—", None, "95%", None, None),
        ("启动雨污分流的道路", None, None, None, 12, None),
        ("新建高标准农田", None, 0, "#DIV/0!", None, None),
        ("城镇新增就业人数", 352, 6.8, None, None, None),
        ("全社会用电量", None, 4.4, None, None, None),
        ("合计", None, 9.9, None, None, None),
    ), RightAnswer({"LIV-01": 352}, faults=((3, "value"), (4, "value")),
        left_out={"above": [1], "rate": [2, 8], "blank": [5, 6], "total": [9]})),
    Table("English ledger", (
        ("Target code", "Actual (m)", "Owner"),
        ("DEV-01", 3.6, "Development Bureau"),
        ("RUR-01", "0.51万亩", "-"),
    ), RightAnswer({"DEV-01": 360, "RUR-01": 5100}, left_out={"above": [1]})),
)  # fmt: skip


@pytest.fixture
def plan() -> Plan:
    plan = make_plan()
    agency = make_agency()
    for code, title, unit, given in TARGETS:
        commitment = make_commitment(plan, title=code, title_en=code, lead_agency=agency)
        make_target(
            commitment, code=code, title=title, title_en=code, unit=unit, unit_en=unit, value=Decimal(100_000),
            **given,
        )  # fmt: skip
    return plan


def workbook(table: Table) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in table.rows:
        sheet.append(list(row))
    for cell, form in table.formats.items():
        sheet[cell].number_format = form
    for cells in table.merged:
        sheet.merge_cells(cells)
    for letter in table.hidden:
        sheet.column_dimensions[letter].hidden = True
    return saved(book)


def answer_of(job: ImportJob) -> RightAnswer:
    read = job.staged.filter(faults__isnull=True).order_by("number")
    return RightAnswer(
        {row.target.code: row.value for row in read if row.target},
        tuple((row, column) for row, column, _said in faults(job)),
        tuple((row, column) for row, column, _said in doubts(job) if column == "code"),
        {why: numbers for why, (_counted, *numbers) in job.left_out.items()},
        job.state == ImportState.UNMAPPED,
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_workbook_of_an_office_is_read_right(plan: Plan, table: Table) -> None:
    job = handed_in(workbook(table), plan, name="sheet.xlsx")
    assert answer_of(job) == table.answer


SEMICOLONS = "督查台账\n编码;完成值\nENV-01;18\nDEV-02;7,2\nRUR-01;5.100\nDEV-01;36,000\n"
WITH_TITLE = "Ledger of targets\nTarget;Actual (in thousands);RAG\nRUR-01;5.1;green\nENV-01;£3m;red\n"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            SEMICOLONS,
            RightAnswer(
                {"ENV-01": 18},
                ((4, "value"), (5, "value"), (6, "value")),
                left_out={"above": [1, 2]},
            ),
        ),
        (WITH_TITLE, RightAnswer({"RUR-01": 5100}, ((4, "value"),), left_out={"above": [1, 2]})),
    ],
)
def test_a_file_with_semicolons_is_read_right(plan: Plan, text: str, answer: RightAnswer) -> None:
    job = handed_in(text.encode(), plan)
    assert answer_of(job) == answer
