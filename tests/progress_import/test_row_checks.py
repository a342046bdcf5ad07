"""Rows checked in bulk are refused exactly as the ledger refuses them one by one, and in the same words."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.actions import period_locks
from commitments.domain.enums import Accumulation, Goal, Lifecycle, Role, TargetKind
from commitments.models import Commitment, Milestone, Plan, Target, User
from commitments.progress_import import stage_words
from commitments.progress_import.context import read_context
from commitments.progress_import.figure_columns import FigureColumn, FigureColumns
from commitments.progress_import.recorded_entries import RecordedEntries
from commitments.progress_import.row_checks import check_rows
from commitments.progress_import.row_doubts import RowDoubts
from commitments.progress_import.row_figures import RowFigures
from commitments.progress_import.row_messages import render, serialize
from commitments.spreadsheets.reader.rows import LeftOut, SheetRow
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.progress_import.samples import csv_of, faults, handed_in
from tests.reporting.typed_numbers import DONE, NOT_DONE
from tests.sql import statements

pytestmark = pytest.mark.django_db
VALUES = ["0", "1", "5", "-5", "1.5", "0.00001", "9999999999999999", "10000000000000000", "-0.5"]
DAYS = [TODAY + timedelta(days=n) for n in (-400, -200, -30, -1, 0, 1)]


class Entered(NamedTuple):
    """A reported value, and its target."""

    target: int
    value: str
    denominator: str
    day: date
    milestone: bool


class World(NamedTuple):
    plan: Plan
    clerk: User
    targets: Sequence[Target]
    milestone: Milestone


DROPPED = {
    "lifecycle": Lifecycle.DROPPED,
    "dropped_on": TODAY,
    "dropped_authority": "常务会议",
    "dropped_reason": "调整",
}
STAGED = 6
FIGURES = RowFigures(FigureColumns(FigureColumn(1)), RecordedEntries())
ENTERED = st.builds(
    Entered,
    target=st.integers(0, 6),
    value=st.sampled_from(VALUES),
    denominator=st.sampled_from(["", "", "0", "200", "1.23456"]),
    day=st.sampled_from(DAYS),
    milestone=st.booleans(),
)


@pytest.fixture
def world() -> World:
    plan, agency = make_plan(), make_agency()

    def own(**given: Any) -> Commitment:
        return make_commitment(plan, lead_agency=agency, **given)

    supported = make_commitment(plan)
    supported.support.create(agency=agency)
    targets = [
        make_target(own()),
        make_target(supported, accumulation=Accumulation.INCREMENTS),
        make_target(own(), accumulation=Accumulation.LEVEL, kind=TargetKind.LEVEL),
        make_target(own(), unit="%", accumulation=Accumulation.RATIO, goal=Goal.FINAL, kind=TargetKind.LEVEL),
        make_target(own(**DROPPED)),
        make_target(make_commitment(plan)),
        make_staged_target(own(), date(2023, 6, 30)),
    ]
    period_locks.lock(
        plan=plan, through=date(2023, 3, 31), reason="季度通报", seen=0, by=make_user(), at=NOON
    )
    clerk = make_user(Role.CLERK, agency=agency, language="en")
    return World(plan, clerk, targets, targets[STAGED].milestones.get())


def row(number: int, entered: Entered, world: World) -> SheetRow:
    milestone = world.milestone.title if entered.milestone else ""
    return SheetRow(
        number=number, code=world.targets[entered.target].code, title="", milestone=milestone, value=entered.value,
        percent=False, denominator=entered.denominator, day=entered.day.isoformat(), progress="", problems="",
        next_steps="", faults=[], written=[],
    )  # fmt: skip


def recorded(entered: Entered, world: World) -> None:
    make_entry(
        world.targets[entered.target],
        Decimal(entered.value),
        entered.day,
        by=world.clerk,
        at=NOON,
        milestone=world.milestone if entered.milestone else None,
        denominator=Decimal(entered.denominator) if entered.denominator else None,
    )


def one_by_one(all_entered: Sequence[Entered], world: World) -> Iterator[str]:
    """Return the ledger's answer to each entry, recorded after those before that it took."""
    for entered in all_entered:
        try:
            with transaction.atomic():
                recorded(entered, world)
        except ValidationError as refusal:
            yield refusal.messages[0]
        except PermissionDenied as refusal:
            yield str(refusal)
        else:
            yield ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTERED, max_size=12))
def test_the_bulk_check_is_the_ledgers_own(world: World, all_entered: list[Entered]) -> None:
    with transaction.atomic():
        frame = read_context(world.plan, by=world.clerk, at=NOON)
        rows = [row(number, entered, world) for number, entered in enumerate(all_entered)]
        checked = list(check_rows(rows, frame, TODAY, RowDoubts({}, RecordedEntries()), FIGURES, LeftOut()))
        for each, refused in zip(checked, one_by_one(all_entered, world), strict=True):
            assert bool(each.faults) == bool(refused)
            sentences = {sentence for _column, sentence in render(serialize(each.faults))}
            assert not refused or sentences & {refused, stage_words.HOW}
        transaction.set_rollback(True)


