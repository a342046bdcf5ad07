"""The rows of a period: their states, and one rule on every page for earlier periods that are settled."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from commitments.actions import ledger, period_locks, targets
from commitments.domain.enums import (
    Accumulation,
    DutyState,
    Goal,
    Lifecycle,
    NarrativeFrequency,
    NoFigure,
    Role,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.periods import Period
from commitments.models import Agency, CommitmentSupport, Plan, ProgressEntry, Target, User
from commitments.reporting.due import ReportRow, report_rows
from commitments.reporting.state import ReportState
from commitments.rollups import refresh
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_plan,
    make_rule_set,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

JUNE, JULY, AUGUST, SEPTEMBER = date(2023, 6, 30), date(2023, 7, 31), date(2023, 8, 31), date(2023, 9, 14)
DECEMBER = date(2023, 12, 20)
INCREMENTS = {"accumulation": Accumulation.INCREMENTS, "starts_on": date(2023, 6, 1)}
LEVEL = {"kind": TargetKind.LEVEL, "accumulation": Accumulation.LEVEL, "goal": Goal.FINAL}
GROWTH = LEVEL | {
    "kind": TargetKind.GROWTH_RATE,
    "trajectory": TrajectoryKind.HOLD,
    "value": Decimal(5),
    "unit": "%",
}
RATIO = LEVEL | {"accumulation": Accumulation.RATIO, "starts_on": date(2023, 6, 1)}


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, agency=make_agency())


def own(plan: Plan, clerk: User, **given: Any) -> Target:
    return make_target(make_commitment(plan, lead_agency=clerk.agency), **given)


def rows(plan: Plan, user: User, day: date = AUGUST, agency: Agency | None = None) -> list[ReportRow]:
    refresh.drain(clock=lambda: NOON)
    month = Period(day.replace(day=1), day)
    return report_rows(plan, user=user, period=month, day=day, agency=agency)


def row(target: Target, user: User, day: date = AUGUST) -> ReportRow:
    (found,) = [each for each in rows(target.commitment.plan, user, day) if each.target == target]
    return found


def values(found: ReportRow) -> list[Decimal | None]:
    """Return the previous value, and the one that waits."""
    return [reading and reading.value for reading in (found.previous, found.waiting)]


def test_the_previous_value_is_there_however_often_the_period_was_reported(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_counted_entry(target, 33, JULY)
    for day in (7, 14, 21):
        make_counted_entry(target, 33 + day, AUGUST.replace(day=day))
    previous = row(target, clerk).previous
    assert previous is not None
    assert (previous.value, previous.effective_on) == (Decimal(33), JULY)


def test_a_value_that_waits_from_before_the_previous_one_is_passed_over(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_counted_entry(target, 33, JULY)
    make_entry(target, 20, JUNE)
    found = row(target, clerk)
    assert [*values(found), found.unchanged] == [33, None, 33]


def test_a_counted_amount_does_not_wait_beside_a_longer_period(plan: Plan, clerk: User) -> None:
    """Official rates of January and February come together; amounts of January are not added again."""
    target, _rate = own(plan, clerk, accumulation=Accumulation.INCREMENTS), own(plan, clerk, **GROWTH)
    make_counted_entry(target, 20, date(2023, 1, 31))
    found = row(target, clerk, date(2023, 2, 28))
    assert [*values(found), found.so_far] == [20, None, 20]


def test_amounts_that_wait_are_no_part_of_the_sum(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_counted_entry(target, 5, JUNE)
    make_entry(target, 20, JULY)
    found = row(target, clerk)
    assert [*values(found), found.so_far] == [5, 20, 5]


def test_a_waiting_correction_stands_beside_the_corrected_value(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_correction(make_counted_entry(target, 20, JULY), 25, JULY)
    assert values(row(target, clerk)) == [20, 25]


def test_a_target_that_has_been_reached_owes_nothing(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_counted_entry(target, 76, JULY)
    assert row(target, clerk).state == ReportState.OPTIONAL


def test_a_target_that_was_reached_later_owes_no_earlier_figure_any_more(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_counted_entry(target, 76, AUGUST)
    assert row(target, clerk, JULY).state == ReportState.OPTIONAL


def test_stages_that_came_too_late_are_owed_no_more(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, JUNE, JULY, due_on=JULY)
    make_counted_entry(target, 1, JUNE, milestone=target.milestones.first())
    found = row(target, clerk, JULY)
    assert (found.state, found.state_of(found.milestones[0])) == (ReportState.OPTIONAL, ReportState.OPTIONAL)


def test_a_target_whose_time_is_over_owes_nothing(plan: Plan, clerk: User) -> None:
    assert row(own(plan, clerk, due_on=JUNE), clerk).state == ReportState.OPTIONAL


def test_a_target_that_has_not_begun_is_not_there(plan: Plan, clerk: User) -> None:
    own(plan, clerk, starts_on=date(2023, 9, 1))
    assert rows(plan, clerk) == []


@pytest.mark.parametrize("given", [{}, LEVEL])
def test_a_later_total_or_level_settles_a_period(plan: Plan, clerk: User, given: dict[str, Any]) -> None:
    target = own(plan, clerk, **given)
    later = make_entry(target, 40, SEPTEMBER)
    found = row(target, clerk)
    assert (found.state, found.later, found.accepts) == (ReportState.OPTIONAL, later, True)


@pytest.mark.parametrize(("given", "out_of"), [(INCREMENTS, None), (RATIO, Decimal(50))])
def test_a_later_amount_leaves_the_period_open(
    plan: Plan, clerk: User, given: dict[str, Any], out_of: Decimal | None
) -> None:
    target = own(plan, clerk, **given)
    make_entry(target, 40, SEPTEMBER, denominator=out_of)
    found = row(target, clerk)
    assert (found.state, found.later) == (ReportState.OPEN, None)


def test_a_level_from_after_the_due_date_settles_no_period(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **LEVEL, due_on=AUGUST)
    make_counted_entry(target, 5, SEPTEMBER)
    assert row(target, clerk).state == ReportState.OPEN
    assert target.commitment.rollup.report_state == DutyState.LATE


def test_a_later_amount_that_includes_all_before_settles_it(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_entry(target, 40, SEPTEMBER, includes_earlier=True)
    assert row(target, clerk).state == ReportState.OPTIONAL


def months(found: ReportRow) -> list[int]:
    return [period.first.month for period in found.lacking]


def test_an_amount_may_include_the_periods_that_lack_one(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_counted_entry(target, 4, JULY)
    assert months(row(target, clerk)) == [6]


def test_what_waits_for_review_lacks_no_more(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_counted_entry(target, 4, JUNE)
    make_entry(target, 4, JULY)
    assert months(row(target, clerk)) == []


def test_what_waits_and_includes_all_before_settles_it(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_entry(target, 4, JULY, includes_earlier=True)
    assert months(row(target, clerk)) == []


def test_nothing_is_included_in_a_total(plan: Plan, clerk: User) -> None:
    assert months(row(own(plan, clerk), clerk)) == []


def test_a_period_that_is_settled_later_includes_nothing(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **INCREMENTS)
    make_entry(target, 4, SEPTEMBER, includes_earlier=True)
    assert months(row(target, clerk)) == []


def test_official_statistics_of_january_count_in_february(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk, **GROWTH)
    make_counted_entry(target, 5, date(2023, 1, 31))
    found = row(target, clerk, date(2023, 2, 28))
    assert (found.state, found.period.first) == (ReportState.COUNTED, date(2023, 1, 1))


def test_january_alone_asks_for_no_official_statistics(plan: Plan, clerk: User) -> None:
    own(plan, clerk, **GROWTH)
    assert rows(plan, clerk, date(2023, 1, 31)) == []


def staged(plan: Plan, clerk: User, *stages: date, **given: Any) -> Target:
    return make_staged_target(make_commitment(plan, lead_agency=clerk.agency), *stages, **given)


@pytest.mark.parametrize(
    ("due_on", "state"), [(AUGUST, ReportState.OPEN), (date(2023, 9, 1), ReportState.OPTIONAL)]
)
def test_a_stage_is_owed_once_it_is_due(plan: Plan, clerk: User, due_on: date, state: ReportState) -> None:
    assert row(staged(plan, clerk, due_on), clerk).state == state


def test_a_target_without_stages_left_takes_words_alone(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, JULY)
    make_counted_entry(target, 1, JULY, milestone=target.milestones.get())
    found = row(target, clerk)
    assert (found.state, found.takes_value, found.accepts) == (ReportState.OPTIONAL, False, True)


def test_a_returned_stage_stays_whatever_is_reported_beside_it(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, AUGUST, date(2023, 12, 31))
    first, second = target.milestones.all()
    entry = make_entry(target, 1, AUGUST, milestone=first)
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=NOON)
    make_entry(target, 1, AUGUST, milestone=second)
    found = row(target, clerk)
    assert (found.state, found.returned) == (ReportState.RETURNED, entry)


def test_a_stage_that_was_sent_back_is_asked_for_again(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, date(2023, 12, 31))
    entry = make_entry(target, 1, AUGUST, milestone=target.milestones.get())
    ledger.return_(entry=entry, reason="缺验收单", by=make_user(), at=NOON)
    assert row(target, clerk).state == ReportState.RETURNED


@pytest.mark.parametrize(("day", "state"), [(AUGUST, ReportState.OPTIONAL), (JULY, ReportState.OPEN)])
def test_words_since_the_day_of_a_stage_are_its_report(
    plan: Plan, clerk: User, day: date, state: ReportState
) -> None:
    target = staged(plan, clerk, AUGUST)
    make_narrative(target.commitment, day, target=target)
    found = row(target, clerk)
    assert (found.state, found.state_of(found.milestones[0])) == (state, state)


def test_words_about_another_target_say_nothing_about_a_stage(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, AUGUST)
    other = make_target(target.commitment, code="other")
    make_narrative(target.commitment, AUGUST, target=other)
    assert row(target, clerk).state == ReportState.OPEN


def test_stages_of_the_period_are_not_what_it_began_with(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, JULY, AUGUST, AUGUST, NOON.date())
    first, second, third, _last = target.milestones.all()
    make_counted_entry(target, 1, JULY, milestone=first)
    for stage in (second, third):
        make_counted_entry(target, 1, AUGUST, milestone=stage)
    found = row(target, clerk)
    assert found.previous is not None
    assert (found.so_far, found.previous.effective_on) == (Decimal(25), JULY)


@pytest.mark.parametrize(
    ("due_on", "state"), [(AUGUST, ReportState.OPEN), (date(2023, 9, 1), ReportState.OPTIONAL)]
)
def test_each_stage_has_a_state_of_its_own(plan: Plan, clerk: User, due_on: date, state: ReportState) -> None:
    target = staged(plan, clerk, due_on, date(2023, 12, 31))
    found = row(target, clerk)
    assert [found.state_of(stage) for stage in found.milestones] == [state, ReportState.OPTIONAL]


def test_a_stage_that_was_sent_back_says_so(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, AUGUST, date(2023, 12, 31))
    entry = make_entry(target, 1, AUGUST, milestone=target.milestones.first())
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=NOON)
    found = row(target, clerk)
    assert [found.state_of(stage) for stage in found.milestones] == [
        ReportState.RETURNED,
        ReportState.OPTIONAL,
    ]


def test_a_locked_period_is_owed_no_more(plan: Plan, clerk: User) -> None:
    figure = own(plan, clerk)
    staged = make_staged_target(make_commitment(plan, lead_agency=clerk.agency), AUGUST)
    period_locks.lock(plan=plan, through=AUGUST, reason="数据已上报", seen=0, by=make_user(), at=NOON)
    stages = row(staged, clerk)
    assert (row(figure, clerk).state, stages.state) == (ReportState.LOCKED, ReportState.LOCKED)
    assert [stages.state_of(stage) for stage in stages.milestones] == [ReportState.LOCKED]
    assert not stages.accepts


def test_a_returned_correction_is_asked_for_again_beside_what_counts(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    counted = make_counted_entry(target, 40, AUGUST)
    correction = make_correction(counted, 41, AUGUST, by=make_user(), at=NOON)
    ledger.return_(entry=correction, reason="口径不符", by=make_user(), at=NOON)
    found = row(target, clerk)
    assert (found.state, found.returned, found.reports) == (ReportState.RETURNED, correction, [counted])


def test_a_return_is_open_again_once_its_successor_was_withdrawn(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    returned = make_entry(target, 40, AUGUST)
    ledger.return_(entry=returned, reason="口径不符", by=make_user(), at=NOON)
    again = make_entry(target, 41, AUGUST)
    ledger.withdraw(entry=again, reason="误报", by=make_user(), at=NOON)
    assert (row(target, clerk).state, row(target, clerk).returned) == (ReportState.RETURNED, returned)


def test_a_return_that_was_given_up_is_due_as_before(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    returned = make_entry(target, 40, AUGUST)
    ledger.return_(entry=returned, reason="口径不符", by=make_user(), at=NOON)
    ledger.withdraw(entry=returned, reason="误报", by=make_user(), at=NOON)
    assert (row(target, clerk).state, row(target, clerk).returned) == (ReportState.OPEN, None)


def test_all_returns_since_a_report_that_counts_are_there(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    entries = [make_entry(target, value, AUGUST) for value in (38, 39, 40, 41)]
    ledger.approve(entry=entries[1], by=make_user(), at=NOON)
    for each in (entries[0], *entries[2:]):
        ledger.return_(entry=each, reason="口径不符", by=make_user(), at=NOON)
    assert row(target, clerk).returns == [entries[3], entries[2]]


def test_a_returned_stage_stays_once_its_successor_was_withdrawn(plan: Plan, clerk: User) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=clerk.agency), AUGUST)
    stage = target.milestones.get()
    returned = make_entry(target, 1, AUGUST, milestone=stage)
    ledger.return_(entry=returned, reason="缺佐证", by=make_user(), at=NOON)
    again = make_entry(target, 1, AUGUST, milestone=stage)
    ledger.withdraw(entry=again, reason="误报", by=make_user(), at=NOON)
    assert row(target, clerk).returned == returned


def test_a_later_total_settles_a_returned_one(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    ledger.return_(entry=make_entry(target, 40, AUGUST), reason="口径不符", by=make_user(), at=NOON)
    make_entry(target, 41, date(2023, 9, 20))
    assert row(target, clerk).state_with_words == ReportState.OPTIONAL


def nil(target: Target) -> ProgressEntry:
    return make_narrative(
        target.commitment, AUGUST, target=target, no_figure=NoFigure.NOT_PUBLISHED, progress=""
    )


def test_a_reason_for_having_no_figure_is_a_report(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    entry = nil(target)
    assert row(target, clerk).state == ReportState.WAITING
    ledger.return_(entry=entry, reason="已公布", by=make_user(), at=NOON)
    assert (row(target, clerk).state, row(target, clerk).returned) == (ReportState.RETURNED, entry)


def test_words_alone_leave_a_figure_due(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    words = make_narrative(target.commitment, AUGUST, target=target)
    found = row(target, clerk)
    assert (found.state_with_words, found.entries, found.words) == (ReportState.OPEN, (), (words,))


def test_words_where_nothing_is_due_are_reported(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, date(2023, 12, 31))
    make_narrative(target.commitment, AUGUST, target=target)
    assert row(target, clerk).state_with_words == ReportState.WAITING


def test_returned_words_are_asked_for_again(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_entry(target, 40, AUGUST)
    words = make_narrative(target.commitment, AUGUST, target=target)
    ledger.return_(entry=words, reason="过于笼统", by=make_user(), at=NOON)
    found = row(target, clerk)
    assert (found.state_with_words, found.returned) == (ReportState.RETURNED, words)


def test_the_newest_note_before_the_period_is_there(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_entry(target, 40, date(2023, 6, 30), progress="六月")
    make_entry(target, 41, JULY, progress="七月")
    make_entry(target, 42, JULY, progress="")
    make_entry(target, 43, AUGUST, progress="八月")
    assert row(target, clerk).last_note == "七月"


def test_a_second_figure_is_compared_with_the_first(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_entry(target, 40, AUGUST)
    assert row(target, clerk).bounds[0].value == 40


@pytest.mark.parametrize(("given", "bound"), [({}, 49), (INCREMENTS, 46), (RATIO, 100)])
def test_a_correction_is_compared_with_what_was_before_it(
    plan: Plan, clerk: User, given: dict[str, Any], bound: int
) -> None:
    """A quarter of 76 on top of 30, the amount left to 76, and a whole."""
    target, of = own(plan, clerk, **given), Decimal(90) if given is RATIO else None
    make_counted_entry(target, 30, JULY, denominator=of)
    wrong = make_counted_entry(target, 70, AUGUST, denominator=of)
    found = row(target, clerk)
    assert bound in [each.value for each in found.bounds_without(wrong)]
    assert (bound in [each.value for each in found.bounds]) == (given is RATIO)


def test_what_is_locked_or_being_corrected_cannot_be_changed(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    first, second = make_counted_entry(target, 40, date(2023, 8, 10)), make_counted_entry(target, 41, AUGUST)
    period_locks.lock(plan=plan, through=date(2023, 8, 15), reason="已上报", seen=0, by=make_user(), at=NOON)
    assert [row(target, clerk).can_change(each) for each in (first, second)] == [False, True]
    make_correction(second, 42, AUGUST)
    assert not row(target, clerk).can_change(second)


def test_rows_are_those_that_the_user_may_report_on(plan: Plan, clerk: User) -> None:
    target = own(plan, clerk)
    make_target(make_commitment(plan))
    make_target(
        make_commitment(plan, lead_agency=clerk.agency, lifecycle=Lifecycle.DROPPED, dropped_on=JULY,
                        dropped_authority="会议", dropped_reason="调整"),
    )  # fmt: skip
    assert [found.target for found in rows(plan, clerk)] == [target]


def test_the_office_reports_for_all_or_for_one_agency(plan: Plan, clerk: User) -> None:
    target, office = own(plan, clerk), make_user()
    other = make_target(make_commitment(plan))
    assert [found.target for found in rows(plan, office)] == [target, other]
    assert [found.target for found in rows(plan, office, agency=clerk.agency)] == [target]


def test_a_supporting_agency_reports_too(plan: Plan, clerk: User) -> None:
    target = make_target(make_commitment(plan))
    assert clerk.agency is not None
    CommitmentSupport.objects.create(commitment=target.commitment, agency=clerk.agency)
    (found,) = rows(plan, clerk, agency=clerk.agency)
    assert (found.target, found.leads) == (target, False)


def test_any_number_of_rows_takes_the_same_queries(plan: Plan, clerk: User) -> None:
    def asked() -> int:
        for given in ({}, INCREMENTS, RATIO):
            target = own(plan, clerk, **given)
            make_entry(target, 1, JULY, denominator=Decimal(2) if given is RATIO else None)
        make_staged_target(make_commitment(plan, lead_agency=clerk.agency), AUGUST)
        refresh.drain(clock=lambda: NOON)
        with statements() as sent:
            report_rows(plan, user=clerk, period=Period(AUGUST.replace(day=1), AUGUST), day=AUGUST)
        return len(sent)

    assert asked() == asked() <= 10


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2023, 8, 31), ReportState.OPTIONAL), (date(2023, 9, 30), ReportState.OPEN)],
)
def test_what_stood_reached_owed_nothing_until_its_lowering_counted(
    clerk: User, day: date, expected: ReportState
) -> None:
    plan = make_plan(rule_set=make_rule_set(method=2, near_units=1))
    target = own(plan, clerk)
    make_counted_entry(target, 80, JUNE, at=NOON.replace(month=7))
    make_counted_entry(target, 60, JULY, at=NOON.replace(month=8))
    assert row(target, clerk, day).state == expected


def ask_for_words(plan: Plan) -> None:
    """Ask for words month by month from August on."""
    plan.narrative_duties.create(
        frequency=NarrativeFrequency.MONTHLY, effective_from=date(2023, 8, 1), set_at=NOON
    )


def test_between_stages_words_are_due_where_the_plan_asks_for_them(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, DECEMBER)
    ask_for_words(plan)
    assert row(target, clerk).state == ReportState.OPEN


def test_words_about_stages_are_late_by_their_own_period(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, DECEMBER)
    ask_for_words(plan)
    assert row(target, clerk).late_after == date(2023, 9, 11)


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [(JUNE, DECEMBER, ReportState.OPEN), (DECEMBER, JUNE, ReportState.OPTIONAL)],
)
def test_the_due_date_of_now_says_which_periods_are_owed(
    plan: Plan, clerk: User, before: date, after: date, state: ReportState
) -> None:
    """The date changes in September, and the sheet of August follows, as the verdict does."""
    figures, stages = own(plan, clerk, due_on=before), staged(plan, clerk, DECEMBER, due_on=before)
    ask_for_words(plan)
    for target in (figures, stages):
        targets.revise(
            target=target, effective_from=SEPTEMBER, new_value=None, new_due_on=after, authority="会议",
            reason="调整", seen=0, by=make_user(), at=NOON,
        )  # fmt: skip
    assert [row(target, clerk).state for target in (figures, stages)] == [state, state]


def test_words_about_the_commitment_settle_its_stages(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, DECEMBER)
    ask_for_words(plan)
    make_narrative(target.commitment, AUGUST)
    assert row(target, clerk).state == ReportState.OPTIONAL


def test_stages_that_are_all_done_owe_no_words(plan: Plan, clerk: User) -> None:
    target = staged(plan, clerk, DECEMBER)
    ask_for_words(plan)
    make_counted_entry(target, 1, JULY, milestone=target.milestones.get())
    assert row(target, clerk).state == ReportState.OPTIONAL
