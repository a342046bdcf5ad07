"""Units in the brackets of a heading: converted, refused or asked about; words that are no unit say nothing."""

from decimal import Decimal

import pytest

from commitments.domain.enums import Accumulation, TargetKind
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Plan, Target
from commitments.progress_import import jobs
from tests.factories import NOON, make_agency, make_commitment, make_target
from tests.progress_import.samples import csv_of, doubts, faults, handed_in, worked_on

pytestmark = pytest.mark.django_db


def read(plan: Plan, heading: str, unit: str, unit_en: str = "", *, title: str = "吞吐") -> ImportJob:
    """Read a sheet with the figure 3.5 under the heading."""
    target(plan, unit, unit_en, title)
    return read_as_value(plan, heading, "3.5")


def read_as_value(plan: Plan, heading: str, *cells: str) -> ImportJob:
    """Read a sheet of one row, of which the column of values is named by a person if need be."""
    job = handed_in(csv_of(("A-1", *cells), header=("code", heading)), plan)
    if job.state == ImportState.UNMAPPED:
        mapping = {"code": "code", "value": heading}
        jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    return worked_on(job)


def asked(job: ImportJob) -> list[str]:
    """Return the questions about units."""
    return [said for _row, _column, said in doubts(job) if said.startswith("The sheet says")]


def target(plan: Plan, unit: str, unit_en: str = "", title: str = "吞吐") -> Target:
    commitment = make_commitment(plan, title=title, lead_agency=make_agency(name="区民政局"))
    return make_target(
        commitment, code="A-1", title=title, unit=unit, unit_en=unit_en or unit, value=Decimal(10**12)
    )


@pytest.mark.parametrize(
    ("heading", "unit", "unit_en", "value"),
    [
        ("Completed (¥m)", "元", "yuan", 3_500_000),
        ("Completed (￥k)", "元", "yuan", 3_500),
        ("Completed (RMB m)", "万元", "10,000 yuan", 350),
        ("Completed (CNY mn)", "万元", "10,000 yuan", 350),
        ("Completed (m yuan)", "万元", "10,000 yuan", 350),
        ("Completed (kCNY)", "元", "yuan", 3_500),
        ("Completed (RMB'000)", "元", "yuan", 3_500),
        ("完成（人民币万元）", "元", "yuan", 35_000),
        ("Completed (£m)", "£", "£", 3_500_000),
        ("Completed (£000s)", "£", "£", 3_500),
        ("Completed (£bn)", "£m", "£m", 3_500),
        ("Completed (m)", "元", "yuan", 3_500_000),
        ("Completed (m)", "米", "metres", Decimal("3.5")),
        ("Completed (k)", "人", "people", 3_500),
        ("Completed (k people)", "人", "people", 3_500),
        ("Completed (bn)", "元", "yuan", 3_500_000_000),
        ("Completed ('000)", "人", "people", 3_500),
        ("Completed (thousand)", "人", "people", 3_500),
        ("完成（万元，累计）", "元", "yuan", 35_000),
        ("数量（标准箱）", "标准箱", "TEU", Decimal("3.5")),
        ("Completed (teu)", "标准箱", "TEU", Decimal("3.5")),
        ("增速（百分比）", "%", "%", Decimal("3.5")),
    ],
)
def test_a_unit_that_converts_is_converted(
    plan: Plan, heading: str, unit: str, unit_en: str, value: Decimal
) -> None:
    job = read(plan, heading, unit, unit_en)
    assert [row.value for row in job.staged.filter(faults__isnull=True)] == [value]
    assert asked(job) == []


