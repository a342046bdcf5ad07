"""Clients of a real server, well-behaved and not."""

import resource
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from threading import Event, Thread

HOST = "127.0.0.1"
# Far more than is promised: a server that is held up never answers.
PATIENCE_SECONDS = 15.0
CLOSED = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Site:
    port: int
    pid: int
    log: Path

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        link = HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            link.request(
                method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = link.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            link.close()


@dataclass(frozen=True)
class Habit:
    """What a bad client sends at once, and what it adds five times a second."""

    first: bytes
    more: bytes = b""
    reads: bool = True


GET = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n"


def habits(large: str) -> dict[str, Habit]:
    """By name; `large` is the path of an answer that fits into no buffer of the kernel."""
    return {
        "connects and is silent": Habit(b""),
        "sends half a header": Habit(GET % b"/healthz"),
        "trickles its header": Habit(GET % b"/healthz" + b"X-Slow: ", b"x"),
        "never sends its body": Habit(POST),
        "trickles its body": Habit(POST, b"x"),
        "does not read": Habit(GET % large.encode() + b"\r\n", reads=False),
        "stays idle": Habit(GET % b"/healthz" + b"\r\n"),
    }


@dataclass
class Crowd:
    """Connections with one bad habit, from one address."""

    port: int
    habit: Habit
    sockets: list[socket.socket] = field(default_factory=list)

    def open(self, count: int) -> None:
        for _ in range(count):
            self.sockets.append(self._connect())

    def _connect(self) -> socket.socket:
        link = socket.socket()
        if not self.habit.reads:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.settimeout(PATIENCE_SECONDS)
        link.connect((HOST, self.port))
        link.sendall(self.habit.first)
        link.setblocking(False)  # noqa: FBT003
        return link

    def go_on(self) -> None:
        for link in list(self.sockets):
            if self._is_closed(link):
                self.sockets.remove(link)
                link.close()

    def _is_closed(self, link: socket.socket) -> bool:
        poll = select.poll()
        poll.register(link, CLOSED)
        if poll.poll(0):
            return True
        try:
            link.send(self.habit.more)
            return self.habit.reads and link.recv(65536) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True


@contextmanager
def crowd(port: int, habit: Habit, count: int) -> Iterator[Crowd]:
    """Goes on with its habit until the block ends."""
    allow_sockets(count)
    group, done = Crowd(port, habit), Event()

    def keep_going() -> None:
        while not done.wait(0.2):
            group.go_on()

    group.open(count)
    thread = Thread(target=keep_going)
    thread.start()
    try:
        yield group
    finally:
        done.set()
        thread.join()
        for link in group.sockets:
            link.close()


def allow_sockets(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(count + 1000, hard)), hard))