def test_everything_wrong_with_a_row_is_named(world: World) -> None:
    bad = (world.targets[0].code, "-1.23456", "2030-01-01")
    assert [column for _n, column, _said in faults(handed_in(csv_of(bad), world.plan, world.clerk))] == [
        "value",
        "day",
    ]


def test_an_unknown_code_is_named(world: World) -> None:
    ((_number, column, said),) = faults(handed_in(csv_of(("NO-SUCH", 1)), world.plan, world.clerk))
    assert (column, said) == ("code", "No target of the plan is called “NO-SUCH”.")


def test_a_title_does_where_it_is_the_only_one(world: World) -> None:
    target = make_target(
        make_commitment(world.plan, lead_agency=world.clerk.agency, title="城镇 新增就业"), title="Jobs"
    )
    job = handed_in(
        csv_of(("城镇新增就业", 1), ("改造老旧小区", 1), header=("title", "value")), world.plan, world.clerk
    )
    assert job.staged.get(number=2).target == target
    ((number, _column, said),) = faults(job)
    assert number == 3
    assert said.startswith("Several targets of the plan are called “改造老旧小区”: ")


@pytest.mark.parametrize("name", ["1", "节点1", "stage 1"])
def test_a_milestone_goes_by_title_or_number(world: World, name: str) -> None:
    header = ("code", "milestone", "value")
    job = handed_in(csv_of((world.targets[STAGED].code, name, 1), header=header), world.plan, world.clerk)
    assert job.staged.get().milestone == world.milestone


@pytest.mark.parametrize("done", [*DONE, "1.0"])
def test_a_stage_is_done_in_many_words(world: World, done: str) -> None:
    sheet = csv_of((world.targets[STAGED].code, "1", done), header=("code", "milestone", "value"))
    job = handed_in(sheet, world.plan, world.clerk)
    assert (faults(job), job.staged.get().value) == ([], Decimal(1))


@pytest.mark.parametrize("written", NOT_DONE)
def test_a_stage_is_no_figure(world: World, written: str) -> None:
    sheet = csv_of((world.targets[STAGED].code, "1", written), header=("code", "milestone", "value"))
    how = "A stage is done or not: write “Done”, or leave the row blank while it is not."
    assert faults(handed_in(sheet, world.plan, world.clerk)) == [(2, "value", how)]


def test_an_unknown_milestone_is_named(world: World) -> None:
    sheet = csv_of((world.targets[STAGED].code, "竣工", 1), header=("code", "milestone", "value"))
    assert "竣工" in faults(handed_in(sheet, world.plan, world.clerk))[0][2]


def test_percent_is_for_what_is_counted_in_percent(world: World) -> None:
    rate = make_target(
        make_commitment(world.plan, lead_agency=world.clerk.agency), unit="%", kind=TargetKind.LEVEL
    )
    job = handed_in(csv_of((rate.code, "5.3%"), (world.targets[0].code, "5%")), world.plan, world.clerk)
    assert [number for number, _column, _said in faults(job)] == [3]
    assert job.staged.get(number=2).value == Decimal("5.3")


def test_any_number_of_rows_takes_the_same_number_of_queries(world: World) -> None:
    def asked(count: int) -> int:
        sheet = csv_of(*((world.targets[0].code, n, "2023-09-01") for n in range(count)))
        with statements() as sent:
            handed_in(sheet, world.plan, world.clerk)
        return len(sent)

    assert asked(2) == asked(200)


@pytest.mark.parametrize("value", ["7个", "7 communities", "７个"])
def test_the_targets_unit_behind_a_value_is_understood(world: World, value: str) -> None:
    job = handed_in(csv_of((world.targets[0].code, value)), world.plan, world.clerk)
    assert job.staged.get().value == 7


def test_another_unit_is_not(world: World) -> None:
    assert faults(handed_in(csv_of((world.targets[0].code, "7万元")), world.plan, world.clerk)) != []


def test_a_milestone_is_reported_once_in_a_sheet(world: World) -> None:
    sheet = csv_of(
        *((world.targets[STAGED].code, "1", 1) for _ in range(2)), header=("code", "milestone", "value")
    )
    assert [row for row, _column, _said in faults(handed_in(sheet, world.plan, world.clerk))] == [3]


def test_a_row_that_names_no_target_is_named(world: World) -> None:
    ((row, column, _said),) = faults(handed_in(csv_of(("", 1)), world.plan, world.clerk))
    assert (row, column) == (2, "code")
