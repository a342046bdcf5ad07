"""Deliveries through a real SMTP server: the mails that arrive, their number, and the stored states."""

import socket
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from commitments import sending
from commitments.digests import message, unsubscribe
from commitments.domain.enums import DeliveryState
from commitments.mails import delivery, messages, outbox
from commitments.mails.messages import MailWords
from commitments.models import OutgoingMail, Plan, Subscription
from tests.digests.plans import MONDAY, judge, make_judged_plan, make_subscription
from tests.factories import make_counted_entry
from tests.mails.sink import HANG_UP, Sink, body
from tracker.local.ports import free_port

A, B, C = "a@weibin.example", "b@weibin.example", "c@weibin.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def plan(db: None) -> Plan:
    plan = make_judged_plan()
    for address in (A, B, C):
        make_subscription(plan, address)
    return plan


def state(address: str) -> str:
    return OutgoingMail.objects.get(subscription__email=address).state


def row(address: str) -> OutgoingMail:
    return OutgoingMail.objects.get(subscription__email=address)


def run_until_killed(monkeypatch: pytest.MonkeyPatch, *, before: str) -> None:
    """End a worker at a step of its first mail, without tidying up."""

    def killed(*_given: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(outbox, before, killed)
        with pytest.raises(SystemExit):
            sending.run(at=MONDAY)


def test_each_subscription_gets_one_mail_over_one_connection(plan: Plan, sink: Sink) -> None:
    outcomes = sending.run(at=MONDAY)
    assert outcomes == {DeliveryState.SENT: 3}
    assert sorted(mail["To"] for mail in sink.mails) == [A, B, C]
    assert sink.connections == 1
    assert row(A).sent_at is not None
    assert row(A).attempts == 1


def test_running_again_in_the_same_week_sends_nothing(plan: Plan, sink: Sink) -> None:
    sending.run(at=MONDAY)
    assert sending.run(at=MONDAY + timedelta(days=3)) == {}
    assert len(sink.mails) == 3


def test_a_new_week_sends_again(plan: Plan, sink: Sink) -> None:
    sending.run(at=MONDAY)
    sending.run(at=MONDAY + timedelta(days=14))
    assert len(set(sink.ids())) == 6


def test_nothing_goes_out_before_it_is_due(plan: Plan, sink: Sink) -> None:
    sending.run(at=MONDAY - MINUTE)
    assert not sink.mails
    assert not OutgoingMail.objects.exists()


def test_who_unsubscribed_after_the_week_opened_gets_nothing(
    plan: Plan, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = message.write_words

    def and_then_leave(subscription: Subscription, **given: Any) -> MailWords:
        if subscription.email == A:
            unsubscribe.stop(subscription, MONDAY)
        return write(subscription, **given)

    monkeypatch.setattr(message, "write_words", and_then_leave)
    outcomes = sending.run(at=MONDAY)
    assert outcomes == {DeliveryState.SKIPPED: 1, DeliveryState.SENT: 2}
    assert not sink.to(A)
    assert sending.run(at=MONDAY + timedelta(days=1)) == {}


def test_a_refusal_for_now_is_tried_again_later(plan: Plan, sink: Sink) -> None:
    sink.to_recipient[A] = ["451 try later", "421 going down"]
    sending.run(at=MONDAY)
    assert (state(A), state(B), state(C)) == ("pending", "sent", "sent")
    assert "451" in row(A).last_error
    assert sending.run(at=MONDAY + 4 * MINUTE) == {}
    sending.run(at=MONDAY + 6 * MINUTE)
    assert state(A) == "pending"
    assert sending.run(at=MONDAY + 15 * MINUTE) == {}
    assert sending.run(at=MONDAY + 17 * MINUTE) == {DeliveryState.SENT: 1}
    assert len(sink.to(A)) == 1


def test_a_refusal_of_the_content_for_now_is_tried_again_later(plan: Plan, sink: Sink) -> None:
    sink.to_content[B] = ["452 disk full"]
    sending.run(at=MONDAY)
    assert (state(A), state(B), state(C)) == ("sent", "pending", "sent")
    sending.run(at=MONDAY + 6 * MINUTE)
    assert len(sink.to(B)) == 1


def test_a_refusal_for_good_stops_that_mail_alone(plan: Plan, sink: Sink) -> None:
    sink.to_recipient[A] = ["550 no such user"]
    sink.to_content[B] = ["554 rejected"]
    outcomes = sending.run(at=MONDAY)
    assert outcomes == {DeliveryState.FAILED: 2, DeliveryState.SENT: 1}
    assert "550" in row(A).last_error
    assert sending.run(at=MONDAY + timedelta(days=1)) == {}


def test_a_mail_that_cannot_be_written_or_addressed_stops_no_other(
    plan: Plan, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    Subscription.objects.filter(email=B).update(email="b,@weibin.example")
    write = message.write_words

    def poisoned(subscription: Subscription, **given: Any) -> MailWords:
        if subscription.email == A:
            raise RuntimeError("broken template")
        return write(subscription, **given)

    monkeypatch.setattr(message, "write_words", poisoned)
    sending.run(at=MONDAY)
    assert (state(A), state("b,@weibin.example"), state(C)) == ("pending", "pending", "sent")
    assert row(A).last_error == "RuntimeError: broken template"


def test_no_mail_server_costs_one_attempt_of_one_mail(plan: Plan, sink: Sink, settings: Settings) -> None:
    listening, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    assert sending.run(at=MONDAY) == {DeliveryState.PENDING: 1}
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    settings.EMAIL_PORT = listening
    sending.run(at=MONDAY + 6 * MINUTE)
    assert len(sink.mails) == 3


def test_a_server_that_greets_and_says_no_more_is_given_up_in_time(plan: Plan, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.EMAIL_HOST, settings.EMAIL_PORT = mute.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        assert sending.run(at=MONDAY) == {DeliveryState.PENDING: 1}


def test_no_answer_to_the_content_sends_the_same_mail_once_more(plan: Plan, sink: Sink) -> None:
    sink.to_content[A] = [HANG_UP]
    outcomes = sending.run(at=MONDAY)
    assert outcomes == {DeliveryState.PENDING: 1, DeliveryState.SENT: 2}
    assert row(A).last_error.startswith(outbox.UNANSWERED)
    target = plan.commitments.get().targets.get()
    make_counted_entry(target, 76, MONDAY.date(), at=MONDAY)
    judge(plan)
    sending.run(at=MONDAY + 6 * MINUTE)
    first, second = sink.to(A)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Subject"] == second["Subject"]
    assert body(first, "plain") == body(second, "plain")
    assert body(first, "html") == body(second, "html")
    assert state(A) == "sent"


def test_no_answer_a_second_time_ends_it(plan: Plan, sink: Sink) -> None:
    sink.to_content[A] = [HANG_UP, HANG_UP]
    sink.to_recipient[A] = ["250 OK", "451 try later"]
    for minutes in (0, 6, 20, 60, 600):
        sending.run(at=MONDAY + minutes * MINUTE)
    assert state(A) == "failed"
    assert len(sink.to(A)) == 2


def test_a_worker_killed_before_recording_leaves_one_more_copy_at_most(
    plan: Plan, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_until_killed(monkeypatch, before="record_sent")
    (copy,) = sink.mails
    assert state(copy["To"]) == "sending"
    sending.run(at=MONDAY + MINUTE)
    assert len(sink.mails) == 3
    sending.run(at=MONDAY + 3 * MINUTE)
    assert len(sink.mails) == 4
    assert len(set(sink.ids())) == 3
    assert {state(address) for address in (A, B, C)} == {"sent"}


def test_a_worker_killed_before_sending_loses_nothing(
    plan: Plan, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_until_killed(monkeypatch, before="begin")
    sending.run(at=MONDAY + 3 * MINUTE)
    assert sorted(mail["To"] for mail in sink.mails) == [A, B, C]


def test_a_long_run_ends_and_the_next_goes_on(
    plan: Plan, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 100_000, 17))
    monkeypatch.setattr(delivery, "monotonic", lambda: next(ticks))
    assert sending.run(at=MONDAY) == {DeliveryState.SENT: 1}
    monkeypatch.undo()
    assert sending.run(at=MONDAY + 5 * MINUTE) == {DeliveryState.SENT: 2}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(sink: Sink) -> None:
    plan = make_judged_plan()
    addresses = [f"reader{number}@weibin.example" for number in range(20)]
    for address in addresses:
        make_subscription(plan, address)
    start, errors = Barrier(3), list[BaseException]()

    def work() -> None:
        start.wait()
        try:
            sending.run(at=MONDAY)
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not errors
    assert sorted(mail["To"] for mail in sink.mails) == sorted(addresses)
    assert len(set(sink.ids())) == 20
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_mail_server_is_talked_to(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, seen = make_judged_plan(), list[bool]()
    make_subscription(plan)
    build = messages.build_message

    def looking(*given: Any, **more: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return build(*given, **more)

    monkeypatch.setattr(messages, "build_message", looking)
    sending.run(at=MONDAY)
    assert seen == [False]
