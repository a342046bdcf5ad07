"""Sheets from the field: small tables that went wrong, each with the right values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook

from commitments.domain.enums import Accumulation, TargetKind
from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Plan, Target
from commitments.progress_import import jobs
from commitments.progress_import.row_messages import render
from tests.factories import NOON, make_agency, make_commitment, make_counted_entry, make_target
from tests.progress_import.samples import csv_of, doubts, faults, handed_in, saved, worked_on

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


def target(plan: Plan, code: str, unit: str = "个", title: str = "", **given: Any) -> Target:
    commitment = make_commitment(plan, lead_agency=given.pop("lead_agency", None), title=title or code)
    return make_target(
        commitment, code=code, unit=unit, unit_en=unit, title=title or code, value=Decimal(100_000), **given
    )


def jobs_created(plan: Plan, **given: Any) -> Target:
    return target(plan, "LIV-SVC-04", "人", accumulation=Accumulation.INCREMENTS, **given)


def read(name: str, plan: Plan) -> ImportJob:
    return handed_in((DATA / name).read_bytes(), plan, name=name)


def values(job: ImportJob) -> Mapping[str, Any]:
    return {row.target.code: row.value for row in job.staged.filter(faults__isnull=True) if row.target}


def remarks(job: ImportJob) -> list[str]:
    return [said for row in job.staged.order_by("number") for _column, said in render(row.remarks)]


def counts(job: ImportJob) -> Mapping[str, int]:
    return {why: counted for why, (counted, *_numbers) in job.left_out.items()}


# Units


def test_myriads_of_a_heading_are_converted_and_said(plan: Plan) -> None:
    target(plan, "LIV-SVC-05", "人")
    job = read("02b_unit_wanren_note.xlsx", plan)
    assert (values(job), remarks(job)) == ({"LIV-SVC-05": 21_100}, ["2.11 万人 is 21,100 人."])


def test_myriads_of_mu_are_converted(plan: Plan) -> None:
    target(plan, "DEV-RUR-04", "亩")
    assert values(read("02c_unit_wanmu_note.xlsx", plan)) == {"DEV-RUR-04": 5_100}


def test_units_that_do_not_go_together_are_refused_with_both_named(plan: Plan) -> None:
    target(plan, "A-1", "人")
    ((_row, column, said),) = faults(handed_in(csv_of(("A-1", 5), header=("code", "累计完成（万元）")), plan))
    assert column == "value"
    assert "万元" in said
    assert "人" in said


@pytest.mark.parametrize("unit", ["万亩", "亩 "])
def test_a_column_may_name_the_unit_of_each_row(plan: Plan, unit: str) -> None:
    target(plan, "A-1", "亩")
    sheet = csv_of(("A-1", 2, unit), header=("code", "完成值", "计量单位"))
    assert values(handed_in(sheet, plan)) == {"A-1": 20_000 if unit == "万亩" else 2}


@pytest.mark.parametrize(
    ("heading", "unit", "unit_en", "expected"),
    [
        ("actual (thousand people)", "人", "people", 2110),
        ("actual (in thousands)", "人", "people", 2110),
        ("actual (million yuan)", "万元", "10,000 yuan", 211),
        ("actual (thousand jobs)", "人", "jobs", 2110),
        ("actual (hectares)", "亩", "mu", Decimal("31.65")),
    ],
)
def test_scales_in_english_are_converted(
    plan: Plan, heading: str, unit: str, unit_en: str, expected: Decimal
) -> None:
    make_target(make_commitment(plan), code="A-1", unit=unit, unit_en=unit_en, value=Decimal(100_000))
    job = handed_in(csv_of(("A-1", "2.11"), header=("code", heading)), plan)
    assert values(job) == {"A-1": expected}


def test_an_agency_in_a_column_of_units_is_no_unit(plan: Plan) -> None:
    target(plan, "A-1", "亩")
    assert values(handed_in(csv_of(("A-1", 2, "区住建局"), header=("code", "完成值", "单位")), plan)) == {
        "A-1": 2
    }


def test_a_unit_above_the_table_holds_for_figures_it_fits(plan: Plan) -> None:
    target(plan, "A-1", "元")
    target(plan, "A-2", "人")
    sheet = csv_of(("code", "完成值"), ("A-1", 2), ("A-2", 3), header=("工作台账", "单位：万元"))
    assert values(handed_in(sheet, plan)) == {"A-1": 20_000, "A-2": 3}


def test_a_unit_in_the_cell_comes_before_that_of_the_heading(plan: Plan) -> None:
    target(plan, "A-1", "元")
    sheet = csv_of(("A-1", "3亿元"), header=("code", "累计完成（万元）"))
    assert values(handed_in(sheet, plan)) == {"A-1": 300_000_000}


def test_another_name_of_the_unit_needs_no_remark(plan: Plan) -> None:
    target(plan, "A-1", "人")
    job = handed_in(csv_of(("A-1", 5), header=("code", "完成数（名）")), plan)
    assert (values(job), remarks(job)) == ({"A-1": 5}, [])


# Since when


def test_a_total_is_never_added_up_and_the_rest_is_offered(plan: Plan) -> None:
    make_counted_entry(jobs_created(plan), 6160, date(2023, 8, 31))
    ((_row, column, said),) = faults(read("03c_cumulative_with_note.xlsx", plan))
    assert (column, "352 人 that are new" in said) == ("value", True)


def test_the_figure_of_the_month_is_taken_where_amounts_are_added_up(plan: Plan) -> None:
    jobs_created(plan)
    target(plan, "ENV-CIT-05", "条")
    assert values(read("21_month_and_cum.xlsx", plan)) == {"LIV-SVC-04": 352, "ENV-CIT-05": 22}


def test_a_month_is_no_total(plan: Plan) -> None:
    make_counted_entry(target(plan, "A-1"), 20, date(2023, 8, 31))
    ((_row, column, said),) = faults(handed_in(csv_of(("A-1", 5), header=("code", "本月完成")), plan))
    assert (column, "enter 25 个" in said) == ("value", True)


def test_the_parts_of_a_ratio_are_not_added_up_either(plan: Plan) -> None:
    target(plan, "A-1", "%", accumulation=Accumulation.RATIO, kind=TargetKind.LEVEL, goal="final")
    ((_row, _column, said),) = faults(handed_in(csv_of(("A-1", "45/100"), header=("code", "累计完成")), plan))
    assert "two parts of the period" in said


def test_the_parts_of_a_period_are_no_ratio_to_date(plan: Plan) -> None:
    target(plan, "A-1", "%", accumulation=Accumulation.RUNNING_RATIO, kind=TargetKind.LEVEL, goal="final")
    ((_row, _column, said),) = faults(handed_in(csv_of(("A-1", "45/100"), header=("code", "本月完成")), plan))
    assert "since the start of the plan" in said


def test_a_ratio_to_date_takes_the_column_of_totals(plan: Plan) -> None:
    target(plan, "A-1", "%", accumulation=Accumulation.RUNNING_RATIO, kind=TargetKind.LEVEL, goal="final")
    sheet = csv_of(("A-1", "45/100"), header=("code", "累计完成"))
    assert values(handed_in(sheet, plan)) == {"A-1": 45}


@pytest.mark.parametrize("month", ["", "—", "无"])
def test_an_empty_month_beside_a_total_is_asked_about(plan: Plan, month: str) -> None:
    jobs_created(plan)
    sheet = csv_of(("LIV-SVC-04", month, 6512), header=("code", "本月完成", "累计完成"))
    assert [column for _row, column, _said in faults(handed_in(sheet, plan))] == ["value"]


@pytest.mark.parametrize(
    ("text", "expected"), [("352人", {"LIV-SVC-04": 352}), ("约352", {}), ("—", {"LIV-SVC-04": None})]
)
def test_a_month_is_read_like_any_value(plan: Plan, text: str, expected: Mapping[str, int | None]) -> None:
    jobs_created(plan)
    sheet = csv_of(("LIV-SVC-04", text, "", "正常"), header=("code", "本月完成", "累计完成", "progress"))
    assert values(handed_in(sheet, plan)) == expected


# Days


def test_a_day_that_may_be_a_deadline_is_asked_about_once(plan: Plan) -> None:
    target(plan, "ENV-CIT-05", "条")
    job = read("04b_deadline_past.xlsx", plan)
    assert job.state == ImportState.UNMAPPED
    mapping = {"code": "编码", "value": "累计完成"}
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    assert worked_on(job).staged.get().effective_on == job.effective_on


# Which column


def test_the_column_of_names_that_fits_most_rows_is_taken(plan: Plan) -> None:
    for code, title in (("A-1", "启动雨污分流的道路"), ("A-2", "打通的断头路")):
        make_target(make_commitment(plan, title=code), code=code, title=title)
    rows = (("雨污分流", "1.启动雨污分流的道路", 5), ("断头路", "打通的断头路", 6))
    job = handed_in(csv_of(*rows, header=("事项", "具体指标", "完成值")), plan)
    assert (values(job), job.columns["title"]) == ({"A-1": 5, "A-2": 6}, 1)


def test_an_offices_own_numbers_give_way_to_titles_that_fit(plan: Plan) -> None:
    make_target(make_commitment(plan), code="A-1", title="打通的断头路")
    job = handed_in(csv_of((17, "打通的断头路", 6), header=("编号", "名称", "完成值")), plan)
    assert (values(job), sorted(job.columns)) == ({"A-1": 6}, ["title", "value"])


def test_small_numbers_are_codes_only_under_a_heading_for_codes(plan: Plan) -> None:
    target(plan, "1")
    job = handed_in(csv_of((1, 1, 5), header=("顺序", "编号", "完成值")), plan)
    assert (job.columns["code"], values(job)) == (1, {"1": 5})


def test_a_column_of_codes_under_another_heading_is_found(plan: Plan) -> None:
    target(plan, "ENV-1")
    job = handed_in(csv_of(("env-1", 5), header=("标识", "完成值")), plan)
    assert values(job) == {"ENV-1": 5}


def test_of_two_columns_of_values_the_one_in_the_targets_unit_is_taken(plan: Plan) -> None:
    target(plan, "A-1", "亩")
    target(plan, "A-2", "元")
    header = ("code", "完成值（万元）", "完成值（亩）")
    assert values(handed_in(csv_of(("A-1", 3, 70), ("A-2", 4, 80), header=header), plan)) == {
        "A-1": 70,
        "A-2": 40_000,
    }


def test_of_two_columns_of_values_the_only_one_filled_is_taken(plan: Plan) -> None:
    target(plan, "A-1", "个")
    header = ("code", "完成数", "完成值")
    assert values(handed_in(csv_of(("A-1", "", 70), header=header), plan)) == {"A-1": 70}


def test_of_two_columns_of_values_the_one_without_another_unit_is_taken(plan: Plan) -> None:
    target(plan, "A-1", "个")
    header = ("code", "完成值（万元）", "完成数")
    assert values(handed_in(csv_of(("A-1", 3, 70), header=header), plan)) == {"A-1": 70}


def test_two_columns_that_may_both_be_the_value_are_asked_about(plan: Plan) -> None:
    target(plan, "A-1", "个")
    job = handed_in(csv_of(("A-1", 3, 70), header=("code", "完成数", "完成值")), plan)
    ((_row, column, said),) = faults(job)
    assert (column, "“完成数”、“完成值”" in said) == ("value", True)


def test_of_two_columns_of_the_same_name_either_can_be_chosen(plan: Plan) -> None:
    target(plan, "A-1", "个")
    job = handed_in(csv_of(("A-1", 3, 70), header=("code", "完成值", "完成值")), plan)
    assert job.faulty == 1
    mapping = {"code": "code", "value": "完成值 (2)"}
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    assert values(worked_on(job)) == {"A-1": 70}


def test_a_row_whose_values_are_all_blank_reports_nothing(plan: Plan) -> None:
    target(plan, "A-1", "个")
    job = handed_in(csv_of(("A-1", 3, ""), ("A-1", "", "—"), header=("code", "完成数", "完成值")), plan)
    assert counts(job) == {"above": 1, "blank": 1}


# Rows that are no data


@pytest.mark.parametrize("name", ["民生类小计", "民生 合计：", "Roads subtotal", "区级总计"])
def test_sums_of_a_group_are_left_out(plan: Plan, name: str) -> None:
    target(plan, "A-1")
    job = handed_in(csv_of(("A-1", "", 5), ("", name, 5), header=("code", "title", "value")), plan)
    assert (values(job), job.faulty, counts(job)) == ({"A-1": 5}, 0, {"above": 1, "total": 1})


def test_a_target_that_is_called_like_a_sum_is_read(plan: Plan) -> None:
    make_target(make_commitment(plan), code="A-1", title="收入合计")
    assert values(handed_in(csv_of(("收入合计", 5), header=("title", "value")), plan)) == {"A-1": 5}


@pytest.mark.parametrize("name", ["一、城市建设", "（二）民生", "第三部分 治理", "四"])
def test_headings_of_groups_with_a_text_are_left_out(plan: Plan, name: str) -> None:
    target(plan, "A-1")
    rows = (("A-1", 5, ""), (name, "", "总体顺利"))
    job = handed_in(csv_of(*rows, header=("title", "value", "progress")), plan)
    assert (job.faulty, counts(job)) == (0, {"above": 1, "section": 1})


def test_a_numbered_title_with_a_value_is_no_heading(plan: Plan) -> None:
    target(plan, "A-1")
    rows = (("A-1", 5, ""), ("一、别的事", 6, "x"), ("一站式中心", "", "x"))
    assert counts(handed_in(csv_of(*rows, header=("title", "value", "progress")), plan)) == {"above": 1}


def test_static_remarks_report_nothing(plan: Plan) -> None:
    target(plan, "ENV-CIT-05", "条")
    job = read("14_static_remark.xlsx", plan)
    assert (values(job), job.faulty, counts(job)) == ({"ENV-CIT-05": 22}, 0, {"above": 1, "blank": 2})


def test_notes_and_signatures_below_a_table_are_left_out(plan: Plan) -> None:
    target(plan, "ENV-CIT-05", "条")
    job = read("36_notes_bottom.xlsx", plan)
    assert (values(job), job.faulty, counts(job)) == (
        {"ENV-CIT-05": 22},
        0,
        {"above": 1, "blank": 1, "signed": 1},
    )


def test_each_row_of_a_file_is_read_wrong_or_left_out(plan: Plan) -> None:
    target(plan, "A-1")
    sheet = csv_of(
        ("code", "value"),
        ("A-1", 5),
        ("A-1", "约5"),
        ("", ""),
        ("合计", 10),
        ("code", "value"),
        header=("台账", ""),
    )
    job = handed_in(sheet, plan)
    assert (job.rows, job.faulty) == (2, 1)
    assert counts(job) == {"above": 2, "empty": 1, "total": 1, "repeated": 1}


# Codes, names, agencies


def test_codes_are_known_as_people_write_them(plan: Plan) -> None:
    for code in ("ENV-CIT-06", "LIV-AGE-03", "DEV-COM-01", "DEV-PRJ-03", "ENV-CIT-05", "DEV-PRJ-02"):
        target(plan, code, "条")
    job = read("10_breaks_codes.xlsx", plan)
    taken = {code: value for code, value in values(job).items() if code not in ("ENV-CIT-05", "DEV-PRJ-02")}
    assert taken == {"ENV-CIT-06": 3, "LIV-AGE-03": 4, "DEV-COM-01": 27, "DEV-PRJ-03": 260}
    assert "“env-cit-06” was taken for ENV-CIT-06 Old communities renovated." in remarks(job)


def test_a_target_taken_is_named_in_the_readers_language(plan: Plan) -> None:
    target(plan, "ENV-CIT-06", "条", title="打通的断头路")
    job = handed_in(csv_of(("env-cit-06", 5)), plan)
    with translation.override("zh-hans"):
        assert remarks(job) == ["“env-cit-06”识别为 ENV-CIT-06 打通的断头路。"]


def test_targets_of_the_same_title_are_named(plan: Plan) -> None:
    for code in ("A-1", "A-2"):
        target(plan, code, title="改造")
    ((_row, _column, said),) = faults(handed_in(csv_of(("改造", 5), header=("title", "value")), plan))
    assert "Old communities renovated (A-1), Old communities renovated (A-2)" in said


def test_a_returned_row_of_an_exported_list_is_refused_by_name(plan: Plan) -> None:
    target(plan, "A-1")
    ((_row, _column, said),) = faults(
        handed_in(csv_of(("A-1", 5, "已退回"), header=("code", "value", "state")), plan)
    )
    assert said.startswith("This row says “已退回”")


def test_a_code_of_several_after_folding_is_not_chosen(plan: Plan) -> None:
    target(plan, "a-1")
    target(plan, "A-01")
    ((_row, _column, said),) = faults(handed_in(csv_of(("A-1", 5)), plan))
    assert said.startswith("Several targets")


def test_a_target_without_a_chinese_title_is_named_in_english(plan: Plan) -> None:
    target = make_target(make_commitment(plan), title="", title_en="Roads opened")
    job = handed_in(csv_of((target.code.lower(), 20, "", "")), plan)
    assert f"{target.code} Roads opened" in remarks(job)[0]


def test_numbers_before_titles_are_passed_over_and_the_nearest_titles_offered(plan: Plan) -> None:
    target(plan, "ENV-CIT-05", "条", title="启动雨污分流的道路")
    target(plan, "ENV-CIT-01", title="完成改造的老旧小区")
    job = read("20_titles.xlsx", plan)
    assert values(job) == {"ENV-CIT-05": 22, "ENV-CIT-01": 54}
    assert {row: "ENV-CIT-0" in said for row, _column, said in faults(job)} == {3: True, 5: True}


def test_a_name_that_stands_there_twice_gets_the_same_advice(plan: Plan) -> None:
    target(plan, "A-1", title="完成改造的老旧小区")
    sheet = csv_of(("改造的老旧小区", 1), ("改造的老旧小区", 2), header=("title", "value"))
    assert len({said for _row, _column, said in faults(handed_in(sheet, plan))}) == 1


def test_another_agency_than_the_targets_is_doubted(plan: Plan) -> None:
    housing = make_agency(name="区住房和城乡建设局", name_en="Housing")
    target(plan, "ENV-CIT-05", "条", lead_agency=housing)
    jobs_created(plan, lead_agency=housing)
    job = read("19_wrong_agency.xlsx", plan)
    assert doubts(job)[0] == (2, "agency", "The sheet names 区教育局, but this target is led by Housing.")
    assert [row for row, column, _said in doubts(job) if column == "agency"] == [2]


# Cells


def test_computed_cells_are_rounded_half_up_and_shown(plan: Plan) -> None:
    for code in ("DEV-RUR-04", "DEV-PRJ-04", "DEV-RUR-03"):
        target(plan, code, "亩", accumulation=Accumulation.LEVEL, kind=TargetKind.LEVEL, goal="final")
    job = read("40_long_decimals.xlsx", plan)
    assert values(job) == {
        "DEV-RUR-04": Decimal("1666.6667"),
        "DEV-PRJ-04": Decimal("5.7895"),
        "DEV-RUR-03": Decimal("24.1998"),
    }
    assert remarks(job)[2] == "24.1998124 is recorded as 24.1998."


def test_a_share_typed_as_a_fraction_is_doubted_with_both_readings(plan: Plan) -> None:
    target(plan, "DEV-PRJ-04", "%", accumulation=Accumulation.LEVEL, kind=TargetKind.LEVEL, goal="final")
    found = [
        (row, said)
        for row, column, said in doubts(read("06_percent_fraction.xlsx", plan))
        if column == "value"
    ]
    assert found == [(2, "Is this 0.036% or, typed as a fraction, 3.6%?")]


def test_the_two_parts_of_a_ratio_may_stand_in_a_cell(plan: Plan) -> None:
    target(plan, "001", "%", accumulation=Accumulation.RATIO, kind=TargetKind.LEVEL, goal="final")
    row = read("81_ratio_slash.xlsx", plan).staged.get()
    assert (row.value, row.denominator) == (Decimal(45), Decimal(100))


@pytest.mark.parametrize("nothing", ["—", "－", "--", "/", "无", "暂无", "N/A"])
def test_dashes_and_words_for_nothing_are_blank(plan: Plan, nothing: str) -> None:
    target(plan, "A-1")
    job = handed_in(csv_of(("A-1", 5), ("A-1", nothing, "", nothing)), plan)
    assert (values(job), job.faulty, counts(job)) == ({"A-1": 5}, 0, {"above": 1, "blank": 1})


# Hidden rows and merged cells


def test_a_hidden_row_is_asked_about(plan: Plan) -> None:
    for code in ("ENV-CIT-05", "ENV-CIT-01", "ENV-CIT-06"):
        target(plan, code, "条")
    hidden = "This row is hidden in the sheet, perhaps by a filter. Is it meant?"
    assert (3, "", hidden) in doubts(read("09_hidden_row.xlsx", plan))


def with_hidden(letter: str, *rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    sheet.column_dimensions[letter].hidden = True
    return saved(book)


def test_a_visible_column_comes_before_a_hidden_one(plan: Plan) -> None:
    target(plan, "A-1")
    job = handed_in(with_hidden("B", ("code", "完成数", "完成值"), ("A-1", 3, 5)), plan)
    assert (values(job), job.hidden_columns) == ({"A-1": 5}, [1])


def test_a_hidden_column_of_values_is_asked_about(plan: Plan) -> None:
    target(plan, "A-1")
    job = handed_in(with_hidden("B", ("code", "完成数"), ("A-1", 3)), plan)
    assert job.state == ImportState.UNMAPPED
    mapping = {"code": "code", "value": "完成数"}
    jobs.name_columns(job=job, header_row=1, mapping=mapping, by=job.uploaded_by, at=NOON)
    assert values(worked_on(job)) == {"A-1": 3}


def test_a_merged_value_is_asked_about_in_each_of_its_rows(plan: Plan) -> None:
    target(plan, "ENV-CIT-05", "条")
    target(plan, "ENV-CIT-05-C", "条")
    found = faults(read("24_merged_value.xlsx", plan))
    assert [(row, column, "merged" in said) for row, column, said in found] == [
        (2, "value", True),
        (3, "value", True),
    ]


# Sheets of a workbook


@pytest.mark.parametrize("name", ["08b_two_data_sheets.xlsx", "08_cover_sheet_first.xlsx"])
def test_a_cover_is_passed_over_and_other_tables_are_named(plan: Plan, name: str) -> None:
    target(plan, "ENV-CIT-05", "条")
    job = read(name, plan)
    assert (values(job), job.other_sheets) == ({"ENV-CIT-05": 22}, ["人社局"])


def test_another_sheet_is_read_instead(plan: Plan) -> None:
    jobs_created(plan)
    job = read("08b_two_data_sheets.xlsx", plan)
    jobs.choose_sheet(job=job, name="人社局", by=job.uploaded_by)
    job = worked_on(job)
    assert (job.sheet, job.other_sheets) == ("人社局", ["住建局"])
    assert [row.target and row.target.code for row in job.staged.all()] == ["LIV-SVC-04"]


def test_a_sheet_that_is_not_there_is_not_chosen(plan: Plan) -> None:
    job = read("08b_two_data_sheets.xlsx", plan)
    with pytest.raises(ValidationError, match="changed in the meantime"):
        jobs.choose_sheet(job=job, name="别的", by=job.uploaded_by)


def test_other_tables_are_left_out_only_on_purpose(plan: Plan) -> None:
    target(plan, "ENV-CIT-05", "条")
    job = read("08b_two_data_sheets.xlsx", plan)
    with pytest.raises(ValidationError, match="other sheets"):
        jobs.confirm(job=job, doubts_seen=False, by=job.uploaded_by, at=NOON)
