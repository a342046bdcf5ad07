"""Returned reports stay open until their own period is settled."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from commitments.actions import ledger
from commitments.domain.enums import NoFigure
from commitments.models import Plan, ProgressEntry, Target
from commitments.reporting.returns import open_returns
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2023, 8, 31), date(2023, 9, 27)
LATER = NOON + timedelta(hours=1)
AMOUNTS = {"accumulation": "increments"}


@pytest.fixture
def plan() -> Plan:
    return make_plan(review_required=True)


def returned(entry: ProgressEntry) -> ProgressEntry:
    ledger.return_(entry=entry, reason="数字有误", by=make_user(), at=LATER)
    return entry


def target_of(plan: Plan, **given: Any) -> Target:
    return make_target(make_commitment(plan), **given)


def still_open() -> list[ProgressEntry]:
    return open_returns(ProgressEntry.objects.returned())


def test_an_amount_of_the_next_month_leaves_it_open(plan: Plan) -> None:
    target = target_of(plan, **AMOUNTS)
    august = returned(make_entry(target, 250, AUGUST))
    make_counted_entry(target, 352, SEPTEMBER)
    assert still_open() == [august]


def test_an_amount_that_includes_what_was_missed_settles_it(plan: Plan) -> None:
    target = target_of(plan, **AMOUNTS)
    returned(make_entry(target, 250, AUGUST))
    make_entry(target, 602, SEPTEMBER, includes_earlier=True)
    assert still_open() == []


def test_a_total_of_the_next_month_settles_it(plan: Plan) -> None:
    target = target_of(plan)
    returned(make_entry(target, 40, AUGUST))
    make_entry(target, 41, SEPTEMBER)
    assert still_open() == []


def test_a_total_of_an_earlier_month_leaves_it_open(plan: Plan) -> None:
    target = target_of(plan)
    september = returned(make_entry(target, 41, SEPTEMBER))
    make_entry(target, 40, AUGUST)
    assert still_open() == [september]


def test_a_report_of_its_own_month_settles_it(plan: Plan) -> None:
    target = target_of(plan, **AMOUNTS)
    returned(make_entry(target, 250, AUGUST))
    make_entry(target, 251, AUGUST)
    assert still_open() == []


def test_a_month_that_was_returned_twice_is_named_once(plan: Plan) -> None:
    target = target_of(plan, **AMOUNTS)
    returned(make_entry(target, 250, AUGUST))
    again = returned(make_entry(target, 251, AUGUST))
    assert still_open() == [again]


def test_a_later_total_that_was_returned_too_settles_nothing(plan: Plan) -> None:
    target = target_of(plan)
    both = [returned(make_entry(target, 40, AUGUST)), returned(make_entry(target, 41, SEPTEMBER))]
    assert still_open() == both


def test_a_report_that_was_withdrawn_settles_nothing(plan: Plan) -> None:
    target = target_of(plan, **AMOUNTS)
    august = returned(make_entry(target, 250, AUGUST))
    again = make_entry(target, 251, AUGUST)
    ledger.withdraw(entry=again, reason="误报", by=make_user(), at=LATER)
    assert still_open() == [august]


def test_a_return_that_was_given_up_is_open_no_longer(plan: Plan) -> None:
    entry = returned(make_entry(target_of(plan), 250, AUGUST))
    ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=LATER)
    assert still_open() == []


def test_what_counted_before_does_not_settle_a_returned_correction(plan: Plan) -> None:
    target = target_of(plan, **AMOUNTS)
    make_counted_entry(target, 250, AUGUST)
    correction = returned(make_entry(target, 260, AUGUST))
    assert still_open() == [correction]


def test_another_stage_leaves_a_returned_stage_open(plan: Plan) -> None:
    target = make_staged_target(make_commitment(plan), AUGUST, SEPTEMBER)
    first, second = target.milestones.order_by("due_on")
    back = returned(make_entry(target, 1, AUGUST, milestone=first))
    make_entry(target, 1, SEPTEMBER, milestone=second)
    assert still_open() == [back]
    make_entry(target, 1, SEPTEMBER, milestone=first)
    assert still_open() == []


def test_other_targets_settle_nothing(plan: Plan) -> None:
    august = returned(make_entry(target_of(plan, value=Decimal(100)), 40, AUGUST))
    make_entry(target_of(plan, code="ZZ-01"), 41, AUGUST)
    assert still_open() == [august]


def test_without_returns_there_is_nothing_to_read(plan: Plan, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert still_open() == []


def test_two_queries_read_them_all(plan: Plan, django_assert_num_queries: Any) -> None:
    for number in range(5):
        returned(make_entry(target_of(plan, code=f"ZZ-{number:02d}"), 40, AUGUST))
    with django_assert_num_queries(2):
        assert len(still_open()) == 5


def test_words_leave_a_returned_figure_open(plan: Plan) -> None:
    target = target_of(plan)
    august = returned(make_entry(target, 40, AUGUST))
    make_narrative(target.commitment, AUGUST, target=target)
    assert still_open() == [august]


def test_the_reason_for_no_figure_settles_a_returned_one(plan: Plan) -> None:
    target = target_of(plan)
    returned(make_entry(target, 40, AUGUST))
    make_narrative(target.commitment, AUGUST, target=target, no_figure=NoFigure.NOT_PUBLISHED)
    assert still_open() == []


@pytest.mark.parametrize(
    "again", [lambda target: make_entry(target, 40, AUGUST), lambda target: words(target)]
)
def test_figure_or_words_of_the_month_settle_returned_words(plan: Plan, again: Any) -> None:
    target = target_of(plan)
    returned(words(target))
    again(target)
    assert still_open() == []


def test_a_total_of_the_next_month_leaves_returned_words_open(plan: Plan) -> None:
    target = target_of(plan)
    back = returned(words(target))
    make_entry(target, 41, SEPTEMBER)
    assert still_open() == [back]


def test_words_about_a_commitment_are_settled_by_words_of_their_month(plan: Plan) -> None:
    commitment = make_commitment(plan)
    august = returned(make_narrative(commitment, AUGUST))
    make_narrative(commitment, SEPTEMBER)
    assert still_open() == [august]
    make_narrative(commitment, AUGUST)
    assert still_open() == []


def words(target: Target) -> ProgressEntry:
    return make_narrative(target.commitment, AUGUST, target=target)
