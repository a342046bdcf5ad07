"""The web processes: gunicorn keeps the processes, waitress the sockets (ADR 16).

One loop per process reads requests whole and writes answers out; threads only ever see a complete request.
A slow or silent client holds a place in the loop for some seconds, and never a thread.
"""

import contextlib
import os
import resource
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import ThreadedTaskDispatcher

PATIENCE = 10.0
"""Seconds in which a client that it is up to moves `LEAST` bytes, or is through with what it sends or reads."""
LEAST = 10_000
NEW_SECONDS = 1.0
CONNECTIONS = 1_000
"""From then on a new connection takes the place of one that waits for its client."""
OPEN_FILES = 4_096
LARGEST_HEAD = 32 * 2**10
LARGEST_BODY = 128 * 2**20
"""Quick-log takes several files of 20 MB in one form."""
ALWAYS_ANSWERED = "/healthz"
RESET = struct.pack("ii", 1, 0)


class Connection(HTTPChannel):
    """A connection that knows how long it has waited for its client, and the bytes moved in that time."""

    is_last = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.begin_to_wait()
        super().__init__(*arguments, **named)

    def begin_to_wait(self) -> None:
        self.waiting_since, self.moved = time.monotonic(), 0

    @property
    def waits(self) -> bool:
        """Tell whether the client must act next: send its request, or read the answer."""
        return not self.requests

    def is_late(self, now: float) -> bool:
        if not self.waits or now < self.waiting_since + PATIENCE:
            return False
        late = self.moved < LEAST
        self.begin_to_wait()
        return late

    @property
    def is_under_way(self) -> bool:
        """Tell whether closing now would lose data; a new connection may be about to be used."""
        is_new = time.monotonic() < self.waiting_since + NEW_SECONDS
        return bool(self.requests or self.request or self.total_outbufs_len or is_new)

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.begin_to_wait()
        self.moved += len(data)
        taken: bool = super().received(data)
        self._refuse_what_was_sent_ahead()
        return taken

    def _refuse_what_was_sent_ahead(self) -> None:
        """Refuse requests sent before the answer to the first."""
        # They would pile up answers that no client reads.
        with self.requests_lock:
            for request in self.requests[1:]:
                request.close()
                self.is_last = True
            del self.requests[1:]

    def service(self) -> None:
        """Serve the requests, in a thread."""
        super().service()
        self.begin_to_wait()
        if self.is_last:
            self.close_when_flushed = True
            self.server.pull_trigger()

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002 - waitress's signature
        sent: int = super().send(data, do_close=do_close)
        self.moved += sent
        return sent

    def handle_write(self) -> None:
        had_to_send = self.total_outbufs_len
        super().handle_write()
        if had_to_send and not self.total_outbufs_len:
            self.begin_to_wait()

    def drop(self) -> None:
        """Close without waiting for the client to take the rest of its answer."""
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.handle_close()


class Server(BaseWSGIServer):
    channel_class = Connection
    tidied = 0.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.spare = threads(1)
        super().__init__(*arguments, **named)

    def getsockname(self) -> tuple[str, int]:
        name = self.socket.getsockname()
        return name[:2] if isinstance(name, tuple) else ("", 0)

    def fix_addr(self, addr: Any) -> tuple[str, int]:
        """Return the client's address; empty for a Unix socket."""
        return addr[:2] if isinstance(addr, tuple) and addr else ("", 0)

    def set_socket_options(self, conn: socket.socket) -> None:
        if conn.family != socket.AF_UNIX:
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def add_task(self, task: Connection) -> None:
        """Queue the request; a thread of its own answers that the process lives, even if all others wait."""
        (self.spare if _asks_whether_it_lives(task.requests[0]) else self.task_dispatcher).add_task(task)

    def tidy(self) -> None:
        """Close late connections and make room, only between two turns of the loop."""
        # Within a turn, a new connection could get the number of a closed one, and the events meant for
        # that.
        if len(self.active_channels) >= CONNECTIONS:
            self._make_room()
        now = time.monotonic()
        if now < self.tidied + 1:
            return
        self.tidied = now
        for connection in [one for one in self.active_channels.values() if one.is_late(now)]:
            connection.drop()

    def _make_room(self) -> None:
        """Drop the connection that has waited longest, of the address with the most connections."""
        waiting = [connection for connection in self.active_channels.values() if connection.waits]
        by_address = Counter(connection.addr[0] for connection in waiting)
        if waiting:
            max(waiting, key=lambda one: (by_address[one.addr[0]], -one.waiting_since)).drop()

    def maintenance(self, _now: float) -> None:
        """Skip waitress's own maintenance; `tidy` replaces it."""

    @property
    def is_busy(self) -> bool:
        return any(one.is_under_way for one in self.active_channels.values())

    def stop_listening(self) -> None:
        self.accepting = False
        self.del_channel()
        self.socket.close()


def _asks_whether_it_lives(request: HTTPRequestParser) -> bool:
    # A form sent there is refused, and the log of that waits for the database.
    return not request.error and request.path == ALWAYS_ANSWERED and request.command in ("GET", "HEAD")


class Signals(wasyncore.file_dispatcher):
    """A pipe that ends the loop's sleep when a signal has come: Python writes to it."""

    def writable(self) -> bool:
        return False

    def handle_read(self) -> None:
        self.recv(64)


class BufferingWorker(Worker):
    """A gunicorn worker; `--threads` is the number of requests it works on at a time."""

    def run(self) -> None:
        allow_open_files()
        self.loop: dict[int, Any] = {}
        Signals(self.PIPE[0], self.loop)
        dispatcher = threads(self.cfg.threads)
        self.servers = [serve(self.wsgi, one.sock, self.loop, dispatcher) for one in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self._turn(1.0)
        for server in self.servers:
            server.stop_listening()
        until = time.monotonic() + self.cfg.graceful_timeout
        while any(server.is_busy for server in self.servers) and time.monotonic() < until:
            self._turn(0.1)

    def _turn(self, seconds: float) -> None:
        self.notify()
        wasyncore.loop(timeout=seconds, use_poll=True, map=self.loop, count=1)
        for server in self.servers:
            server.tidy()


def serve(
    application: WSGIApplication,
    listening: socket.socket,
    loop: dict[int, Any],
    dispatcher: ThreadedTaskDispatcher,
) -> Server:
    place = (listening.family, listening.type, listening.proto, None)
    return Server(
        without_bodies_of_heads(application),
        loop,
        _sock=listening,
        bind_socket=False,
        dispatcher=dispatcher,
        adj=adjustments(),
        sockinfo=place,
    )


def without_bodies_of_heads(application: WSGIApplication) -> WSGIApplication:
    """Answer a HEAD like a GET, without a body; waitress leaves that to us."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer


def adjustments() -> Adjustments:
    return Adjustments(
        # `tracker.proxies` decides which of a proxy's headers to believe.
        clear_untrusted_proxy_headers=False,
        ident="",
        log_socket_errors=False,
        connection_limit=2 * CONNECTIONS,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=LARGEST_BODY,
        # Answers wait on disk, so that no thread waits for a reader.
        outbuf_high_watermark=sys.maxsize,
    )


def threads(count: int) -> ThreadedTaskDispatcher:
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(count)
    return dispatcher


def allow_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
