from datetime import timedelta

import pytest

from commitments.digests import audience
from commitments.domain.enums import DeliveryState
from commitments.mails import outbox
from commitments.models import OutgoingMail
from tests.digests.plans import MONDAY, WEEK, make_subscription
from tests.factories import make_plan

LATER = MONDAY + timedelta(minutes=3)


@pytest.fixture
def mail(db: None) -> OutgoingMail:
    plan = make_plan()
    make_subscription(plan)
    audience.open_rows(plan, WEEK, MONDAY)
    claimed = outbox.claim(MONDAY)
    assert claimed is not None
    return claimed


def stored(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


def test_a_claim_is_a_lease(mail: OutgoingMail) -> None:
    assert outbox.claim(MONDAY) is None
    outbox.sweep(MONDAY + timedelta(minutes=2))
    assert outbox.claim(LATER) is None
    outbox.sweep(LATER)
    again = outbox.claim(LATER)
    assert again is not None
    assert again.attempts == 2


def test_only_one_address(mail: OutgoingMail) -> None:
    outbox.sweep(LATER)
    assert outbox.claim(LATER, only="somebody@weibin.example") is None
    assert outbox.claim(LATER, only="reader@weibin.example") is not None


def test_who_lost_the_lease_does_not_send(mail: OutgoingMail) -> None:
    outbox.sweep(LATER)
    assert not outbox.begin(mail)
    assert outbox.claim(LATER) is not None
    assert not outbox.begin(mail)


def test_who_was_given_up_for_dead_cannot_overwrite_its_successor(mail: OutgoingMail) -> None:
    assert outbox.begin(mail)
    outbox.sweep(LATER)
    successor = outbox.claim(LATER)
    assert successor is not None
    outbox.postpone(mail, OSError("late"), LATER)
    outbox.record_sent(mail, LATER)
    assert stored(mail).state == DeliveryState.CLAIMED
    assert stored(mail).lease_until == successor.lease_until


def test_certainty_that_comes_late_still_saves_the_second_copy(mail: OutgoingMail) -> None:
    outbox.begin(mail)
    outbox.sweep(LATER)
    assert stored(mail).state == DeliveryState.PENDING
    outbox.record_sent(mail, LATER)
    assert stored(mail).state == DeliveryState.SENT
    assert outbox.claim(LATER) is None


def test_a_lease_that_ends_while_sending_is_sent_once_more_and_no_oftener(mail: OutgoingMail) -> None:
    outbox.begin(mail)
    outbox.sweep(LATER)
    again = outbox.claim(LATER)
    assert again is not None
    outbox.begin(again)
    outbox.sweep(LATER + timedelta(minutes=3))
    assert stored(mail).state == DeliveryState.FAILED
    assert stored(mail).lease_until is None


def test_waits_double_up_to_six_hours() -> None:
    minutes = [outbox.wait(attempt) // timedelta(minutes=1) for attempt in range(1, 10)]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 360, 360]


def test_attempts_end_after_two_days(mail: OutgoingMail) -> None:
    at = MONDAY
    current: OutgoingMail | None = mail
    while current:
        outbox.postpone(current, OSError("refused"), at)
        at += outbox.wait(current.attempts)
        outbox.sweep(at)
        current = outbox.claim(at)
    assert stored(mail).state == DeliveryState.FAILED
    assert timedelta(hours=46) < at - MONDAY < timedelta(hours=54)
    assert stored(mail).last_error == "OSError: refused"