@pytest.mark.parametrize(
    ("heading", "unit", "named"),
    [
        ("Completed (£m)", "元", "£m"),
        ("Completed ($k)", "万元", "$k"),
        ("Completed (¥m)", "£m", "¥m"),
        ("Completed (€)", "元", "€"),
        ("Completed (m)", "人", "m"),
        ("Completed (k)", "%", "k"),
        ("数量（单位：标准箱）", "人", "标准箱"),
    ],
)
def test_a_unit_that_does_not_convert_is_refused_with_both_named(
    plan: Plan, heading: str, unit: str, named: str
) -> None:
    ((_row, column, said),) = faults(read(plan, heading, unit))
    assert (column, f"in {named} " in said, f" {unit};" in said) == ("value", True, True)


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("数量（标准箱）", "标准箱"),
        ("Completed (TEU)", "TEU"),
        ("Completed (sq ft)", "sq ft"),
        ("Completed (in containers)", "containers"),
        ("用电量（吨标准煤）", "吨标准煤"),
        ("Completed (‰)", "‰"),
        ("数量/标准箱", "标准箱"),
        ("Completed / TEU", "TEU"),
        ("Completed (h)", "h"),
    ],
)
def test_a_word_that_may_be_a_unit_is_asked_about_with_both_named(
    plan: Plan, heading: str, named: str
) -> None:
    assert asked(read(plan, heading, "人")) == [
        f"The sheet says “{named}”, but the target is in 人. Is this figure in 人?"
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Completed (cumulative)",
        "Completed (note)",
        "Completed (see note 2)",
        "Completed (year to date)",
        "Completed (in progress)",
        "Completed (Sept 2023)",
        "Completed (A)",
        "Completed (A+B)",
        "Completed (H)",
        "Actual/target",
        "Completed/comments",
        "完成值/目标值",
        "Completed (ii)",
        "Completed (all wards of the city)",
        "完成（必填）",
        "完成（截至9月）",
        "完成（2023年9月）",
        "完成（1—9月）",
        "完成（上半年）",
        "完成（含续建）",
        "完成（快报数）",
        "完成（当年价）",
        "完成（一）",
        "完成（①+②）",
        "完成（由各责任科室会同牵头）",
        "完成（单位：各镇）",
        "完成 (2)",
        "value-k",
        "value of this period",
        "本期数值",
        "完成（人）",
        "完成（名）",
    ],
)
def test_other_words_in_brackets_say_nothing_about_the_unit(plan: Plan, heading: str) -> None:
    target(plan, "人", "people")
    job = read_as_value(plan, heading, "3")
    assert job.staged.get().value == 3
    assert faults(job) + doubts(job) == []


def test_a_word_of_the_title_says_what_is_counted(plan: Plan) -> None:
    job = read(plan, "完成值（小区）", "个", title="完成改造的老旧小区")
    assert asked(job) == []


def test_a_word_of_the_title_is_no_unit_of_a_measure(plan: Plan) -> None:
    job = read(plan, "完成值（标准箱）", "吨", title="标准箱吞吐")
    assert len(asked(job)) == 1


def test_a_note_does_not_answer_for_the_unit(plan: Plan) -> None:
    target(plan, "人")
    job = handed_in(csv_of(("A-1", 3, "如期"), header=("code", "完成值（标准箱）", "progress")), plan)
    assert len(doubts(job)) == 1


def test_a_unit_in_the_cell_answers_for_itself(plan: Plan) -> None:
    target(plan, "人")
    assert doubts(handed_in(csv_of(("A-1", "3人"), header=("code", "完成值（标准箱）")), plan)) == []


@pytest.mark.parametrize(
    ("unit", "times"), [("标准箱", 1), ("区民政局", 0), ("民政", 0), ("人", 0), ("名", 0)]
)
def test_a_column_of_units_may_name_one_that_is_not_known(plan: Plan, unit: str, times: int) -> None:
    target(plan, "人")
    job = handed_in(csv_of(("A-1", 3, unit), header=("code", "完成值", "单位")), plan)
    assert (len(asked(job)), faults(job)) == (times, [])


def test_an_unknown_unit_of_its_own_column_is_converted(plan: Plan) -> None:
    target(plan, "万标准箱")
    job = handed_in(csv_of(("A-1", 35_000, "标准箱"), header=("code", "完成值", "单位")), plan)
    assert job.staged.get().value == Decimal("3.5")


def test_of_two_columns_the_one_in_the_targets_own_unit_is_taken(plan: Plan) -> None:
    target(plan, "标准箱")
    job = handed_in(csv_of(("A-1", 3, 4), header=("code", "完成值", "完成数（标准箱）")), plan)
    assert job.staged.get().value == 4


def test_the_parts_of_a_ratio_have_no_unit_to_ask_about(plan: Plan) -> None:
    make_target(
        make_commitment(plan), code="A-1", unit="%", accumulation=Accumulation.RUNNING_RATIO,
        kind=TargetKind.LEVEL, goal="final",
    )  # fmt: skip
    job = handed_in(csv_of(("A-1", "45/100"), header=("code", "完成值（标准箱）")), plan)
    assert doubts(job) == []
