"""The state of reports as a fact of the day, for now and for any past day."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from commitments.actions import ledger
from commitments.domain.enums import Accumulation, DutyState, NarrativeFrequency, NoFigure
from commitments.models import Commitment, CommitmentRollup, NarrativeDuty, Plan, Target
from commitments.rollups import audit, read, refresh
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_staged_target,
    make_target,
    make_user,
)
from tests.rollups.lives import FIRST, Life

pytestmark = pytest.mark.django_db
AUGUST = date(2023, 8, 31)
SEPTEMBER_5, SEPTEMBER_12, SEPTEMBER_20 = (date(2023, 9, day) for day in (5, 12, 20))
OCTOBER_20 = datetime.fromisoformat("2023-10-20T12:00+08:00")
DAY = timedelta(days=1)


def at(day: date) -> datetime:
    return NOON + (day - NOON.date())


def on(target: Target, *days: date) -> list[str | None]:
    """Return the state of the target's reports on each day, as known now."""
    plan = target.commitment.plan
    return [read.AsOf(plan, day).verdicts.targets[target.pk].report_state for day in days]


def now(commitment: Commitment, instant: datetime = NOON) -> str | None:
    refresh.rebuild_plan(commitment.plan, at=instant)
    return CommitmentRollup.objects.get(commitment=commitment).report_state


@pytest.fixture
def amounts() -> Target:
    """Make a target whose first report is that of August."""
    return make_target(accumulation=Accumulation.INCREMENTS, starts_on=date(2023, 8, 1))


def ask_for_words(plan: Plan, **given: Any) -> None:
    chosen = {"frequency": NarrativeFrequency.QUARTERLY, "effective_from": date(2023, 7, 1)} | given
    NarrativeDuty.objects.create(plan=plan, set_by=make_user(), set_at=NOON, **chosen)


def test_a_report_is_seen_from_the_day_it_was_sent(amounts: Target) -> None:
    make_entry(amounts, 5, AUGUST, at=at(SEPTEMBER_20))
    found = on(amounts, SEPTEMBER_5, SEPTEMBER_20 - DAY, SEPTEMBER_20)
    assert found == [DutyState.DUE, DutyState.LATE, DutyState.IN_REVIEW]


def test_an_approval_changes_no_earlier_day(amounts: Target) -> None:
    entry = make_entry(amounts, 5, AUGUST, at=at(SEPTEMBER_5))
    ledger.approve(entry=entry, by=make_user(), at=at(SEPTEMBER_20))
    found = on(amounts, SEPTEMBER_5 - DAY, SEPTEMBER_12, SEPTEMBER_20)
    assert found == [DutyState.DUE, DutyState.IN_REVIEW, DutyState.REPORTED]


def test_a_return_changes_no_earlier_day(amounts: Target) -> None:
    entry = make_entry(amounts, 5, AUGUST, at=at(SEPTEMBER_5))
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=at(SEPTEMBER_12))
    found = on(amounts, SEPTEMBER_12 - DAY, SEPTEMBER_12, date(2023, 9, 19), SEPTEMBER_20)
    assert found == [DutyState.IN_REVIEW, DutyState.DUE, DutyState.DUE, DutyState.LATE]


def give_up(target: Target, *, returned_on: date, withdrawn_on: date) -> None:
    entry = make_entry(target, 5, AUGUST, at=at(SEPTEMBER_5))
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=at(returned_on))
    ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=at(withdrawn_on))


def test_a_return_that_was_given_up_leaves_no_grace_from_that_day_on(amounts: Target) -> None:
    give_up(amounts, returned_on=SEPTEMBER_12, withdrawn_on=date(2023, 9, 15))
    found = on(amounts, SEPTEMBER_12, date(2023, 9, 14), date(2023, 9, 15))
    assert found == [DutyState.DUE, DutyState.DUE, DutyState.LATE]


def test_a_return_that_was_given_up_is_judged_anew(amounts: Target) -> None:
    entry = make_entry(amounts, 5, AUGUST, at=at(SEPTEMBER_5))
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=NOON)
    assert now(amounts.commitment) == DutyState.DUE
    ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=NOON)
    refresh.drain(clock=lambda: NOON)
    assert CommitmentRollup.objects.get(commitment=amounts.commitment).report_state == DutyState.LATE


