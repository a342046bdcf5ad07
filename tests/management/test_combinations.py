"""The page of combinations is that of the code, and each allowed one has its worked case."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from commitments.domain.enums import Status
from commitments.management.combinations import REASONS, cases, combinations, meaning, refusal
from tests.factories import make_commitment, make_target

PAGE = Path(__file__).parents[2] / "docs" / "combinations.md"
RUNNING = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
ALLOWED = [each for each in combinations() if not refusal(each)]


def test_the_page_is_that_of_the_code() -> None:
    printed = StringIO()
    call_command("list_combinations", stdout=printed)
    assert PAGE.read_text(encoding="utf-8") == printed.getvalue()


def test_each_allowed_combination_has_a_worked_case() -> None:
    assert [each for each in ALLOWED if not cases().get(each)] == []


def test_no_refused_combination_has_a_worked_case() -> None:
    assert cases().keys() - set(ALLOWED) == set()


def test_while_a_target_runs_its_reason_is_one_of_its_meaning() -> None:
    strange = {
        case.number: case.reason
        for combination, shown in cases().items()
        for case in shown
        if case.status in RUNNING and case.reason not in REASONS[meaning(combination)]
    }
    assert strange == {}


@pytest.mark.django_db
def test_the_database_refuses_the_same_combinations() -> None:
    commitment = make_commitment()
    differing = []
    for index, (kind, direction, goal, accumulation) in enumerate(combinations()):
        given = {"kind": kind, "direction": direction, "goal": goal, "accumulation": accumulation}
        try:
            with transaction.atomic():
                make_target(
                    commitment,
                    code=f"T-{index}",
                    value=100,
                    unit="%",
                    unit_en="%",
                    comparator=">=" if direction == "at_least" else "<=",
                    **given,
                )
            taken = True
        except IntegrityError:
            taken = False
        if taken == bool(refusal((kind, direction, goal, accumulation))):
            differing.append(given)
    assert differing == []
