from contextlib import nullcontext
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from commitments.actions import ledger
from commitments.domain.enums import (
    Accumulation,
    Decision,
    EntryState,
    Goal,
    Lifecycle,
    Role,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.texts import LONGEST
from commitments.models import Commitment, ProgressEntry, Review, Target, Withdrawal
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def without_review() -> Target:
    return make_target(make_commitment(make_plan(review_required=False)))


def counted(target: Target) -> list[Decimal]:
    return [entry.figure.value for entry in ProgressEntry.objects.counted().filter(target=target)]


def test_an_entry_waits_for_review() -> None:
    entry = make_entry(make_target(), 5)
    assert entry in ProgressEntry.objects.pending()


def test_without_review_an_entry_counts_at_once() -> None:
    assert make_entry(without_review(), 5).counted_from == NOON


def test_approval_lets_an_entry_count_from_then_on() -> None:
    entry = make_entry(make_target(), 5)
    ledger.approve(entry=entry, by=make_user(), at=LATER)
    assert (entry.counted_from, entry.counted_until) == (LATER, None)


def test_a_returned_entry_never_counts() -> None:
    entry = make_entry(make_target(), 5)
    review = ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=LATER)
    assert (review.decision, entry.counted_from, entry.counted_until) == (Decision.RETURN, None, LATER)


def test_an_approval_stamped_before_the_entry_counts_from_the_entry() -> None:
    entry = make_entry(make_target(), 5)
    ledger.approve(entry=entry, by=make_user(), at=NOON - timedelta(seconds=3))
    assert entry.counted_from == NOON


def test_an_entry_is_reviewed_once() -> None:
    entry = make_counted_entry(make_target(), 5)
    with pytest.raises(ValidationError, match="already|已"):
        ledger.approve(entry=entry, by=make_user(), at=LATER)
    assert Review.objects.filter(entry=entry).count() == 1


def test_nobody_reviews_their_own_entry() -> None:
    author = make_user()
    entry = make_entry(make_target(), 5, by=author)
    with pytest.raises(PermissionDenied):
        ledger.approve(entry=entry, by=author, at=LATER)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_return_says_why(reason: str) -> None:
    entry = make_entry(make_target(), 5)
    with pytest.raises(ValidationError) as error:
        ledger.return_(entry=entry, reason=reason, by=make_user(), at=LATER)
    assert "reason" in error.value.message_dict


@pytest.mark.parametrize("decide", [ledger.approve, ledger.return_, ledger.withdraw])
def test_a_reason_has_an_end(decide: Any) -> None:
    entry = make_entry(make_target(), 5)
    with pytest.raises(ValidationError) as error:
        decide(entry=entry, reason="长" * (LONGEST + 1), by=make_user(), at=LATER)
    assert "reason" in error.value.message_dict


def test_a_correction_takes_over_when_it_is_approved() -> None:
    target = make_target()
    first = make_counted_entry(target, 33)
    second = make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    assert counted(target) == [33]
    ledger.approve(entry=second, by=make_user(), at=LATER)
    assert counted(target) == [44]


def test_without_review_a_correction_takes_over_at_once() -> None:
    target = without_review()
    first = make_entry(target, 33)
    make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    first.refresh_from_db()
    assert counted(target) == [44]
    assert first.counted_until == LATER


def amounts() -> Target:
    return make_target(accumulation=Accumulation.INCREMENTS)


def test_a_correction_includes_earlier_periods_as_what_it_corrects_did() -> None:
    first = make_entry(amounts(), 33, includes_earlier=True)
    assert make_correction(first, 44, TODAY, by=make_user(), at=LATER).includes_earlier


def test_a_correction_may_say_that_it_includes_no_earlier_periods() -> None:
    first = make_entry(amounts(), 33, includes_earlier=True)
    second = make_correction(first, 44, TODAY, by=make_user(), at=LATER, includes_earlier=False)
    assert not second.includes_earlier


