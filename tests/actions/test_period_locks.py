"""The service refuses locked days with a sentence, and the database refuses them for every writer."""

from datetime import date
from decimal import Decimal
from threading import Event, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from commitments.actions import ledger, period_locks
from commitments.domain.enums import Role
from commitments.models import PeriodLock, Plan, ProgressEntry, Target, Withdrawal
from tests.factories import (
    NOON,
    TODAY,
    make_commitment,
    make_correction,
    make_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.waiting import busy, impatient

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2023, 8, 31), date(2023, 9, 1)


def lock(plan: Plan, through: date | None = AUGUST, reason: str = "八月数据已发布") -> PeriodLock:
    return period_locks.lock(
        plan=plan, through=through, reason=reason, seen=period_locks.newest(plan), by=make_user(), at=NOON
    )


@pytest.fixture
def target() -> Target:
    return make_target(make_commitment(make_plan()))


def plan_of(target: Target) -> Plan:
    return target.commitment.plan


def test_a_locked_day_is_refused_and_named(target: Target) -> None:
    lock(plan_of(target))
    with pytest.raises(ValidationError, match="2023") as refused:
        make_entry(target, 5, AUGUST)
    assert list(refused.value.message_dict) == ["effective_on"]


def test_the_days_after_stay_open(target: Target) -> None:
    lock(plan_of(target))
    assert make_entry(target, 5, SEPTEMBER)


def test_another_plans_lock_closes_nothing_here(target: Target) -> None:
    lock(make_plan(year=2022))
    assert make_entry(target, 5, AUGUST)


def test_the_newest_line_is_in_force(target: Target) -> None:
    lock(plan_of(target), TODAY)
    lock(plan_of(target), None, "补报八月数据")
    assert make_entry(target, 5, AUGUST)
    assert period_locks.in_force(plan_of(target)) is None


def test_what_lies_in_a_locked_period_is_not_corrected_into_an_open_one(target: Target) -> None:
    entry = make_entry(target, 5, AUGUST)
    lock(plan_of(target))
    with pytest.raises(ValidationError, match="2023"):
        make_correction(entry, entry.figure.value, SEPTEMBER)


def test_what_lies_in_a_locked_period_is_not_withdrawn(target: Target) -> None:
    entry = make_entry(target, 5, AUGUST)
    lock(plan_of(target))
    with pytest.raises(ValidationError, match="2023"):
        ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=NOON)


def test_what_was_returned_in_a_locked_period_is_not_given_up(target: Target) -> None:
    entry = make_entry(target, 5, AUGUST)
    ledger.return_(entry=entry, reason="缺佐证", by=make_user(), at=NOON)
    lock(plan_of(target))
    with pytest.raises(ValidationError, match="2023"):
        ledger.withdraw(entry=entry, reason="误报", by=make_user(), at=NOON)


def test_what_was_submitted_before_the_lock_can_still_be_approved(target: Target) -> None:
    entry = make_entry(target, 5, AUGUST)
    lock(plan_of(target))
    ledger.approve(entry=entry, by=make_user(), at=NOON)
    assert entry.counted_from == NOON


def test_the_database_refuses_rows_that_go_past_the_service(target: Target) -> None:
    lock(plan_of(target))
    rows = [
        ProgressEntry(
            commitment=target.commitment,
            target=target,
            effective_on=day,
            value=Decimal(5),
            recorded_by=make_user(),
            recorded_at=NOON,
        )
        for day in (SEPTEMBER, AUGUST)
    ]
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        ProgressEntry.objects.bulk_create(rows)
    assert not ProgressEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.LEADER])
def test_only_the_supervision_office_locks(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        period_locks.lock(plan=make_plan(), through=AUGUST, reason="x", seen=0, by=make_user(role), at=NOON)


def test_a_lock_says_why(target: Target) -> None:
    with pytest.raises(ValidationError):
        lock(plan_of(target), reason=" ")


def test_days_to_come_are_not_locked(target: Target) -> None:
    with pytest.raises(ValidationError):
        lock(plan_of(target), date(2023, 9, 29))


def test_the_database_refuses_a_withdrawal_from_a_locked_period(target: Target) -> None:
    entry = make_entry(target, 5, AUGUST)
    lock(plan_of(target))
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        Withdrawal.objects.create(entry=entry, reason="误报", withdrawn_by=make_user(), withdrawn_at=NOON)


def test_the_database_refuses_a_later_day_in_the_place_of_a_locked_one(target: Target) -> None:
    entry = make_entry(target, 5, AUGUST)
    lock(plan_of(target))
    later = ProgressEntry(
        commitment=target.commitment,
        target=target,
        effective_on=SEPTEMBER,
        value=6,
        corrects=entry,
        recorded_by=make_user(),
        recorded_at=NOON,
    )
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        later.save(force_insert=True)


def test_what_somebody_locked_meanwhile_is_not_overruled_unseen(target: Target) -> None:
    lock(plan_of(target))
    with pytest.raises(ValidationError, match="meanwhile|期间"):
        period_locks.lock(plan=plan_of(target), through=None, reason="补报", seen=0, by=make_user(), at=NOON)


@pytest.mark.django_db(transaction=True)
def test_who_locks_waits_for_who_is_writing(target: Target) -> None:
    """Check that an entry of an open transaction is in the ledger before the lock is, or not at all."""
    user, locked = make_user(), Event()

    def close() -> None:
        try:
            period_locks.lock(plan=plan_of(target), through=AUGUST, reason="已发布", seen=0, by=user, at=NOON)
            locked.set()
        finally:
            connection.close()

    with transaction.atomic():
        make_entry(target, 5, AUGUST)
        thread = Thread(target=close)
        thread.start()
        assert not locked.wait(0.5)
    thread.join()
    assert locked.is_set()


@pytest.mark.django_db(transaction=True)
def test_who_locks_while_a_sheet_is_recorded_is_told_to_press_again() -> None:
    plan = make_plan()
    with busy(plan), impatient(), pytest.raises(period_locks.BusyError):
        lock(plan)
    assert not PeriodLock.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_corrects_nothing_is_recorded_without_a_look_through_the_ledger() -> None:
    target, by = make_target(), make_user()
    with connection.cursor() as cursor:
        # With a ledger known to be empty, the planner would find it cheapest to read all of it.
        cursor.execute("VACUUM ANALYZE commitments_progressentry")
        with transaction.atomic():
            ProgressEntry.objects.bulk_create(
                ProgressEntry(
                    commitment=target.commitment,
                    target=target,
                    effective_on=AUGUST,
                    value=Decimal(n),
                    recorded_by=by,
                    recorded_at=NOON,
                )
                for n in range(20)
            )
            cursor.execute(
                "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'commitments_progressentry'"
            )
            assert cursor.fetchone() == (0,)
