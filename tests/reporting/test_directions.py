"""Commitments without targets are reported on in words, in any period."""

from datetime import date

import pytest

from commitments.actions import ledger
from commitments.domain.enums import NarrativeFrequency, Role
from commitments.domain.periods import Period
from commitments.models import Plan, User
from commitments.reporting.directions import DirectionRow, direction_rows
from commitments.reporting.state import ReportState
from tests.factories import NOON, make_agency, make_commitment, make_narrative, make_target, make_user
from tests.sql import statements

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, agency=make_agency())


def rows(plan: Plan, clerk: User, lock: date | None = None) -> list[DirectionRow]:
    assert clerk.agency
    month = Period(date(2023, 8, 1), AUGUST)
    return direction_rows(plan, user=clerk, period=month, agency=clerk.agency, lock=lock)


def test_commitments_without_targets_owe_nothing_and_take_words(plan: Plan, clerk: User) -> None:
    direction = make_commitment(plan, lead_agency=clerk.agency)
    make_target(make_commitment(plan, lead_agency=clerk.agency))
    make_commitment(plan)
    (row,) = rows(plan, clerk)
    assert (row.commitment, row.state_with_words, row.accepts, row.leads) == (
        direction, ReportState.OPTIONAL, True, True
    )  # fmt: skip


def ask_for_words(plan: Plan) -> None:
    """Ask for words month by month from August on."""
    plan.narrative_duties.create(
        frequency=NarrativeFrequency.MONTHLY, effective_from=date(2023, 8, 1), set_at=NOON
    )


def test_words_are_due_where_the_plan_asks_for_them(plan: Plan, clerk: User) -> None:
    make_commitment(plan, lead_agency=clerk.agency)
    ask_for_words(plan)
    (row,) = rows(plan, clerk)
    assert (row.state_with_words, row.late_after) == (ReportState.OPEN, date(2023, 9, 11))


def test_words_that_were_sent_are_due_no_more(plan: Plan, clerk: User) -> None:
    make_narrative(make_commitment(plan, lead_agency=clerk.agency), AUGUST)
    ask_for_words(plan)
    (row,) = rows(plan, clerk)
    assert row.state_with_words == ReportState.WAITING


def test_a_locked_month_takes_no_words(plan: Plan, clerk: User) -> None:
    make_commitment(plan, lead_agency=clerk.agency)
    (row,) = rows(plan, clerk, lock=AUGUST)
    assert (row.state_with_words, row.accepts) == (ReportState.LOCKED, False)


def test_words_of_the_month_and_the_note_before_are_there(plan: Plan, clerk: User) -> None:
    direction = make_commitment(plan, lead_agency=clerk.agency)
    make_narrative(direction, JULY, progress="七月")
    words = make_narrative(direction, AUGUST)
    (row,) = rows(plan, clerk)
    assert (row.reports, row.state_with_words, row.last_note) == ([words], ReportState.WAITING, "七月")


def test_returned_words_of_a_direction_are_asked_for_again(plan: Plan, clerk: User) -> None:
    words = make_narrative(make_commitment(plan, lead_agency=clerk.agency), AUGUST)
    ledger.return_(entry=words, reason="过于笼统", by=make_user(), at=NOON)
    (row,) = rows(plan, clerk)
    assert (row.returned, row.state_with_words) == (words, ReportState.RETURNED)


def test_words_about_a_commitment_with_targets_have_a_row_while_they_stand(plan: Plan, clerk: User) -> None:
    """They are withdrawn and corrected there; the targets' own rows ask for what is owed."""
    commitment = make_target(make_commitment(plan, lead_agency=clerk.agency)).commitment
    ask_for_words(plan)
    words = make_narrative(commitment, AUGUST)
    (row,) = rows(plan, clerk)
    assert (row.has_targets, row.reports, row.state_with_words) == (True, [words], ReportState.WAITING)
    ledger.return_(entry=words, reason="过于笼统", by=make_user(), at=NOON)
    (row,) = rows(plan, clerk)
    assert (row.returned, row.state_with_words) == (words, ReportState.RETURNED)
    ledger.withdraw(entry=words, reason="误报", by=make_user(), at=NOON)
    assert rows(plan, clerk) == []


def test_any_number_of_directions_takes_the_same_queries(plan: Plan, clerk: User) -> None:
    def asked() -> int:
        for _ in range(3):
            make_narrative(make_commitment(plan, lead_agency=clerk.agency), AUGUST)
        with statements() as sent:
            rows(plan, clerk)
        return len(sent)

    assert asked() == asked() <= 5
