"""Clients of a real server, well-behaved and not."""

import resource
import select
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from threading import Event, Thread
from time import monotonic

HOST = "127.0.0.1"
# Far more than is promised: a server that is held up never answers.
PATIENCE_SECONDS = 15.0
# Seconds on a busy machine; an idle one needs two or three.
LONGEST_FLOOD_SECONDS, AT_ONCE = 60.0, 8
NOT_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
CLOSED = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


@dataclass(frozen=True)
class HttpAnswer:
    status: int
    headers: HTTPMessage
    body: bytes


def connect(
    port: int, *, of: str = HOST, trust: ssl.SSLContext | None = None, name: str = HOST
) -> socket.socket:
    """Connect as the client at the loopback address `of`; over TLS if `trust` is given."""
    link = socket.create_connection((HOST, port), PATIENCE_SECONDS, source_address=(of, 0))
    return trust.wrap_socket(link, server_hostname=name) if trust else link


def ask(
    link: socket.socket, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> HttpAnswer:
    http = HTTPConnection(HOST)
    http.sock = link
    with closing(http):
        return _ask(http, path, method, body, headers)


def ask_until_refused(
    connect: Callable[[], socket.socket], path: str, method: str = "GET", **headers: str
) -> tuple[HttpAnswer, set[int]]:
    """Ask on and on, several at once over connections that stay, until one is told to wait.

    Return that answer, and the statuses of those before it.
    """
    deadline = monotonic() + LONGEST_FLOOD_SECONDS
    refused: list[HttpAnswer] = []
    before: set[int] = set()

    def go_on() -> None:
        http = HTTPConnection(HOST)
        with closing(http):
            while not refused and monotonic() < deadline:
                http.sock = http.sock or connect()
                answer = _ask(http, path, method, b"" if method == "POST" else None, headers)
                if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                    refused.append(answer)
                else:
                    before.add(answer.status)

    with ThreadPoolExecutor(AT_ONCE) as people:
        asking = [people.submit(go_on) for _ in range(AT_ONCE)]
    for person in asking:
        person.result()
    return refused[0], before


def _ask(
    http: HTTPConnection, path: str, method: str, body: bytes | None, headers: Mapping[str, str]
) -> HttpAnswer:
    http.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = http.getresponse()
    return HttpAnswer(answer.status, answer.headers, answer.read())


@dataclass(frozen=True)
class ServedSite:
    port: int
    pid: int
    log: Path

    def connect(self) -> socket.socket:
        return connect(self.port)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HttpAnswer:
        return ask(self.connect(), path, method, body, Host=HOST, **headers)


@dataclass(frozen=True)
class Habit:
    """The bytes that a bad client sends at once, and those that it adds five times a second."""

    first: bytes
    more: bytes = b""
    reads: bool = True


def habits(large: str, name: str = HOST) -> dict[str, Habit]:
    """Return the habits by name; `large` is the path of an answer that fits into no buffer of the kernel."""
    get = f"GET %s HTTP/1.1\r\nHost: {name}\r\n".encode()
    post = f"POST /admin/login/ HTTP/1.1\r\nHost: {name}\r\nContent-Length: 100000\r\n\r\n".encode()
    return {
        "connects and is silent": Habit(b""),
        "sends half a header": Habit(get % b"/healthz"),
        "trickles its header": Habit(get % b"/healthz" + b"X-Slow: ", b"x"),
        "never sends its body": Habit(post),
        "trickles its body": Habit(post, b"x"),
        "does not read": Habit(get % large.encode() + b"\r\n", reads=False),
        "stays idle": Habit(get % b"/healthz" + b"\r\n"),
    }


@dataclass
class Crowd:
    """Connections with one bad habit."""

    connect: Callable[[], socket.socket]
    habit: Habit
    sockets: list[socket.socket] = field(default_factory=list)

    def open(self, count: int) -> None:
        for _ in range(count):
            link = self.connect()
            self.sockets.append(link)
            if not self.habit.reads:
                link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.sendall(self.habit.first)
            link.setblocking(False)  # noqa: FBT003

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
        except NOT_YET:
            return False
        except OSError:
            return True


@contextmanager
def crowd(connect: Callable[[], socket.socket], habit: Habit, count: int) -> Iterator[Crowd]:
    """Goes on with its habit until the block ends."""
    allow_sockets(count)
    group, done = Crowd(connect, habit), Event()

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
