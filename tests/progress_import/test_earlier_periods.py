"""The column of a sheet that settles earlier periods: the tick of the quick-log."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from commitments.domain.enums import Accumulation, Goal, Role, TargetKind
from commitments.domain.periods import Period
from commitments.models import ImportRow, ProgressEntry, Target, User
from commitments.progress_import.fault_messages import column_name
from commitments.reporting.due import ReportRow, report_rows
from tests.factories import (
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.progress_import.samples import csv_of, faults, handed_in, recorded, xlsx_of

pytestmark = pytest.mark.django_db

TICK = "includes all since the last report"
HEADER = ("code", "value", TICK)


def amounts(**given: Any) -> Target:
    return make_target(accumulation=Accumulation.INCREMENTS, **given)


def ticked(*cells: object, target: Target | None = None, header: tuple[str, ...] = HEADER) -> ImportRow:
    """Return the staged row of a target with these cells behind its code."""
    target = target or amounts()
    return handed_in(csv_of((target.code, *cells), header=header), target.commitment.plan).staged.get()


@pytest.mark.parametrize("text", ["是", "✓", "√", "yes", "Yes", "true", "1", "１", " 是 "])
def test_words_for_done_tick_the_row(text: str) -> None:
    assert ticked(5, text).includes_earlier


@pytest.mark.parametrize("text", ["", "否", "no", "FALSE", "0", "×", "—", "无"])
def test_blank_cells_and_words_for_no_leave_it(text: str) -> None:
    row = ticked(5, text)
    assert (row.includes_earlier, row.faults) == (False, None)


@pytest.mark.parametrize("cell", [True, 1, "是"])
def test_a_workbook_may_hold_a_truth_value(cell: object) -> None:
    target = amounts()
    job = handed_in(xlsx_of((target.code, 5, cell), header=HEADER), target.commitment.plan)
    assert job.staged.get().includes_earlier


def test_another_word_is_refused_by_name() -> None:
    target = amounts()
    job = handed_in(csv_of((target.code, 5, "大概"), header=HEADER), target.commitment.plan)
    said = "“大概” says neither yes nor no: write “yes”, or leave the cell blank."
    assert faults(job) == [(2, "includes_earlier", said)]


def test_a_tick_alone_reports_nothing() -> None:
    target = amounts()
    job = handed_in(
        csv_of((target.code, 5, ""), (target.code, "", "是"), header=HEADER), target.commitment.plan
    )
    assert (job.rows, job.left_out["blank"]) == (1, [1, 3])


def test_a_total_includes_nothing_and_says_so() -> None:
    target = make_target()
    job = handed_in(csv_of((target.code, 5, "是"), header=HEADER), target.commitment.plan)
    ((_row, column, said),) = faults(job)
    assert (column, said) == (
        "includes_earlier",
        "Only an increase or a ratio can include all since the last report.",
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_column_has_the_words_of_the_form_in_either_language(language: str) -> None:
    with translation.override(language):
        heading = column_name("includes_earlier")
    assert ticked(5, "是", header=("code", "value", heading)).includes_earlier


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, agency=make_agency(), language="en")


def august(target: Target, clerk: User) -> ReportRow:
    month = Period(date(2023, 8, 1), date(2023, 8, 31))
    (found,) = report_rows(target.commitment.plan, user=clerk, period=month, day=month.last)
    return found


def by_sheet(target: Target, clerk: User, denominator: str) -> None:
    sheet = csv_of(
        (target.code, 5, denominator, "是", "2023-07-31"), header=("code", "value", "out of", TICK, "day")
    )
    recorded(sheet, target.commitment.plan, clerk)


def by_page(target: Target, clerk: User, denominator: str) -> None:
    browser, name = Client(), target.pk
    browser.force_login(clerk)
    fields = {f"{name}-value": "5", f"{name}-denominator": denominator, f"{name}-includes_earlier": "1"}
    browser.post("/admin/log/?period=2023-07", {"day": "2023-07-31", **fields, f"{name}-progress": "补报"})


INCREMENTS = {"accumulation": Accumulation.INCREMENTS}
RATIO = {"accumulation": Accumulation.RATIO, "kind": TargetKind.LEVEL, "goal": Goal.FINAL, "unit": "%"}


@pytest.mark.parametrize("report", [by_sheet, by_page])
@pytest.mark.parametrize(("given", "denominator"), [(INCREMENTS, ""), (RATIO, "8")])
def test_earlier_periods_are_settled_as_by_the_form(
    report: Callable[[Target, User, str], None], given: Mapping[str, Any], denominator: str, clerk: User
) -> None:
    target = make_target(make_commitment(make_plan(), lead_agency=clerk.agency), **given)
    make_counted_entry(target, 4, date(2023, 4, 30), denominator=Decimal(6) if denominator else None)
    assert august(target, clerk).lacking != ()
    report(target, clerk, denominator)
    assert (august(target, clerk).lacking, ProgressEntry.objects.first().includes_earlier) == ((), True)  # type: ignore[union-attr]


def test_a_recorded_tick_is_told_by_the_api(client: Client) -> None:
    target = make_target(
        make_commitment(make_plan(review_required=False)), accumulation=Accumulation.INCREMENTS
    )
    recorded(csv_of((target.code, 5, "是"), header=HEADER), target.commitment.plan, on=TODAY)
    (found,) = client.get("/api/v1/progress/").json()["results"]
    assert found["includes_earlier"] is True
