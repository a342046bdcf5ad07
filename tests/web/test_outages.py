"""The real web processes on a PostgreSQL of their own, which is frozen, stopped and crowded."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from bench.faults.outages import HEALTH, PAGES, BrokenService, Reply, service

FROZEN_SECONDS = 10.0
# As `docs/production.md` promises it.
SLOWEST_HEALTH_SECONDS = 2.0


@pytest.fixture(scope="module")
def running() -> Iterator[BrokenService]:
    with service() as found:
        yield found


@pytest.fixture(autouse=True)
def _well(running: BrokenService) -> None:
    running.wait_until_well()
    running.replies.clear()


def broken(running: BrokenService, fault: AbstractContextManager[None], seconds: float) -> list[Reply]:
    """Return the answers given while a part was broken."""
    with running.asked():
        with fault:
            began = time.monotonic()
            time.sleep(seconds)
            ended = time.monotonic()
        running.wait_until_well()
    return [
        reply for reply in running.replies if reply.began >= began and reply.began + reply.seconds <= ended
    ]


def slowest(running: BrokenService, path: str) -> float:
    """Return the seconds that the slowest answer took, those that came after the fault among them."""
    return max(reply.seconds for reply in running.replies if reply.path == path)


def test_a_frozen_database_hangs_nobody(running: BrokenService) -> None:
    replies = broken(running, running.database.frozen(), FROZEN_SECONDS)
    lives = [reply for reply in replies if reply.path == HEALTH]
    pages = [reply for reply in replies if reply.path in PAGES]
    assert len(lives) > FROZEN_SECONDS / 2
    assert {reply.status for reply in lives} == {200}
    assert slowest(running, HEALTH) <= SLOWEST_HEALTH_SECONDS
    assert {reply.path for reply in pages} == set(PAGES)
    assert {(reply.status, reply.retry_after) for reply in pages} - {(200, None)} == {(503, "5")}
    assert {reply.status for reply in running.replies} == {200, 503}


def test_a_database_that_restarts_is_waited_for(running: BrokenService) -> None:
    replies = broken(running, running.database.stopped(), 2)
    assert {reply.status for reply in replies if reply.path == HEALTH} == {200}
    assert 503 in {reply.status for reply in replies}
    assert {reply.status for reply in running.replies} == {200, 503}


def test_a_database_without_a_free_connection_is_waited_for(running: BrokenService) -> None:
    replies = broken(running, running.database.crowded(), 2)
    assert {reply.status for reply in replies if reply.path == HEALTH} == {200}
    assert {reply.status for reply in replies if reply.path == PAGES[0]} == {503}
    assert {reply.status for reply in running.replies} == {200, 503}


def test_whether_all_is_ready_is_answered_while_the_database_is_frozen(running: BrokenService) -> None:
    with running.database.frozen():
        assert running.ask("/readyz").status == 503
