"""The order of a recomputation, step by step: each test fails when its half of the protocol is taken away."""

import threading
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from commitments.models import Target, TargetRollup
from commitments.rollups import refresh
from commitments.rollups.store import store
from tests.factories import NOON, make_commitment, make_entry, make_plan, make_target, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def noon() -> datetime:
    return NOON


def aside(work: Callable[[], object]) -> threading.Thread:
    """Do the work on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def drained(target: Target) -> Decimal | None:
    while refresh.drain(clock=noon):
        pass
    return TargetRollup.objects.get(target=target).actual


@pytest.fixture
def target() -> Target:
    plan = make_plan(review_required=False)
    return make_target(make_commitment(plan), accumulation="increments", value=Decimal(1000))


def test_an_entry_that_comes_after_the_read_keeps_its_mark(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, late = make_user(), [True]
    make_entry(target, 1, by=user)

    def interrupted(*args: Any, **kwargs: Any) -> None:
        if late and late.pop():
            aside(lambda: make_entry(target, 1, by=user)).join()
        store(*args, **kwargs)

    monkeypatch.setattr(refresh, "store", interrupted)
    assert drained(target) == 2


def test_who_read_earlier_does_not_write_later(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    read, faster_done = threading.Event(), threading.Event()
    make_entry(target, 1, by=user)

    def slow(*args: Any, **kwargs: Any) -> None:
        if not read.is_set():
            read.set()
            # Without the lock the faster one is done long before this; with it, it waits for us.
            faster_done.wait(1.5)
        store(*args, **kwargs)

    def fast() -> None:
        refresh.drain(clock=noon)
        faster_done.set()

    monkeypatch.setattr(refresh, "store", slow)
    slower = aside(lambda: refresh.drain(clock=noon))
    assert read.wait(5)
    make_entry(target, 1, by=user)
    faster = aside(fast)
    faster.join()
    slower.join()
    assert drained(target) == 2
