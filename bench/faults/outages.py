"""A PostgreSQL to be broken, the web processes on it, and readers that keep asking."""

import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import psutil
import psycopg
from django.conf import settings

from bench import processes
from tests.servers import FAST, PREFIX, place_for_tests, remove
from tracker.local.paths import DataDir
from tracker.local.ports import HOST, free_port
from tracker.local.postgres import SUPERUSER, make_cluster, start_cluster
from tracker.local.programs import start, stop
from tracker.local.readiness import wait_until_ready
from tracker.local.services import Ports, application_programs

HEALTH = "/healthz"
PAGES = ("/", "/en/", "/api/v1/plans/", "/admin/login/")
READERS = 12
# A reader that has given up by then would never have been answered.
LONGEST_SECONDS = 120.0
PAUSE_SECONDS = 0.3
MOST_CONNECTIONS, CROWD = 20, "crowd"
END_ALL_BUT_THE_CROWD = f"""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> '{CROWD}'
"""


class Database:
    """A cluster of one's own, empty but for the tables."""

    def __init__(self, folder: Path) -> None:
        self._place, self._log = place_for_tests(folder), folder / "postgres.log"
        password = secrets.token_urlsafe(18)
        make_cluster(self._place, password, self._log, sync=False)
        self._settings = FAST | {"max_connections": str(MOST_CONNECTIONS)}
        self._cluster = start_cluster(self._place, self._log, time.sleep, **self._settings)
        self._settings |= {"port": str(self._cluster.port)}
        self.url = self._cluster.url(SUPERUSER, password, SUPERUSER)

    def migrate(self) -> None:
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        env = processes.environment() | {"DATABASE_URL": self.url}
        subprocess.run(command, cwd=processes.ROOT, env=env, check=True)

    def stop(self) -> None:
        stop(self._cluster.program, self._cluster.child)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Suspend every process of the server; the kernel goes on accepting bytes for it."""
        postmaster = psutil.Process(self._cluster.child.pid)
        postmaster.suspend()
        family = [postmaster, *postmaster.children()]
        for process in family:
            process.suspend()
        try:
            yield
        finally:
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.resume()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self._cluster = start_cluster(self._place, self._log, time.sleep, **self._settings)

    @contextmanager
    def crowded(self) -> Iterator[None]:
        """Hold every connection that the server offers."""
        with ExitStack() as held:
            first = held.enter_context(closing(psycopg.connect(self.url, autocommit=True)))
            for _ in range(MOST_CONNECTIONS - 1):
                held.enter_context(closing(self._in_place_of_another(first)))
            yield

    def _in_place_of_another(self, first: psycopg.Connection) -> psycopg.Connection:
        """Return a connection of the crowd; where no place is free, all others lose theirs."""
        deadline = time.monotonic() + processes.PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(psycopg.OperationalError):
                return psycopg.connect(self.url, application_name=CROWD)
            # The loop does not wait for their end: by then their owners would have the places again.
            first.execute(END_ALL_BUT_THE_CROWD)
        raise TimeoutError("others keep their connections")


@dataclass(frozen=True)
class Reply:
    path: str
    status: int
    retry_after: str | None
    began: float
    seconds: float


@dataclass
class BrokenService:
    """The web processes on a database to be broken, and their answers to each reader."""

    database: Database
    port: int
    replies: list[Reply] = field(default_factory=list)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Let many readers ask on and on, while one asks whether the processes live."""
        done = Event()
        with ThreadPoolExecutor(READERS + 1) as people:
            asking = [people.submit(self._ask_until, done, (HEALTH,))]
            asking += [people.submit(self._ask_until, done, PAGES) for _ in range(READERS)]
            try:
                yield
            finally:
                done.set()
        for person in asking:
            person.result()

    def wait_until_well(self) -> None:
        """Wait until every page is there, for as many readers as there are threads."""
        deadline = time.monotonic() + processes.PATIENCE_SECONDS
        well = 0
        while well < READERS:
            statuses = {self.ask(page).status for page in PAGES}
            well = well + 1 if statuses == {200} else 0
            if time.monotonic() > deadline:
                raise TimeoutError(f"pages answer {statuses}")

    def ask(self, path: str) -> Reply:
        began = time.monotonic()
        with closing(HTTPConnection(HOST, self.port, timeout=LONGEST_SECONDS)) as link:
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
        retry_after = answer.getheader("Retry-After")
        return Reply(path, answer.status, retry_after, began, time.monotonic() - began)

    def _ask_until(self, done: Event, paths: tuple[str, ...]) -> None:
        while not done.is_set():
            for path in paths:
                self.replies.append(self.ask(path))
            done.wait(PAUSE_SECONDS)


@contextmanager
def service() -> Iterator[BrokenService]:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    with ExitStack() as stack:
        stack.callback(remove, folder)
        database = Database(folder)
        stack.callback(database.stop)
        database.migrate()
        port = free_port()
        stack.enter_context(_web(folder, port, database.url))
        yield BrokenService(database, port)


@contextmanager
def _web(folder: Path, port: int, url: str) -> Iterator[None]:
    (folder / "logs").mkdir()
    env = processes.environment() | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": url,
        "STATIC_ROOT": settings.STATIC_ROOT,
        "MEDIA_ROOT": str(folder / "media"),
        "ANONYMOUS_READS_PER_MINUTE": "0",
    }
    programs = application_programs(DataDir(folder), env, Ports(web=port, viewer=0, smtp=0))
    program = next(program for program in programs if program.name == "web")
    child = start(program)
    try:
        wait_until_ready(f"http://{HOST}:{port}{HEALTH}", lambda _: None)
        yield
    finally:
        stop(program, child)
