from pathlib import Path

import pytest

from commitments.plan_import.files.kinds import KINDS
from commitments.plan_import.files.plain_plan import State, differences, wanted_rows
from commitments.plan_import.files.read import read_plan

from ..folders import edit


@pytest.fixture
def state(folder: Path) -> State:
    return wanted_rows(read_plan(folder))


def empty() -> State:
    return {kind: {} for kind in KINDS}


def test_a_plan_differs_from_itself_in_nothing(state: State) -> None:
    assert differences(state, state) == []


def test_an_empty_database_gets_every_row(state: State) -> None:
    changes = differences(empty(), state)
    assert {change.action for change in changes} == {"create"}
    assert len(changes) == sum(map(len, state.values()))


def test_rows_are_made_before_those_that_point_to_them(state: State) -> None:
    kinds = [change.kind for change in differences(empty(), state)]
    assert kinds == sorted(kinds, key=list(KINDS).index)


def test_a_changed_field_is_shown_with_old_and_new(state: State, folder: Path) -> None:
    edit(folder, "commitments.csv", "改造小区", "改造老旧小区")
    [change] = differences(state, wanted_rows(read_plan(folder)))
    assert (change.action, change.kind, change.key) == ("update", "commitment", ("C1",))
    assert change.fields == {"title": ("改造小区", "改造老旧小区")}


def test_a_row_that_is_gone_is_removed(state: State, folder: Path) -> None:
    edit(folder, "commitments.csv", "A,works,jobs", "A,works,")
    [change] = differences(state, wanted_rows(read_plan(folder)))
    assert (change.action, change.kind, change.key) == ("remove", "support", ("C1", "jobs"))


def test_what_other_plans_may_use_is_never_removed(state: State) -> None:
    actions = {change.kind for change in differences(state, empty())}
    assert actions.isdisjoint({"jurisdiction", "agency", "source", "rule_set", "plan"})


def test_a_place_without_a_parent_has_none(folder: Path) -> None:
    edit(folder, "plan.toml", "[jurisdiction.parent]", "[elsewhere]")
    places = wanted_rows(read_plan(folder))["jurisdiction"]
    assert {key: row["parent"] for key, row in places.items()} == {("610302",): None}
