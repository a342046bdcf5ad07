"""The same amounts in another sheet: a question, whatever the day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from commitments.actions import ledger
from commitments.models import ImportJob, ProgressEntry, Target
from commitments.progress_import import jobs
from tests.factories import NOON, make_commitment, make_plan, make_target, make_user
from tests.progress_import.samples import csv_of, handed_in, recorded, worked_on

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)


@pytest.fixture
def targets() -> list[Target]:
    plan = make_plan()
    return [make_target(make_commitment(plan), accumulation="increments") for _ in range(4)]


def sheet(targets: list[Target], values: list[int], on: date = AUGUST) -> bytes:
    return csv_of(*((target.code, value, on, "x") for target, value in zip(targets, values, strict=False)))


def again(targets: list[Target], first: list[int], second: list[int]) -> ImportJob:
    """Record a sheet of July, then hand in one of August."""
    plan = targets[0].commitment.plan
    recorded(sheet(targets, first, JULY), plan)
    return handed_in(sheet(targets, second), plan)


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        ([5, 6, 7], [5, 6, 7], True),
        ([5, 6, 7, 8], [5, 6, 7], True),
        ([5, 6, 7, 0], [5, 6, 7, 0], True),
        ([5, 6, 7], [5, 6, 8], False),
        ([5, 6, 7], [5, 6, 7, 8], False),
        ([5, 6, 0], [5, 6, 0], False),
        ([5, 6], [5, 6], False),
    ],
)
def test_three_amounts_that_are_not_0_make_a_sheet(
    targets: list[Target], first: list[int], second: list[int], is_asked: bool
) -> None:
    assert (again(targets, first, second).repeats is not None) is is_asked


def test_amounts_of_several_sheets_are_not_one(targets: list[Target]) -> None:
    plan = targets[0].commitment.plan
    recorded(sheet(targets[:2], [5, 6], JULY), plan)
    recorded(sheet(targets[2:], [7, 8], JULY), plan)
    assert handed_in(sheet(targets, [5, 6, 7, 8]), plan).repeats is None


def test_one_entry_is_not_three(targets: list[Target]) -> None:
    plan = targets[0].commitment.plan
    recorded(sheet(targets[:1], [5], JULY), plan)
    rows = ((targets[0].code, 5, date(2023, month, 15), "x") for month in (4, 5, 6))
    assert handed_in(csv_of(*rows), plan).repeats is None


def test_a_returned_sheet_is_handed_in_again_without_a_question(targets: list[Target]) -> None:
    plan = targets[0].commitment.plan
    recorded(sheet(targets, [5, 6, 7]), plan)
    for entry in ProgressEntry.objects.all():
        ledger.return_(entry=entry, reason="口径不符", by=make_user(), at=NOON + timedelta(hours=1))
    assert handed_in(sheet(targets, [5, 6, 7]), plan).repeats is None


def test_the_question_is_answered_before_it_is_recorded(targets: list[Target]) -> None:
    job = again(targets, [5, 6, 7], [5, 6, 7])
    with pytest.raises(ValidationError, match="repeat of the earlier sheet"):
        jobs.confirm(job=job, doubts_seen=False, by=job.uploaded_by, at=NOON)
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    worked_on(job)
    assert ProgressEntry.objects.count() == 6


def test_amounts_that_are_recorded_are_not_asked_about_again(targets: list[Target]) -> None:
    plan = targets[0].commitment.plan
    recorded(sheet(targets, [5, 6, 7], JULY), plan)
    rows = sheet(targets, [5, 6, 7]) + f"{targets[3].code},许多\r\n".encode()
    job = handed_in(rows, plan)
    assert job.repeats is not None
    jobs.confirm(job=job, doubts_seen=True, by=job.uploaded_by, at=NOON)
    job = worked_on(job)
    assert (job.faulty, job.repeats) == (1, None)
