"""The prefilled sheet: its questions, its facts, and its way back."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from commitments.actions import ledger
from commitments.domain.enums import Accumulation, Goal, Lifecycle, Role, TargetKind
from commitments.domain.periods import Period
from commitments.labels import NO_FIGURE_CELL
from commitments.models import Plan, User
from commitments.progress_import.prefilled_sheet import build_sheet
from commitments.progress_import.told_commitments import select_told_commitments
from commitments.reporting.due import ReportRow, report_rows
from commitments.reporting.parsing import read_no_figure
from commitments.rollups.refresh import rebuild_plan
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import faults, handed_in, saved
from tests.sql import statements

pytestmark = pytest.mark.django_db


def rows(plan: Plan, user: User, **given: Any) -> list[ReportRow]:
    period = Period(date(2023, 9, 1), date(2023, 9, 30))
    return report_rows(plan, user=user, period=period, day=TODAY, **given)


def sheet_of(plan: Plan, user: User) -> Any:
    book = load_workbook(io.BytesIO(build_sheet(plan, rows(plan, user), day=TODAY, today=TODAY)))
    return book.active


def checks(sheet: Any) -> list[Any]:
    return list(sheet.data_validations.dataValidation)


def column(sheet: Any, name: str) -> list[Any]:
    (found,) = [cells for cells in sheet.iter_cols(values_only=True) if cells[0] == name]
    return list(found[1:])


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, language="en")


def test_it_lists_what_the_agency_owes_with_what_is_known(clerk: User) -> None:
    plan = make_plan()
    own = make_target(make_commitment(plan, lead_agency=clerk.agency))
    make_counted_entry(own, 50, date(2023, 8, 31))
    make_target(make_commitment(plan))
    make_target(make_commitment(plan, lead_agency=clerk.agency), starts_on=date(2023, 10, 1))
    make_target(make_commitment(plan, lead_agency=clerk.agency, lifecycle=Lifecycle.DROPPED, dropped_on=TODAY,
                                dropped_authority="会议", dropped_reason="调整"))  # fmt: skip
    rebuild_plan(plan, at=NOON)
    sheet = sheet_of(plan, clerk)
    assert column(sheet, "code") == [own.code]
    assert column(sheet, "previous value") == [50]
    assert column(sheet, "previous value as of")[0].date() == date(2023, 8, 31)
    assert column(sheet, "target value") == [76]
    assert column(sheet, "planned by then") == [pytest.approx(56, abs=1)]
    assert column(sheet, "value of this period") == [None]


def test_a_ratio_was_so_many_out_of_so_many(clerk: User) -> None:
    plan = make_plan()
    target = make_target(make_commitment(plan, lead_agency=clerk.agency), accumulation=Accumulation.RATIO,
                         goal=Goal.FINAL, kind=TargetKind.LEVEL)  # fmt: skip
    make_counted_entry(target, 190, date(2023, 8, 31), denominator=Decimal(200))
    rebuild_plan(plan, at=NOON)
    assert column(sheet_of(plan, clerk), "previous value") == ["190 / 200"]


def test_each_milestone_still_to_come_has_a_line(clerk: User) -> None:
    plan = make_plan()
    staged = make_staged_target(
        make_commitment(plan, lead_agency=clerk.agency), date(2023, 6, 30), date(2023, 12, 31)
    )
    make_counted_entry(staged, 1, date(2023, 6, 1), milestone=staged.milestones.first())
    rebuild_plan(plan, at=NOON)
    sheet = sheet_of(plan, clerk)
    assert column(sheet, "milestone") == ["Stage 2"]


def test_what_is_known_is_locked_and_what_is_asked_is_not(clerk: User) -> None:
    plan = make_plan()
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    sheet = sheet_of(plan, clerk)
    assert sheet.protection.sheet
    assert {cell.value: below.protection.locked for cell, below in zip(sheet[1], sheet[2], strict=True)} == {
        "code": True, "title": True, "commitment": True, "unit": True, "previous value": True,
        "previous value as of": True,
        "planned by then": True, "target value": True, "milestone": True,
        "state of this period": True, "value of this period": False,
        "out of": False, "includes all since the last report": False, "data as of": False,
        "progress": False, "problems": False, "next steps": False,
    }  # fmt: skip
    assert sheet.freeze_panes == "C2"


def test_values_and_days_are_checked_while_they_are_typed(clerk: User) -> None:
    plan = make_plan()
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    found = {str(each.sqref): each.type for each in checks(sheet_of(plan, clerk))}
    assert found == {"K2 L2": "decimal", "M2": "list", "N2": "date"}


def test_it_comes_back_in_either_language(clerk: User) -> None:
    plan = make_plan()
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    for language in ("zh-hans", "en"):
        with translation.override(language):
            content = build_sheet(plan, rows(plan, clerk), day=TODAY, today=TODAY)
        book = load_workbook(io.BytesIO(content))
        book.worksheets[0]["K2"] = 60
        book.worksheets[0]["O2"] = "正常推进"
        job = handed_in(saved(book), plan, clerk)
        assert faults(job) == []
        assert job.staged.get().value == 60


def test_a_plan_without_targets_makes_a_sheet_without_rows(clerk: User) -> None:
    assert sheet_of(make_plan(), clerk).max_row == 1


def test_the_previous_value_is_that_before_the_period_however_often_it_was_reported(clerk: User) -> None:
    plan = make_plan()
    weekly = make_target(make_commitment(plan, lead_agency=clerk.agency))
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    for number, on in enumerate([date(2023, 8, 31), *(TODAY.replace(day=7 * week) for week in (1, 2, 3))]):
        make_counted_entry(weekly, 40 + number, on)
    rebuild_plan(plan, at=NOON)
    assert column(sheet_of(plan, clerk), "previous value") == [40, None]


def test_any_number_of_targets_takes_the_same_queries(clerk: User) -> None:
    plan = make_plan()

    def asked(count: int) -> int:
        for _ in range(count):
            make_target(make_commitment(plan, lead_agency=clerk.agency))
        with statements() as sent:
            sheet_of(plan, clerk)
        return len(sent)

    assert asked(1) == asked(8)


def test_the_day_is_that_of_the_sheet_until_somebody_changes_it(clerk: User) -> None:
    plan = make_plan()
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    sheet = sheet_of(plan, clerk)
    assert [day.date() for day in column(sheet, "data as of")] == [TODAY]


def test_planned_values_are_rounded_as_on_pages(clerk: User) -> None:
    plan = make_plan()
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    (planned,) = column(sheet_of(plan, clerk), "planned by then")
    assert planned == round(planned, 1)


def test_a_stage_is_named_in_its_own_terms(clerk: User) -> None:
    plan = make_plan()
    commitment = make_commitment(plan, lead_agency=clerk.agency, title="城市更新", title_en="Renewal")
    make_staged_target(commitment, date(2023, 6, 30), date(2023, 12, 31))
    sheet = sheet_of(plan, clerk)
    told = {
        "commitment": ["Renewal", "Renewal"],
        "unit": ["stage", "stage"],
        "previous value": ["Not done", "Not done"],
        "previous value as of": [None, None],
        "planned by then": ["Done", "Not done"],
        "target value": ["Due 2023-06-30", "Due 2023-12-31"],
        "state of this period": ["Due", "Nothing due"],
    }
    assert {name: column(sheet, name) for name in told} == told


def test_a_stage_is_chosen_from_a_list_and_a_figure_is_a_number(clerk: User) -> None:
    plan = make_plan()
    commitment = make_commitment(plan, lead_agency=clerk.agency)
    make_target(commitment, headline=True)
    make_staged_target(commitment, date(2023, 6, 30), date(2023, 12, 31), code="STAGES", headline=False)
    found = {str(each.sqref): (each.type, each.formula1) for each in checks(sheet_of(plan, clerk))}
    assert found["K2 L2"][0] == "decimal"
    assert found["K3:K4"] == ("list", '"Done"')
    assert found["M2"] == ("list", '"yes"')


def test_a_figure_that_is_not_asked_for_any_more_says_so(clerk: User) -> None:
    plan = make_plan()
    met = make_target(make_commitment(plan, lead_agency=clerk.agency))
    make_counted_entry(met, 76, date(2023, 8, 31))
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    rebuild_plan(plan, at=NOON)
    assert column(sheet_of(plan, clerk), "state of this period") == ["Nothing due", "Due"]


def test_it_can_be_that_of_one_agency(clerk: User) -> None:
    plan = make_plan()
    own = make_target(make_commitment(plan, lead_agency=clerk.agency))
    make_target(make_commitment(plan))
    office = make_user(Role.SUPERVISION)
    assert [row.target for row in rows(plan, office, agency=clerk.agency)] == [own]


def test_what_was_reported_for_the_period_is_named(clerk: User) -> None:
    plan = make_plan()
    waiting, counted, returned = (
        make_target(make_commitment(plan, lead_agency=clerk.agency)) for _ in range(3)
    )
    make_entry(waiting, 5)
    make_counted_entry(counted, 5)
    ledger.return_(entry=make_entry(returned, 5), reason="口径不符", by=make_user(), at=NOON)
    expected = ["In review: 5 communities, 2023-09-28", "Reported", "Returned"]
    assert column(sheet_of(plan, clerk), "state of this period") == expected


def test_a_value_that_waits_from_an_earlier_month_is_named(clerk: User) -> None:
    plan = make_plan()
    target = make_target(make_commitment(plan, lead_agency=clerk.agency))
    make_entry(target, 38, date(2023, 8, 31))
    state = "state of this period"
    assert column(sheet_of(plan, clerk), state) == ["Due · In review: 38 communities, 2023-08-31"]
    make_counted_entry(target, 40, date(2023, 9, 1))
    assert column(sheet_of(plan, clerk), state) == ["Reported"]


def test_earlier_months_that_lack_an_amount_are_named(clerk: User) -> None:
    plan = make_plan()
    commitment = make_commitment(plan, lead_agency=clerk.agency)
    target = make_target(commitment, accumulation=Accumulation.INCREMENTS, starts_on=date(2023, 7, 1))
    state = "state of this period"
    assert column(sheet_of(plan, clerk), state) == [
        "Due · earlier periods without a figure: July 2023, August 2023"
    ]
    make_entry(target, 5)
    assert column(sheet_of(plan, clerk), state) == ["In review: 5 communities, 2023-09-28"]


def test_the_supervision_office_sees_whose_row_it_is() -> None:
    plan = make_plan()
    make_target(make_commitment(plan, lead_agency=make_agency(name="区住建局", name_en="Housing Bureau")))
    found = rows(plan, make_user(Role.SUPERVISION))
    content = build_sheet(plan, found, day=TODAY, today=TODAY, with_agencies=True)
    assert column(load_workbook(io.BytesIO(content)).active, "lead agency") == ["Housing Bureau"]


def told_sheet(plan: Plan, user: User) -> bytes:
    told = select_told_commitments(plan, user=user)
    return build_sheet(plan, rows(plan, user), told, day=TODAY, today=TODAY)


def test_directions_and_staged_commitments_have_a_line_for_words(clerk: User) -> None:
    plan = make_plan()
    figures = make_target(make_commitment(plan, lead_agency=clerk.agency))
    direction, staged = (make_commitment(plan, lead_agency=clerk.agency) for _ in range(2))
    make_staged_target(staged, date(2023, 12, 31), code="S-01")
    make_commitment(plan)
    make_commitment(plan, lead_agency=clerk.agency, lifecycle=Lifecycle.DROPPED, dropped_on=TODAY,
                    dropped_authority="会议", dropped_reason="调整")  # fmt: skip
    rebuild_plan(plan, at=NOON)
    sheet = load_workbook(io.BytesIO(told_sheet(plan, clerk))).active
    assert column(sheet, "code") == [figures.code, "S-01", direction.code, staged.code]
    assert column(sheet, "state of this period")[2:] == ["In words, without a value"] * 2


def test_a_line_for_words_takes_no_value(clerk: User) -> None:
    plan = make_plan()
    make_commitment(plan, lead_agency=clerk.agency)
    rebuild_plan(plan, at=NOON)
    sheet: Any = load_workbook(io.BytesIO(told_sheet(plan, clerk))).active
    open_ones = [
        name.value for name, cell in zip(sheet[1], sheet[2], strict=True) if not cell.protection.locked
    ]
    assert open_ones == ["data as of", "progress", "problems", "next steps"]
    assert {str(each.sqref): each.type for each in checks(sheet)} == {"N2": "date"}


def test_a_line_for_words_comes_back_as_words(clerk: User) -> None:
    plan = make_plan()
    direction = make_commitment(plan, lead_agency=clerk.agency)
    make_commitment(plan, lead_agency=clerk.agency)
    rebuild_plan(plan, at=NOON)
    book = load_workbook(io.BytesIO(told_sheet(plan, clerk)))
    sheet: Any = book.active
    sheet["O2"] = "已完成选址"
    job = handed_in(saved(book), plan, clerk, name="sheet.xlsx")
    row = job.staged.get()
    assert (row.commitment, row.progress, row.faults) == (direction, "已完成选址", None)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_words_it_offers_in_place_of_a_value_are_read(language: str) -> None:
    with translation.override(language):
        assert [read_no_figure(str(word)) for word in NO_FIGURE_CELL.values()] == list(NO_FIGURE_CELL)