def test_the_audit_agrees_on_a_return_that_was_given_up(amounts: Target) -> None:
    give_up(amounts, returned_on=SEPTEMBER_20, withdrawn_on=NOON.date())
    plan = amounts.commitment.plan
    refresh.rebuild_plan(plan, at=NOON)
    assert audit.audit(plan, at=NOON).differences == []


def test_what_was_reached_later_excuses_no_earlier_silence() -> None:
    target = make_target(starts_on=date(2023, 8, 1), value=76)
    make_counted_entry(target, 76, date(2023, 8, 20), at=at(SEPTEMBER_20))
    assert on(target, SEPTEMBER_12, SEPTEMBER_20) == [DutyState.LATE, DutyState.NOT_DUE]


def test_a_direction_owes_words_by_its_plans_choice() -> None:
    commitment = make_commitment()
    assert now(commitment, OCTOBER_20) == DutyState.NOT_DUE
    ask_for_words(commitment.plan)
    assert now(commitment, OCTOBER_20) == DutyState.LATE


def test_words_settle_the_quarter() -> None:
    commitment = make_commitment()
    ask_for_words(commitment.plan)
    entry = make_narrative(commitment)
    assert now(commitment, OCTOBER_20) == DutyState.IN_REVIEW
    ledger.approve(entry=entry, by=make_user(), at=OCTOBER_20)
    assert now(commitment, OCTOBER_20) == DutyState.REPORTED


def test_words_about_the_commitment_are_about_its_stages() -> None:
    target = make_staged_target(None, date(2023, 12, 20))
    ask_for_words(target.commitment.plan)
    make_narrative(target.commitment)
    assert now(target.commitment, OCTOBER_20) == DutyState.IN_REVIEW


def test_words_leave_a_figure_owed(amounts: Target) -> None:
    make_narrative(amounts.commitment, AUGUST, target=amounts)
    assert now(amounts.commitment) == DutyState.LATE


def test_the_word_that_there_is_no_figure_settles_it(amounts: Target) -> None:
    make_narrative(amounts.commitment, AUGUST, target=amounts, no_figure=NoFigure.NOTHING_NEW)
    assert now(amounts.commitment) == DutyState.IN_REVIEW


def test_withdrawn_words_settle_nothing(amounts: Target) -> None:
    entry = make_narrative(amounts.commitment, AUGUST, target=amounts, no_figure=NoFigure.NOTHING_NEW)
    ledger.withdraw(entry=entry, reason="误报", by=entry.recorded_by, at=NOON)
    assert now(amounts.commitment) == DutyState.LATE


def test_a_choice_made_later_changes_no_earlier_day() -> None:
    commitment = make_commitment()
    ask_for_words(commitment.plan, effective_from=date(2023, 4, 1))
    then, today = (read.AsOf(commitment.plan, day) for day in (NOON.date() - DAY, NOON.date()))
    states = [each.verdicts.commitments[commitment.pk].report_state for each in (then, today)]
    assert states == [DutyState.NOT_DUE, DutyState.LATE]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_happens_later_changes_a_day(seed: int) -> None:
    life = Life(seed)
    told: dict[date, dict[int, Any]] = {}
    for day in life.live(30, events=6):
        if day == FIRST + timedelta(days=15):
            told = {past: duties(life.plan, past) for past in (FIRST + timedelta(days=n) for n in range(15))}
    assert told
    for past, before in told.items():
        after = duties(life.plan, past)
        assert {target: after[target] for target in before} == before


def duties(plan: Plan, day: date) -> dict[int, Any]:
    """Return the states of all reports on a day, by target."""
    found = read.AsOf(plan, day).verdicts.targets
    return {pk: (each.report_state, each.report_since, each.report_due_on) for pk, each in found.items()}


def test_the_audit_agrees_on_words_and_returns() -> None:
    target = make_staged_target(None, date(2023, 12, 20))
    plan = target.commitment.plan
    ask_for_words(plan)
    direction = make_commitment(plan)
    entry = make_narrative(direction)
    ledger.return_(entry=entry, reason="过于笼统", by=make_user(), at=NOON)
    refresh.rebuild_plan(plan, at=OCTOBER_20)
    assert audit.audit(plan, at=OCTOBER_20).differences == []
