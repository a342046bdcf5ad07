"""Rows without a value beside a rate: asked about where the target is a rate, else left out for that reason."""

import pytest

from commitments.domain.import_enums import ImportState
from commitments.models import ImportJob, Plan, Target
from commitments.progress_import import jobs
from commitments.progress_import.amendments import RowChange
from tests.factories import NOON, make_commitment, make_target
from tests.progress_import.samples import csv_of, faults, handed_in, worked_on

pytestmark = pytest.mark.django_db

LEVEL = {"accumulation": "level", "kind": "level", "goal": "final", "unit": "%", "unit_en": "%"}


@pytest.fixture
def rate(plan: Plan) -> Target:
    return make_target(make_commitment(plan), code="RATE", **LEVEL)


@pytest.fixture
def count(plan: Plan) -> Target:
    return make_target(make_commitment(plan), code="COUNT")


def read(plan: Plan, *row: object, heading: str = "增速（%）") -> ImportJob:
    """Read a row and another one that is right."""
    other = make_target(make_commitment(plan), code="OTHER")
    header = ("code", "完成值", heading, "进展情况")
    return handed_in(csv_of((other.code, 5, "", ""), row, header=header), plan)


def test_a_rate_beside_no_value_may_be_the_value_of_a_rate(plan: Plan, rate: Target) -> None:
    said = "There is no value, but a rate: “增速（%）” 7.2. If that is the value, enter it."
    assert faults(read(plan, rate.code, "", 7.2, "")) == [(3, "value", said)]


def test_the_rate_is_recorded_once_it_is_entered(plan: Plan, rate: Target) -> None:
    job = read(plan, rate.code, "", 7.2, "")
    change = {3: RowChange(left_out=False, cells={"value": "7.2"})}
    jobs.amend(job=job, changes=change, by=job.uploaded_by, at=NOON)
    job = worked_on(job)
    assert (job.faulty, float(job.staged.get(number=3).value or 0)) == (0, 7.2)


def test_a_note_beside_the_rate_changes_nothing(plan: Plan, rate: Target) -> None:
    ((_row, _column, said),) = faults(read(plan, rate.code, "", 7.2, "如期"))
    assert said.startswith("There is no value, but a rate")


@pytest.mark.parametrize(
    "heading", ["增速", "完成率", "占比", "同比", "比上年同期±%", "Growth rate", "% done"]
)
def test_a_rate_is_no_count(plan: Plan, count: Target, heading: str) -> None:
    job = read(plan, count.code, "", "7.2%", "", heading=heading)
    assert (job.state, job.faulty) == (ImportState.CHECKED, 0)
    assert job.left_out == {"above": [1, 1], "rate": [1, 3]}


def test_a_note_without_a_value_stays_a_problem_beside_a_rate(plan: Plan, count: Target) -> None:
    ((_row, _column, said),) = faults(read(plan, count.code, "", 7.2, "如期"))
    assert said.startswith("There is a note but no value.")


@pytest.mark.parametrize(
    "heading", ["上年同期增速", "计划完成率", "序时进度（%）", "Planned rate", "联系电话"]
)
def test_a_rate_of_another_time_is_not_asked_about(plan: Plan, rate: Target, heading: str) -> None:
    assert read(plan, rate.code, "", 7.2, "", heading=heading).left_out["blank"] == [1, 3]


@pytest.mark.parametrize("cell", ["0.0%", "#DIV/0!", "—", ""])
def test_a_formula_beside_no_value_says_nothing(plan: Plan, rate: Target, cell: str) -> None:
    assert read(plan, rate.code, "", cell, "").left_out["blank"] == [1, 3]
