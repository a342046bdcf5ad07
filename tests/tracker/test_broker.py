"""Any message in the broker: an unreadable one is dropped once, in one line, and the next is read."""

import json
from collections.abc import Iterator
from subprocess import Popen
from typing import Any

import pytest
from celery import Celery

from bench import processes
from bench.faults.poison import BROADCASTS, NO_TASKS, QUEUE, all_of_them, task
from commitments import tasks
from commitments.models import Heartbeat
from tracker import broker
from tracker.celery import app

UNREADABLE = "cannot be read"


@pytest.fixture(scope="module", autouse=True)
def _known() -> None:
    app.loader.import_default_modules()


@pytest.mark.parametrize("message", NO_TASKS.values(), ids=NO_TASKS.keys())
def test_what_celery_did_not_write_is_refused(message: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        broker.check(message)


def test_what_celery_writes_is_read() -> None:
    with app.connection_for_write() as link:
        channel: Any = link.default_channel
        channel.queue_purge(QUEUE)
        tasks.drain_marks.apply_async(retry=False, expires=60)
        _queue, written = channel.client.brpop(QUEUE, 5)
    broker.check(json.loads(written))


@pytest.fixture
def client() -> Iterator[Any]:
    with app.connection_for_write() as link:
        redis: Any = link.default_channel
        redis.client.flushdb()
        yield redis.client


@pytest.fixture
def worker(client: Any, transactional_db: None) -> Iterator[Popen[bytes]]:
    with processes.running(*processes.WORKER) as running:
        processes.wait_for_worker()
        yield running


def hint_is_processed() -> None:
    Heartbeat.objects.all().delete()
    tasks.beat.apply_async()
    processes.seconds_until(Heartbeat.objects.exists)


def test_the_worker_outlives_whatever_it_is_sent(worker: Popen[bytes], client: Any) -> None:
    for message in all_of_them():
        client.lpush(QUEUE, message)
        client.publish(BROADCASTS, message)
    hint_is_processed()
    assert worker.poll() is None
    # The last broken broadcast may still have it subscribe anew, and a ping sent meanwhile reaches nobody.
    processes.wait_for_worker()


def test_what_was_dropped_is_not_delivered_again(client: Any) -> None:
    client.lpush(QUEUE, json.dumps(task(properties={"delivery_info": {}})))
    _read_all(app, client)
    client.hset("unacked", "1", b"garbage")
    client.zadd("unacked_index", {"1": 0})
    with app.connection_for_read() as link:
        restored: Any = link.default_channel
        restored.qos.restore_visible()
    assert not client.exists("unacked", "unacked_index", QUEUE)


def test_what_fails_after_it_was_handed_out_is_taken_back(client: Any) -> None:
    """Take back a message that Celery fails at after it looked right."""
    client.lpush(QUEUE, json.dumps(task()))

    def fail(_message: object) -> None:
        raise RuntimeError

    _read_all(app, client, fail)
    assert not client.exists("unacked", "unacked_index", QUEUE)


def test_the_log_has_one_line_without_the_message(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    client.lpush(QUEUE, b"secret" * 1000)
    client.lpush(QUEUE, json.dumps(task(headers={"task": "secret" * 1000})))
    _read_all(app, client)
    lines = [line.getMessage() for line in caplog.records if line.name == broker.__name__]
    assert len(lines) == 2
    assert all(UNREADABLE in line and "secret" not in line and len(line) < 200 for line in lines)


def _read_all(reader: Celery, client: Any, on_message: Any = None) -> None:
    with reader.connection_for_read() as link:
        consumer = reader.amqp.TaskConsumer(link.default_channel, on_message=on_message)
        with consumer:
            while client.llen(QUEUE):
                link.drain_events(timeout=5)
            # Before the consumer hands back what it has not acknowledged.
            assert not client.exists("unacked")
