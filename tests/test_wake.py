"""Hints, which never delay or fail the writer, in any state of the broker."""

import os
from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import transaction

from commitments import breaker, wake
from tests.factories import make_entry, make_target

published: list[str] = []
released = Event()
BROKER_TAKES = 5.0


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within two seconds: hints go out on a thread of their own."""
    until = monotonic() + 2
    while not holds() and monotonic() < until:
        sleep(0.005)
    return holds()


def publish() -> None:
    published.append("hint")


def publish_when_released() -> None:
    released.wait(BROKER_TAKES)
    publish()


def fail() -> None:
    published.append("attempt")
    raise ConnectionError("no broker")


@pytest.fixture(autouse=True)
def _empty() -> None:
    published.clear()


@pytest.fixture
def broken(settings: object) -> None:
    settings.ROLLUP_HINT = "tests.test_wake.fail"  # type: ignore[attr-defined]


@pytest.fixture
def working(settings: object) -> None:
    settings.ROLLUP_HINT = "tests.test_wake.publish"  # type: ignore[attr-defined]


@pytest.fixture
def slow(settings: object) -> None:
    released.clear()
    settings.ROLLUP_HINT = "tests.test_wake.publish_when_released"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("working")
def test_a_hint_is_published() -> None:
    wake.wake()
    assert soon(lambda: published == ["hint"])


@pytest.mark.usefixtures("working")
def test_a_burst_of_commits_makes_few_hints() -> None:
    for _ in range(1000):
        wake.wake()
    assert soon(lambda: bool(published))
    sleep(10 * wake.REST_SECONDS)
    assert len(published) < 100


@pytest.mark.usefixtures("slow")
def test_nobody_waits_for_the_broker() -> None:
    began = monotonic()
    wake.wake()
    assert not released.is_set()
    assert monotonic() - began < BROKER_TAKES
    released.set()
    assert soon(lambda: published == ["hint"])


@pytest.mark.usefixtures("working")
def test_a_forked_process_has_a_messenger_of_its_own() -> None:
    wake.wake()
    assert soon(lambda: published == ["hint"])
    child = os.fork()
    if child == 0:
        published.clear()
        wake.wake()
        os._exit(0 if soon(lambda: published == ["hint"]) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.usefixtures("broken")
def test_a_failure_is_swallowed_and_not_tried_again_for_a_while() -> None:
    wake.publish()
    wake.publish()
    assert published == ["attempt"]


@pytest.mark.usefixtures("broken")
def test_after_the_pause_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wake.publish()
    later = monotonic() + wake.PAUSE_SECONDS + 1
    monkeypatch.setattr(breaker, "monotonic", lambda: later)
    wake.publish()
    assert published == ["attempt", "attempt"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("working")
def test_the_hint_goes_out_after_the_commit() -> None:
    target = make_target()
    with transaction.atomic():
        make_entry(target, 5)
        sleep(5 * wake.REST_SECONDS)
        assert published == []
    assert soon(lambda: published == ["hint"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broken")
def test_an_entry_is_kept_though_the_broker_is_down() -> None:
    assert make_entry(make_target(), 5).pk
