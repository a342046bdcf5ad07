"""A hint never delays or fails the writer, whatever the broker does."""

from time import monotonic

import pytest
from django.db import transaction

from commitments import hints
from tests.factories import make_entry, make_target

published: list[str] = []


def publish() -> None:
    published.append("hint")


def fail() -> None:
    published.append("attempt")
    raise ConnectionError("no broker")


@pytest.fixture(autouse=True)
def _empty() -> None:
    published.clear()


@pytest.fixture
def broken(settings: object) -> None:
    settings.ROLLUP_HINT = "tests.test_hints.fail"  # type: ignore[attr-defined]


@pytest.fixture
def working(settings: object) -> None:
    settings.ROLLUP_HINT = "tests.test_hints.publish"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("working")
def test_a_hint_is_published() -> None:
    hints.wake()
    assert published == ["hint"]


@pytest.mark.usefixtures("broken")
def test_a_failure_is_swallowed_and_not_tried_again_for_a_while() -> None:
    hints.wake()
    hints.wake()
    assert published == ["attempt"]


@pytest.mark.usefixtures("broken")
def test_after_the_pause_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hints.wake()
    later = monotonic() + hints.PAUSE_SECONDS + 1
    monkeypatch.setattr(hints, "monotonic", lambda: later)
    hints.wake()
    assert published == ["attempt", "attempt"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("working")
def test_the_hint_goes_out_after_the_commit() -> None:
    target = make_target()
    with transaction.atomic():
        make_entry(target, 5)
        assert published == []
    assert published == ["hint"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broken")
def test_an_entry_is_kept_though_the_broker_is_down() -> None:
    assert make_entry(make_target(), 5).pk
