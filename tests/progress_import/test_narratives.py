"""Rows of a sheet that report in words."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from openpyxl import Workbook

from commitments.actions import commitments, ledger, period_locks
from commitments.domain.enums import NoFigure, Role
from commitments.domain.import_enums import ImportState
from commitments.models import Commitment, ImportJob, ImportRow, Plan, ProgressEntry, Target
from commitments.progress_import import jobs
from commitments.progress_import.ledger_export import ledger_columns
from commitments.reporting.parsing import NO_FIGURE_WORDS, read_no_figure
from commitments.spreadsheets.export_columns import headings, table
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import csv_of, doubts, faults, handed_in, recorded, saved, worked_on

pytestmark = pytest.mark.django_db
HEADER = ("code", "value", "day", "progress", "problems", "next_steps")
CODE = "A-04"


@pytest.fixture
def plan() -> Plan:
    return make_plan()


def target_of(plan: Plan, **given: Any) -> Target:
    return make_target(make_commitment(plan, code=CODE), **given)


def remarks(job: ImportJob) -> list[tuple[str, str]]:
    return [(column, said) for row in job.staged.all() for column, said, _params in row.remarks or []]


def test_words_about_a_commitment_are_recorded(plan: Plan) -> None:
    commitment = make_commitment(plan)
    job = recorded(csv_of((commitment.code, "", TODAY, "已开工", "征地", "封顶"), header=HEADER), plan)
    entry = ProgressEntry.objects.get()
    assert job.state == ImportState.APPLIED
    assert (entry.commitment, entry.target, entry.value) == (commitment, None, None)
    assert (entry.progress, entry.problems, entry.next_steps) == ("已开工", "征地", "封顶")


def test_a_direction_is_found_by_its_title(plan: Plan) -> None:
    commitment = make_commitment(plan, title="优化营商环境")
    sheet = csv_of(("1．优化营商环境", "", "已开工"), header=("title", "value", "progress"))
    recorded(sheet, plan)
    assert ProgressEntry.objects.get().commitment == commitment


def test_a_code_is_found_however_it_is_written(plan: Plan) -> None:
    commitment = make_commitment(plan, code="DEV-IND-01")
    recorded(
        csv_of(
            ("dev—ind—1", "", TODAY, "已开工"),
        ),
        plan,
    )
    assert ProgressEntry.objects.get().commitment == commitment


@pytest.mark.parametrize("value", ["", "—", "无"])
def test_a_target_without_a_value_is_recorded_in_words_and_the_preview_says_so(
    plan: Plan, value: str
) -> None:
    target = target_of(plan)
    job = handed_in(csv_of((CODE, value, TODAY, "已开工")), plan)
    assert remarks(job) == [("value", "There is no value: this is recorded as a report in words.")]
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    worked_on(job)
    entry = ProgressEntry.objects.get()
    assert (entry.target, entry.value, entry.no_figure) == (target, None, "")


def test_words_beside_a_stage_that_is_not_done_are_about_the_target(plan: Plan) -> None:
    target = make_staged_target(make_commitment(plan), date(2023, 6, 30))
    sheet = csv_of((target.code, "1", "", "推进中"), header=("code", "milestone", "value", "progress"))
    ((column, said),) = remarks(handed_in(sheet, plan))
    assert (column, said[:38]) == ("milestone", "The stage is not reported as done: the")


def test_words_about_a_staged_target_need_no_remark(plan: Plan) -> None:
    target = make_staged_target(make_commitment(plan), date(2023, 6, 30))
    assert remarks(handed_in(csv_of((target.code, "", TODAY, "推进中")), plan)) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("未发布", NoFigure.NOT_PUBLISHED),
        ("尚未公布。", NoFigure.NOT_PUBLISHED),
        ("Not published yet", NoFigure.NOT_PUBLISHED),
        ("无进展", NoFigure.NOTHING_NEW),
        ("nothing new", NoFigure.NOTHING_NEW),
    ],
)
def test_a_word_in_place_of_the_value_is_the_reason_for_none(
    plan: Plan, written: str, reason: NoFigure
) -> None:
    target_of(plan)
    job = recorded(csv_of((CODE, written, TODAY, "")), plan)
    entry = ProgressEntry.objects.get()
    assert (job.state, entry.no_figure, entry.progress) == (ImportState.APPLIED, reason, "")


def test_a_word_in_the_column_of_a_month_is_read_too(plan: Plan) -> None:
    target_of(plan)
    recorded(csv_of((CODE, "未发布"), header=("code", "本月完成")), plan)
    assert ProgressEntry.objects.get().no_figure == NoFigure.NOT_PUBLISHED


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (("code", "value"), ("有进展",)),
        (("code", "value"), ("未定",)),
        (("code", "本月完成", "累计完成"), ("未发布", 5)),
        (("code", "value", "denominator"), ("未发布", 200)),
        (("code", "value", "includes_earlier"), ("未发布", "yes")),
        (("code", "value", "denominator", "progress"), ("", 200, "已开工")),
        (("code", "本月完成", "denominator"), ("—", 200)),
    ],
)
def test_what_is_neither_figure_nor_reason_stays_refused(
    plan: Plan, header: tuple[str, ...], cells: tuple[object, ...]
) -> None:
    target_of(plan, accumulation="increments")
    assert [column for _row, column, _said in faults(handed_in(csv_of((CODE, *cells), header=header), plan))]


def test_a_stage_has_no_reason_for_having_no_figure(plan: Plan) -> None:
    target = make_staged_target(make_commitment(plan), date(2023, 6, 30))
    sheet = csv_of((target.code, "1", "未发布"), header=("code", "milestone", "value"))
    ((_row, column, said),) = faults(handed_in(sheet, plan))
    assert (column, said[:27]) == ("value", "A stage is done or not: wri")


def test_a_word_merged_over_several_rows_is_refused(plan: Plan) -> None:
    target_of(plan)
    assert faults(handed_in(merged(CODE, "未发布"), plan))[0][1] == "value"


@pytest.mark.parametrize("value", [5, "未发布"])
def test_a_commitment_takes_no_figure(plan: Plan, value: object) -> None:
    commitment = make_commitment(plan)
    ((_row, column, said),) = faults(handed_in(csv_of((commitment.code, value, TODAY, "已开工")), plan))
    expected = f"{commitment.code} is a commitment. A figure needs the code of its target."
    assert (column, said) == ("code", expected)


def test_a_stage_named_beside_a_commitment_is_not_lost_silently(plan: Plan) -> None:
    commitment = make_commitment(plan)
    sheet = csv_of((commitment.code, "竣工", "", "已开工"), header=("code", "milestone", "value", "progress"))
    assert [column for column, _said in remarks(handed_in(sheet, plan))] == ["milestone"]


@pytest.mark.parametrize(("given", "column"), [({"day": date(2029, 1, 1)}, "day"), ({"day": "九月"}, "day")])
def test_words_are_checked_like_figures(plan: Plan, given: dict[str, Any], column: str) -> None:
    commitment = make_commitment(plan)
    job = handed_in(csv_of((commitment.code, "", given["day"], "已开工")), plan)
    assert [found for _row, found, _said in faults(job)] == [column]


def test_another_agencys_commitment_is_refused(plan: Plan) -> None:
    commitment, clerk = make_commitment(plan), make_user(Role.CLERK, language="en")
    ((_row, column, _said),) = faults(handed_in(csv_of((commitment.code, "", TODAY, "已开工")), plan, clerk))
    assert column == "code"


def test_a_locked_period_takes_no_words(plan: Plan) -> None:
    commitment = make_commitment(plan)
    period_locks.lock(plan=plan, through=TODAY, reason="已上报", seen=0, by=make_user(), at=NOON)
    ((_row, column, _said),) = faults(handed_in(csv_of((commitment.code, "", TODAY, "已开工")), plan))
    assert column == "day"


def test_no_doubt_about_figures_concerns_words(plan: Plan) -> None:
    target = target_of(plan)
    make_counted_entry(target, 40, TODAY)
    sheet = csv_of((CODE, "", TODAY, "已开工"), (CODE, "", TODAY, "已开工"), (CODE, "未发布", TODAY, ""))
    assert doubts(handed_in(sheet, plan)) == []


def test_a_row_of_another_agency_is_still_asked_about(plan: Plan) -> None:
    commitment = make_commitment(plan, lead_agency=make_agency(name="区住建局"))
    sheet = csv_of(
        (commitment.code, "", "已开工", "区教育局"), header=("code", "value", "progress", "agency")
    )
    assert [column for _row, column, _said in doubts(handed_in(sheet, plan))] == ["agency"]


def test_words_are_checked_anew_where_something_has_changed(plan: Plan) -> None:
    target, commitment = target_of(plan), make_commitment(plan)
    sheet = csv_of((commitment.code, "", TODAY, "已开工"), (target.code, "未发布", TODAY, ""))
    job = handed_in(sheet, plan)
    make_commitment(plan)
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    assert worked_on(job).state == ImportState.APPLIED
    assert ProgressEntry.objects.count() == 2


def test_words_about_a_dropped_commitment_are_checked_anew(plan: Plan) -> None:
    commitment = make_commitment(plan)
    job = handed_in(csv_of((commitment.code, "", TODAY, "已开工")), plan)
    drop(commitment)
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    assert worked_on(job).state == ImportState.RECEIVED
    assert not ProgressEntry.objects.exists()


def test_words_about_a_commitment_that_is_gone_are_checked_anew(plan: Plan) -> None:
    commitment = make_commitment(plan)
    job = handed_in(csv_of((commitment.code, "", TODAY, "已开工")), plan)
    commitment.delete()
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    assert worked_on(job).state == ImportState.RECEIVED


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_exported_word_is_read_again(plan: Plan, language: str) -> None:
    target = target_of(plan)
    make_narrative(make_commitment(plan), problems="征地")
    for reason in NoFigure:
        make_narrative(target.commitment, target=target, no_figure=reason, progress="")
    before = facts()
    with override(language):
        sheet = export()
    for entry in ProgressEntry.objects.all():
        ledger.withdraw(entry=entry, reason="重报", by=make_user(), at=NOON)
    assert recorded(sheet, plan).state == ImportState.APPLIED
    assert facts() == before


@pytest.mark.parametrize("words", NO_FIGURE_WORDS.items())
def test_words_are_read_in_any_case_and_width(words: tuple[NoFigure, tuple[str, ...]]) -> None:
    reason, ways = words
    assert {read_no_figure(f" {way.upper()} ") for way in ways} == {reason}


@pytest.mark.parametrize(
    "wrong", [{"commitment": None, "target": None}, {"value": 5}, {"no_figure": "no_reason"}]
)
def test_the_database_refuses_a_right_row_about_nothing(plan: Plan, wrong: dict[str, Any]) -> None:
    commitment = make_commitment(plan)
    job = handed_in(csv_of((commitment.code, "", TODAY, "已开工")), plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRow.objects.filter(job=job).update(**wrong)


def facts() -> list[tuple[Any, ...]]:
    live = ProgressEntry.objects.live().order_by("pk")
    names = ("commitment", "target", "effective_on", "no_figure", "progress", "problems", "next_steps")
    return list(live.values_list(*names))


def export() -> bytes:
    columns = ledger_columns(lambda _entry: "")
    entries = ProgressEntry.objects.select_related("commitment", "target", "milestone", "recorded_by")
    return csv_of(*table(columns, entries.order_by("pk")), header=headings(columns))


def drop(commitment: Commitment) -> None:
    why: dict[str, Any] = {"authority": "区政府", "reason": "调整"}
    seen, by = commitments.newest(commitment), make_user()
    commitments.drop(commitment=commitment, on=TODAY, seen=seen, by=by, at=NOON, **why)


def merged(code: str, word: str) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for cells in (("code", "value"), (code, word), (code, "")):
        sheet.append(list(cells))
    sheet.merge_cells("B2:B3")
    return saved(book)
