"""Every case worked out by hand; its columns hold an officer's results, not those of the code."""

import csv
from dataclasses import fields
from decimal import Decimal

import pytest

from commitments.domain.assessment import Assessment, assess
from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Goal,
    Reason,
    Status,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.readings import standing
from commitments.domain.worked_cases import COMBINATIONS, TABLE, WorkedCase, worked_cases

from .cases import CALENDAR, RULES, RULES_2, STATISTICS

CASES = (*worked_cases(), *worked_cases(COMBINATIONS))
RULES_OF = {1: RULES, 2: RULES_2}
OF_COMMITMENTS_ONLY = {Reason.NOTHING_MEASURABLE}


def judged(case: WorkedCase, method: int) -> Assessment:
    found = standing(case.spec, case.readings, case.on, case.overdue_since)
    calendar = STATISTICS if case.kind == TargetKind.GROWTH_RATE else CALENDAR
    return assess(
        case.spec, found, on=case.on, rules=RULES_OF[method], calendar=calendar, dropped=case.dropped
    )


@pytest.mark.parametrize("index", range(len(CASES)), ids=[f"{case.number} {case.title_en}" for case in CASES])
def test_the_judgement_is_what_was_worked_out_by_hand(index: int) -> None:
    case = CASES[index]
    for method in case.methods:
        _agrees(case, judged(case, method))


def _agrees(case: WorkedCase, found: Assessment) -> None:
    progress = None if found.progress is None else found.progress * 100
    assert (found.actual, found.planned, progress, found.gap, found.status, found.reason) == (
        case.actual,
        case.planned,
        case.progress,
        case.gap,
        case.status,
        case.reason,
    )


def test_there_are_at_least_forty() -> None:
    assert len(worked_cases()) >= 40
    assert [case.number for case in CASES] == [*range(1, len(CASES) + 1)]


def test_every_rule_that_can_decide_a_target_is_shown() -> None:
    assert {case.reason for case in CASES} == {*Reason} - OF_COMMITMENTS_ONLY
    assert {case.status for case in CASES} == {*Status} - {Status.NOT_RATED}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ({*TargetKind}, {case.kind for case in CASES}),
        ({*Accumulation}, {case.accumulation for case in CASES}),
        ({*Goal}, {case.goal for case in CASES}),
        ({*Comparator}, {case.comparator for case in CASES}),
        ({*TrajectoryKind}, {case.trajectory for case in CASES}),
    ],
)
def test_every_word_of_a_target_is_shown(words: set[str], shown: set[str]) -> None:
    assert shown == words


def test_each_has_its_title_unit_and_working_in_both_languages() -> None:
    columns = "title_zh", "title_en", "unit_zh", "unit_en", "working_zh", "working_en"
    texts = {column: [getattr(case, column) for case in CASES] for column in columns}
    assert all(text and text == text.strip() for column in texts.values() for text in column)
    assert len(CASES) == len(set(texts["title_zh"])) == len(set(texts["title_en"]))


def test_readings_are_numbered_as_they_stand() -> None:
    jobs = next(case for case in worked_cases() if case.accumulation == Accumulation.INCREMENTS)
    assert [reading.entry for reading in jobs.reported] == [1, 2, 3, 4, 5, 6]


def test_no_column_of_the_table_goes_unread() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    renamed = {"target": "value", "revised": "revisions", "readings": "reported"}
    assert [renamed.get(column, column) for column in columns] == [f.name for f in fields(WorkedCase)]


def test_the_boundaries_are_among_them() -> None:
    """Exactly 95 %, 80 %, five points and one unit; the due day, the last day of grace and the day after."""
    paces = {
        (case.actual or Decimal(0)) / case.planned
        for case in CASES
        if case.planned and case.accumulation == Accumulation.RUNNING_TOTAL
    }
    assert {Decimal("0.95"), Decimal("0.8")} <= paces
    assert {(Decimal(-5), Reason.FAR_BEHIND), (Decimal(-25), Reason.FAR_BEHIND)} <= {
        (c.gap, c.reason) for c in CASES
    }
    assert {"2023-06-30", "2024-01-10", "2024-01-11", "2023-10-12", "2023-10-13"} <= {
        f"{c.on}" for c in CASES
    }