def test_a_total_never_includes_earlier_periods() -> None:
    with pytest.raises(ValidationError) as refused:
        make_entry(make_target(), 33, includes_earlier=True)
    assert refused.value.message_dict.keys() == {"includes_earlier"}


def test_a_pending_entry_that_is_corrected_waits_no_longer() -> None:
    first = make_entry(make_target(), 33)
    second = make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    assert list(ProgressEntry.objects.pending()) == [second]


def test_the_correction_of_a_pending_entry_can_be_approved() -> None:
    target = make_target()
    first = make_entry(target, 33)
    second = make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    ledger.approve(entry=second, by=make_user(), at=LATER)
    assert counted(target) == [44]


def test_correcting_a_pending_correction_still_replaces_what_counts() -> None:
    target = make_target()
    first = make_counted_entry(target, 10)
    second = make_correction(first, 20, TODAY, by=make_user(), at=LATER)
    third = make_correction(second, 30, TODAY, by=make_user(), at=LATER)
    assert counted(target) == [10]
    ledger.approve(entry=third, by=make_user(), at=LATER)
    assert counted(target) == [30]


def test_who_saw_it_pending_does_not_withdraw_what_counts_by_now() -> None:
    target = make_target()
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency)
    entry = make_entry(target, 5, by=clerk)
    seen = ProgressEntry.objects.get(pk=entry.pk)
    ledger.approve(entry=entry, by=make_user(), at=LATER)
    with pytest.raises(ValidationError):
        ledger.withdraw(entry=seen, reason="误报", by=clerk, at=LATER)
    assert counted(target) == [5]


def test_of_two_reports_of_one_milestone_at_the_same_moment_the_later_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = make_staged_target(None, TODAY)
    milestone = target.milestones.get()
    make_entry(target, 1, milestone=milestone)
    monkeypatch.setattr(ledger, "_check_milestone", lambda *_: None)
    with pytest.raises(ValidationError), transaction.atomic():
        make_entry(target, 1, milestone=milestone)


def test_an_entry_is_corrected_once() -> None:
    first = make_counted_entry(make_target(), 33)
    second = make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    ledger.approve(entry=second, by=make_user(), at=LATER)
    first.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        make_correction(first, 45, TODAY, by=make_user(), at=LATER)
    assert "corrects" in error.value.message_dict


def test_a_second_correction_may_not_wait_beside_the_first() -> None:
    first = make_counted_entry(make_target(), 33)
    make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    with pytest.raises(ValidationError) as error:
        make_correction(first, 45, TODAY, by=make_user(), at=LATER)
    assert "corrects" in error.value.message_dict


def test_after_a_returned_correction_another_may_come() -> None:
    target = make_target()
    first = make_counted_entry(target, 33)
    second = make_correction(first, 44, TODAY, by=make_user(), at=LATER)
    ledger.return_(entry=second, reason="不实", by=make_user(), at=LATER)
    third = make_correction(first, 45, TODAY, by=make_user(), at=LATER)
    ledger.approve(entry=third, by=make_user(), at=LATER)
    assert counted(target) == [45]


def test_a_withdrawn_entry_counts_no_longer() -> None:
    target = make_target()
    entry = make_counted_entry(target, 5)
    ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=LATER)
    assert counted(target) == []


def test_an_entry_is_withdrawn_once() -> None:
    entry = make_counted_entry(make_target(), 5)
    ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=LATER)
    with pytest.raises(ValidationError):
        ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=LATER)


def send_back(entry: ProgressEntry) -> ProgressEntry:
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=LATER)
    return entry


def test_a_clerk_gives_up_a_returned_entry_and_its_span_stays() -> None:
    target = make_target()
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency)
    entry = send_back(make_entry(target, 5, by=clerk))
    withdrawal = ledger.withdraw(entry=entry, reason="误报", by=clerk, at=LATER + timedelta(days=1))
    entry.refresh_from_db()
    assert (entry.counted_from, entry.counted_until) == (None, LATER)
    assert withdrawal.withdrawn_at == LATER + timedelta(days=1)


