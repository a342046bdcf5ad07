import time
from pathlib import Path

import redis
from kombu import Connection

from tracker.local.programs import stop
from tracker.local.valkey import answers, forget_socket, start_broker


def test_keeps_its_messages_over_kill_9_and_speaks_on_no_port(tmp_path: Path) -> None:
    broker = start_broker(tmp_path, tmp_path / "log", time.sleep)
    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        client.lpush("queue", "message")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("port") == {"port": "0"}
        client.waitaof(1, 0, 2000)
    assert broker.socket.stat().st_mode & 0o777 == 0o700
    broker.child.kill()
    broker.child.wait()
    assert broker.socket.exists()

    again = start_broker(tmp_path, tmp_path / "log", time.sleep)
    with redis.Redis(unix_socket_path=str(again.socket)) as client:
        assert client.lrange("queue", 0, -1) == [b"message"]
    stop(again.program, again.child)
    assert not answers(again.socket)


def test_celery_reaches_it_in_a_folder_with_a_long_or_odd_name(tmp_path: Path) -> None:
    for name in ("督查 室 100%", "long" * 40):
        folder = tmp_path / name
        folder.mkdir()
        broker = start_broker(folder, tmp_path / "log", time.sleep, keeps=False)
        try:
            with Connection(broker.url) as connection:
                connection.ensure_connection(max_retries=1)
                queue = connection.SimpleQueue("queue")
                queue.put({"done": True})
                assert queue.get(timeout=2).payload == {"done": True}
        finally:
            stop(broker.program, broker.child)
            forget_socket(folder)
        assert not broker.socket.exists()
