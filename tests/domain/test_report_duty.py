"""The state of the duty to report: what was sent, returned and decided by a day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.domain.enums import Accumulation, DutyState, Freshness, Goal, NarrativeFrequency, TargetKind
from commitments.domain.owed import NOTHING_DUE, ReportDuty, report_duty, words_duty, worst_duty
from commitments.domain.periods import Period
from commitments.domain.readings import Reading, standing
from commitments.domain.submissions import (
    OpenStage,
    ReportFacts,
    Submission,
    WordsChoice,
    narrative_periods,
)
from tests.oracles.words import asked_for

from .cases import CALENDAR, spec, staged

JULY, AUGUST, SEPTEMBER = date(2023, 7, 31), date(2023, 8, 31), date(2023, 9, 28)
IN_TIME, TOO_LATE = date(2023, 9, 11), date(2023, 9, 12)
TOTAL, AMOUNTS = Accumulation.RUNNING_TOTAL, Accumulation.INCREMENTS
QUARTERLY = WordsChoice(NarrativeFrequency.QUARTERLY, date(2023, 7, 1))
THIRD_QUARTER = Period(date(2023, 7, 1), date(2023, 9, 30))
OCTOBER_10, OCTOBER_17 = date(2023, 10, 10), date(2023, 10, 17)
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def duty(
    *sent: Submission,
    on: date = SEPTEMBER,
    accumulation: Accumulation = TOTAL,
    counted: tuple[date, ...] = (),
) -> ReportDuty:
    """Return the duty of a target that starts in August and has one reading on each day of `counted`."""
    target = spec(accumulation=accumulation, starts_on=date(2023, 8, 1), due_on=date(2024, 12, 31))
    readings = [Reading(day, Decimal(1), number) for number, day in enumerate(counted)]
    return report_duty(target, standing(target, readings, on), CALENDAR, on, ReportFacts(sent))


def of_stages(*sent: Submission, on: date = SEPTEMBER, **facts: Any) -> ReportDuty:
    given = {"open_stages": [OpenStage(1, AUGUST)]} | facts
    return report_duty(staged(), standing(staged(), [], on), CALENDAR, on, ReportFacts(sent, **given))


def words(*sent: Submission, on: date) -> ReportDuty:
    periods = narrative_periods((QUARTERLY,), *YEAR, on)
    return words_duty(CALENDAR, on, ReportFacts(sent, periods))


def periods(on: date, *duties: WordsChoice) -> list[Period]:
    return list(narrative_periods(duties, *YEAR, on))


def test_silence_is_due_then_late() -> None:
    assert [duty(on=day).state for day in (AUGUST, IN_TIME, TOO_LATE)] == [
        DutyState.NOT_DUE, DutyState.DUE, DutyState.LATE,
    ]  # fmt: skip


def test_a_lacking_report_says_since_when_and_by_when() -> None:
    assert duty()[1:] == (AUGUST, date(2023, 9, 5))


@pytest.mark.parametrize("accumulation", [TOTAL, AMOUNTS])
def test_who_has_reported_is_in_review(accumulation: Accumulation) -> None:
    assert duty(Submission(AUGUST, waits=True), accumulation=accumulation).state == DutyState.IN_REVIEW


@pytest.mark.parametrize("accumulation", [TOTAL, AMOUNTS])
def test_what_counts_is_reported(accumulation: Accumulation) -> None:
    assert duty(counted=(AUGUST,), accumulation=accumulation).state == DutyState.REPORTED


def test_a_report_in_review_is_current() -> None:
    assert duty(Submission(AUGUST, waits=True)).freshness == Freshness.CURRENT


def test_a_returned_report_is_due_until_the_grace_after_its_return() -> None:
    returned = Submission(AUGUST, returned_on=date(2023, 9, 20))
    found = [duty(returned, on=day) for day in (date(2023, 9, 27), date(2023, 9, 28))]
    assert [each.state for each in found] == [DutyState.DUE, DutyState.LATE]
    assert found[0].due_on == date(2023, 9, 27)


def test_an_early_return_takes_no_time_away() -> None:
    assert duty(Submission(AUGUST, returned_on=date(2023, 9, 1)), on=IN_TIME).state == DutyState.DUE


def test_a_return_gives_other_months_no_time() -> None:
    returned = Submission(date(2023, 9, 5), returned_on=SEPTEMBER)
    assert duty(returned).state == DutyState.LATE


def test_words_leave_a_figure_due() -> None:
    assert duty(Submission(AUGUST, in_words=True)).state == DutyState.LATE


@pytest.mark.parametrize("waits", [True, False])
def test_the_word_that_there_is_no_figure_settles_its_period(waits: bool) -> None:
    none = Submission(AUGUST, waits=waits, in_words=True, no_figure=True)
    assert duty(none).freshness == Freshness.CURRENT


def test_it_settles_no_other_period() -> None:
    none = Submission(AUGUST, in_words=True, no_figure=True)
    assert duty(none, on=date(2023, 10, 31)).since == date(2023, 9, 30)


def test_a_waiting_amount_that_includes_all_before_settles_them() -> None:
    later = Submission(date(2023, 9, 20), waits=True, includes_earlier=True)
    assert duty(later, accumulation=AMOUNTS).state == DutyState.IN_REVIEW


@pytest.mark.parametrize("goal", [Goal.FINAL, Goal.MAINTAIN])
def test_what_comes_after_the_last_day_settles_nothing_in_review_either(goal: Goal) -> None:
    """A value of September says nothing about a goal for the end of August."""
    target = spec(
        kind=TargetKind.LEVEL,
        accumulation=Accumulation.LEVEL,
        goal=goal,
        starts_on=date(2023, 8, 1),
        due_on=AUGUST,
    )
    sent, counted = Submission(IN_TIME, waits=True), Reading(IN_TIME, Decimal(1), 1)
    found = [
        report_duty(
            target, standing(target, readings, SEPTEMBER), CALENDAR, SEPTEMBER, ReportFacts(submissions)
        )
        for readings, submissions in (([counted], []), ([], [sent]))
    ]
    assert [each.since for each in found] == [AUGUST, AUGUST]


def test_what_has_ended_owes_nothing() -> None:
    assert (
        report_duty(spec(), standing(spec(), [], SEPTEMBER), CALENDAR, SEPTEMBER, running=False)
        == NOTHING_DUE
    )


def test_an_open_stage_is_late_after_its_grace() -> None:
    assert of_stages().state == DutyState.LATE


def test_a_stage_in_review_is_not_owed() -> None:
    assert of_stages(Submission(AUGUST, waits=True, stage=1)).state == DutyState.IN_REVIEW


def test_another_stage_is_owed_still() -> None:
    stages = [OpenStage(1, AUGUST), OpenStage(2, JULY)]
    assert of_stages(Submission(AUGUST, waits=True, stage=1), open_stages=stages).since == JULY


def test_who_says_why_a_stage_is_not_done_has_reported() -> None:
    assert of_stages(Submission(date(2023, 9, 5), in_words=True)).state == DutyState.REPORTED


def test_words_from_before_its_day_say_nothing_about_a_stage() -> None:
    assert of_stages(Submission(JULY, in_words=True)).state == DutyState.LATE


def test_between_stages_words_are_owed() -> None:
    found = of_stages(open_stages=[], narrative_periods=[THIRD_QUARTER], on=OCTOBER_17)
    assert (found.state, found.since) == (DutyState.LATE, date(2023, 9, 30))


def test_a_stage_in_review_is_a_word_too() -> None:
    waiting = Submission(AUGUST, waits=True, stage=1)
    found = of_stages(waiting, open_stages=[], narrative_periods=[THIRD_QUARTER], on=OCTOBER_17)
    assert found.state == DutyState.IN_REVIEW


def test_a_direction_owes_words_once_a_quarter_is_over() -> None:
    found = [words(on=day).state for day in (SEPTEMBER, OCTOBER_10, OCTOBER_17)]
    assert found == [DutyState.NOT_DUE, DutyState.DUE, DutyState.LATE]


def test_words_of_the_quarter_settle_it() -> None:
    assert words(Submission(JULY, in_words=True), on=OCTOBER_17).state == DutyState.REPORTED


def test_returned_words_are_due_again() -> None:
    returned = Submission(JULY, in_words=True, returned_on=OCTOBER_17)
    assert words(returned, on=OCTOBER_17).state == DutyState.DUE


def test_nothing_is_owed_for_a_quarter_that_had_begun() -> None:
    late_choice = WordsChoice(NarrativeFrequency.QUARTERLY, date(2023, 7, 2))
    assert periods(date(2024, 2, 1), late_choice) == [Period(date(2023, 10, 1), date(2023, 12, 31))]


def test_before_a_choice_nothing_is_owed() -> None:
    assert periods(date(2023, 7, 1), QUARTERLY) == []


def test_months_are_owed_month_by_month() -> None:
    monthly = WordsChoice(NarrativeFrequency.MONTHLY, date(2023, 7, 1))
    assert [period.last for period in periods(date(2023, 9, 1), monthly)] == [JULY, AUGUST]


def test_a_newer_choice_begins_after_the_period_that_runs() -> None:
    monthly = WordsChoice(NarrativeFrequency.MONTHLY, date(2023, 8, 1))
    found = periods(date(2023, 12, 1), QUARTERLY, monthly)
    assert [period.last for period in found] == [date(2023, 9, 30), date(2023, 10, 31), date(2023, 11, 30)]


def test_months_go_on_until_the_first_quarter_of_a_newer_choice() -> None:
    monthly = WordsChoice(NarrativeFrequency.MONTHLY, date(2023, 4, 1))
    quarterly = WordsChoice(NarrativeFrequency.QUARTERLY, date(2023, 5, 10))
    found = periods(date(2023, 10, 1), monthly, quarterly)
    assert [period.last.month for period in found] == [4, 5, 6, 9]


def test_of_two_newer_choices_before_they_begin_the_last_one_does() -> None:
    monthly = WordsChoice(NarrativeFrequency.MONTHLY, date(2023, 8, 20))
    none = WordsChoice(NarrativeFrequency.NONE, date(2023, 8, 25))
    assert periods(date(2024, 2, 1), QUARTERLY, monthly, none) == [THIRD_QUARTER]


def test_a_target_that_starts_within_a_quarter_owes_no_part_of_it() -> None:
    monthly = WordsChoice(NarrativeFrequency.MONTHLY, date(2023, 8, 1))
    found = narrative_periods((QUARTERLY, monthly), date(2023, 8, 1), YEAR[1], date(2023, 11, 1))
    assert found == (Period(date(2023, 10, 1), date(2023, 10, 31)),)


CHOICES = st.lists(
    st.builds(
        WordsChoice, st.sampled_from(NarrativeFrequency), st.dates(date(2022, 10, 1), date(2023, 10, 31))
    ),
    max_size=4,
    unique_by=lambda choice: choice.effective_from,
)


@given(CHOICES, st.dates(*YEAR), st.dates(*YEAR))
def test_periods_of_words_are_those_counted_day_by_day(
    choices: list[WordsChoice], first: date, on: date
) -> None:
    expected = [period for period in asked_for(choices, first, min(YEAR[1], on)) if period[1] < on]
    assert list(narrative_periods(tuple(choices), first, YEAR[1], on)) == expected


def test_a_choice_of_none_ends_the_duty() -> None:
    none = WordsChoice(NarrativeFrequency.NONE, date(2023, 10, 1))
    assert periods(date(2024, 2, 1), QUARTERLY, none) == [THIRD_QUARTER]


def test_the_worst_duty_is_the_oldest_of_the_late_ones() -> None:
    found = [
        ReportDuty(DutyState.LATE, AUGUST),
        ReportDuty(DutyState.DUE, JULY),
        ReportDuty(DutyState.LATE, JULY),
    ]
    assert worst_duty(found) == ReportDuty(DutyState.LATE, JULY)


DAYS = st.dates(date(2023, 8, 1), date(2024, 3, 31))
SUBMISSIONS = st.lists(
    st.builds(
        Submission,
        effective_on=DAYS,
        waits=st.booleans(),
        in_words=st.booleans(),
        includes_earlier=st.booleans(),
    ),
    max_size=5,
)


@given(st.sampled_from([TOTAL, AMOUNTS, Accumulation.RATIO]), SUBMISSIONS, st.lists(DAYS, max_size=4), DAYS)
def test_who_has_reported_every_period_is_never_late(
    accumulation: Accumulation, others: list[Submission], counted: list[date], on: date
) -> None:
    """Report each month, in review or with the word that there is no figure, whatever else was sent."""
    months = [date(2023, 8, 15) + timedelta(days=30 * number) for number in range(8)]
    sent = [
        Submission(day, waits=True, in_words=day.month % 2 == 0, no_figure=day.month % 2 == 0)
        for day in months
    ]
    found = duty(*sent, *others, on=on, accumulation=accumulation, counted=tuple(counted))
    assert found.state not in (DutyState.DUE, DutyState.LATE)


@given(st.sampled_from([TOTAL, AMOUNTS]), SUBMISSIONS, DAYS, DAYS)
def test_one_more_report_makes_nobody_later(
    accumulation: Accumulation, sent: list[Submission], day: date, on: date
) -> None:
    order = list(DutyState)
    before = duty(*sent, on=on, accumulation=accumulation)
    after = duty(*sent, Submission(day, waits=True), on=on, accumulation=accumulation)
    lateness = (DutyState.DUE, DutyState.LATE)
    assert after.state not in lateness or order.index(after.state) <= order.index(before.state)