def test_a_returned_entry_is_given_up_once() -> None:
    entry = send_back(make_entry(make_target(), 5))
    seen = ProgressEntry.objects.get(pk=entry.pk)
    assert seen.state == EntryState.RETURNED
    for each in (entry, seen):
        refused = pytest.raises(ValidationError) if each is seen else nullcontext()
        with refused:
            ledger.withdraw(entry=each, reason="误报", by=make_user(), at=LATER)
    assert Withdrawal.objects.count() == 1


def test_a_returned_entry_is_not_given_up_before_its_return() -> None:
    entry = send_back(make_entry(make_target(), 5))
    assert ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=NOON).withdrawn_at == LATER


def test_another_agency_does_not_give_up_a_returned_entry() -> None:
    target = make_target()
    entry = send_back(make_entry(target, 5))
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency)
    with pytest.raises(PermissionDenied):
        ledger.withdraw(entry=entry, reason="误报", by=clerk, at=LATER)


def test_a_correction_that_was_given_up_leaves_what_counts() -> None:
    target = make_target()
    second = send_back(make_correction(make_counted_entry(target, 33), 44, TODAY, by=make_user(), at=LATER))
    ledger.withdraw(entry=second, reason="误报", by=make_user(), at=LATER)
    assert counted(target) == [33]


def test_a_clerk_takes_back_what_waits_but_not_what_counts() -> None:
    target = make_target()
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency)
    ledger.withdraw(entry=make_entry(target, 5, by=clerk), reason="误报", by=clerk, at=LATER)
    with pytest.raises(PermissionDenied):
        ledger.withdraw(entry=make_counted_entry(target, 6, by=clerk), reason="误报", by=clerk, at=LATER)


@pytest.mark.parametrize(
    ("value", "field"), [("NaN", "value"), ("1E+16", "value"), ("-1E+16", "value"), ("0.00001", "value")]
)
def test_what_cannot_be_stored_is_refused(value: str, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        make_entry(make_target(), value)
    assert field in error.value.message_dict


@pytest.mark.parametrize("value", ["0", "-5", "9999999999999999.9999"])
def test_zero_negative_and_large_values_are_values(value: str) -> None:
    entry = make_entry(make_target(kind=TargetKind.GROWTH_RATE, accumulation=Accumulation.LEVEL), value)
    entry.refresh_from_db()
    assert entry.value == Decimal(value)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2023, 9, 29)])
def test_a_day_before_the_start_or_in_the_future_is_refused(day: date) -> None:
    with pytest.raises(ValidationError) as error:
        make_entry(make_target(), 5, day)
    assert "effective_on" in error.value.message_dict


def test_a_count_is_not_negative() -> None:
    with pytest.raises(ValidationError) as error:
        make_entry(make_target(), -5)
    assert "value" in error.value.message_dict


def test_today_is_today_on_the_plans_calendar() -> None:
    late_evening = NOON + timedelta(hours=13)
    assert make_entry(make_target(), 5, date(2023, 9, 29), at=late_evening).pk


def test_nothing_is_recorded_for_a_dropped_commitment() -> None:
    target = make_target()
    Commitment.objects.filter(pk=target.commitment_id).update(
        lifecycle=Lifecycle.DROPPED, dropped_on=TODAY, dropped_authority="区政府", dropped_reason="合并"
    )
    target.commitment.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        make_entry(target, 5)
    assert "target" in error.value.message_dict


def test_a_milestone_is_reported_once() -> None:
    target = make_staged_target(None, TODAY)
    milestone = target.milestones.get()
    make_entry(target, 1, milestone=milestone)
    with pytest.raises(ValidationError) as error:
        make_entry(target, 1, milestone=milestone)
    assert "milestone" in error.value.message_dict


def test_a_milestones_entry_can_be_corrected() -> None:
    target = make_staged_target(None, TODAY)
    entry = make_counted_entry(target, 1, milestone=target.milestones.get())
    second = make_correction(entry, 1, date(2023, 9, 1), by=make_user(), at=LATER)
    ledger.approve(entry=second, by=make_user(), at=LATER)
    assert ProgressEntry.objects.counted().get().effective_on == date(2023, 9, 1)


def test_a_milestone_is_done_or_not() -> None:
    target = make_staged_target(None, TODAY)
    with pytest.raises(ValidationError) as error:
        make_entry(target, 2, milestone=target.milestones.get())
    assert "value" in error.value.message_dict


def test_a_staged_target_needs_one_of_its_own_milestones() -> None:
    other = make_staged_target(None, TODAY).milestones.get()
    target = make_staged_target(make_commitment(other.target.commitment.plan), TODAY)
    for milestone in (None, other):
        with pytest.raises(ValidationError) as error:
            make_entry(target, 1, milestone=milestone)
        assert "milestone" in error.value.message_dict


def test_a_counted_target_has_no_milestones() -> None:
    milestone = make_staged_target(None, TODAY).milestones.get()
    target = make_target(make_commitment(milestone.target.commitment.plan))
    with pytest.raises(ValidationError) as error:
        make_entry(target, 1, milestone=milestone)
    assert "milestone" in error.value.message_dict


def test_a_clerk_of_another_agency_is_refused() -> None:
    target = make_target()
    with pytest.raises(PermissionDenied):
        make_entry(target, 5, by=make_user(Role.CLERK))
    assert not ProgressEntry.objects.exists()


def test_recording_takes_the_same_few_statements_after_any_history(django_assert_num_queries: object) -> None:
    target, officer = make_target(), make_user()
    for _ in range(5):
        make_entry(target, 5, by=officer)
    fresh = Target.objects.select_related("commitment__plan").get(pk=target.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        make_entry(fresh, 6, by=officer)
    assert connection.in_atomic_block


def make_ratio() -> Target:
    return make_target(
        kind=TargetKind.LEVEL,
        accumulation=Accumulation.RATIO,
        goal=Goal.FINAL,
        trajectory=TrajectoryKind.HOLD,
        value=Decimal(95),
    )


def test_a_ratio_keeps_both_its_parts() -> None:
    entry = make_entry(make_ratio(), 190, denominator=Decimal(200))
    entry.refresh_from_db()
    assert (entry.value, entry.denominator) == (Decimal(190), Decimal(200))


def test_a_correction_of_a_ratio_has_parts_of_its_own() -> None:
    first = make_counted_entry(make_ratio(), 190, denominator=Decimal(200))
    second = make_correction(first, 180, TODAY, by=make_user(), at=LATER, denominator=Decimal(190))
    assert (second.value, second.denominator) == (Decimal(180), Decimal(190))


@pytest.mark.parametrize("denominator", [None, Decimal(0), Decimal(-1), Decimal("0.00001"), Decimal("NaN")])
def test_a_ratio_without_a_sound_denominator_is_refused(denominator: Decimal | None) -> None:
    with pytest.raises(ValidationError) as refused:
        make_entry(make_ratio(), 190, denominator=denominator)
    assert list(refused.value.message_dict) == ["denominator"]


def test_only_a_ratio_is_taken_out_of_something() -> None:
    with pytest.raises(ValidationError) as refused:
        make_entry(make_target(), 5, denominator=Decimal(10))
    assert list(refused.value.message_dict) == ["denominator"]


@pytest.mark.parametrize("accumulation", [Accumulation.INCREMENTS, Accumulation.RATIO])
def test_what_is_added_up_is_never_negative(accumulation: Accumulation) -> None:
    target = make_target(
        kind=TargetKind.LEVEL, accumulation=accumulation, goal=Goal.FINAL, trajectory=TrajectoryKind.HOLD
    )
    with pytest.raises(ValidationError) as refused:
        make_entry(target, -1)
    assert list(refused.value.message_dict) == ["value"]
