"""The README's first command on a bare machine: the demo starts, is edited, stopped and started again.

If it runs as root, it also starts a clean copy in the private home of an ordinary user. The machine's own Python runs
it before any package is installed, so it uses the standard library only.
"""

import contextlib
import getpass
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

CHECKOUT = Path(__file__).resolve().parents[1]
READY = "Ctrl-C stops everything"
# Two idle cores take 60 without the download, and 8; a machine of CI has less of them, and the download.
FIRST_START_SECONDS, LATER_START_SECONDS, STOP_SECONDS = 300, 60, 60
LIST = "/admin/commitments/commitment/"
TITLE = "亲手改过的标题"
MADE = (".git", ".venv", ".data", ".hypothesis", "__pycache__", ".*_cache", "staticfiles", "*.mo")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="first-day-") as folder:
        edit_between_two_starts(Demo(CHECKOUT, Path(folder)))
        if os.geteuid() == 0:
            with ordinary_user() as user:
                start_once(Demo(copy_for(user), Path(folder), user))


def edit_between_two_starts(demo: "Demo") -> None:
    with ended(demo):
        demo.start(FIRST_START_SECONDS)
        edited = rename_a_commitment(demo)
        demo.stop()
        demo.start(LATER_START_SECONDS)
        title = dict(form_of(signed_in(demo), edited))["title"]
        check(title == TITLE, f"a start undid an edit: {edited} is called {title} again")
        demo.stop()


def start_once(demo: "Demo") -> None:
    with ended(demo):
        demo.start(FIRST_START_SECONDS)
        demo.wait_until_ready(LATER_START_SECONDS)
        demo.stop()


@contextlib.contextmanager
def ordinary_user() -> Iterator[pwd.struct_passwd]:
    """Yield a user who has nothing, with a home that nobody else may look into."""
    name = f"first-day-{os.getpid()}"
    subprocess.run(["useradd", "--create-home", name], check=True)
    try:
        user = pwd.getpwnam(name)
        Path(user.pw_dir).chmod(0o700)
        yield user
    finally:
        subprocess.run(["userdel", "--remove", name], check=True)


def copy_for(user: pwd.struct_passwd) -> Path:
    """Copy the checkout without all that was made in it; a clone would need git and its trust in the owner."""
    checkout = Path(user.pw_dir, CHECKOUT.name)
    shutil.copytree(CHECKOUT, checkout, ignore=shutil.ignore_patterns(*MADE))
    subprocess.run(["chown", "--recursive", f"{user.pw_uid}:{user.pw_gid}", checkout], check=True)
    return checkout


@contextlib.contextmanager
def ended(demo: "Demo") -> Iterator[None]:
    try:
        yield
    finally:
        demo.end()


class Demo:
    """`make run` on a port and in a folder of its own, as another user if need be."""

    def __init__(self, checkout: Path, folder: Path, user: pwd.struct_passwd | None = None) -> None:
        self.port, self.output = free_port(), folder / "output"
        self.data = checkout / ".data" if user else folder / "data"
        env = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(self.data)}
        self.command: dict[str, Any] = {"cwd": checkout, "env": env}
        if user:
            env |= {"HOME": user.pw_dir, "USER": user.pw_name, "LOGNAME": user.pw_name}
            self.command |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.starter = user.pw_name if user else getpass.getuser()
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float) -> None:
        began = time.monotonic()
        with self.output.open("wb") as output:
            # It has a process group of its own: Ctrl-C reaches `make` and all that it runs, and not us.
            self.running = subprocess.Popen(
                ["make", "run"], **self.command, stdout=output, stderr=output, start_new_session=True
            )
        while READY not in self.said():
            check(self.running.poll() is None, f"make run ended:\n{self.said()}")
            check(time.monotonic() - began < seconds, f"make run does not start:\n{self.said()}")
            time.sleep(0.1)
        print(self.said().rstrip())
        with build_opener().open(f"{self.site}/", timeout=30) as answer:
            check(answer.status == 200, f"the public page answers {answer.status}")
        took = time.monotonic() - began
        print(f"make run by {self.starter} answered after {took:.1f} s, at most {seconds}", flush=True)

    def wait_until_ready(self, seconds: float) -> None:
        """Wait until every part of it answers."""
        deadline = time.monotonic() + seconds
        while not self._is_ready():
            check(time.monotonic() < deadline, f"/readyz does not answer with 200:\n{self.said()}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            with build_opener().open(f"{self.site}/readyz", timeout=30) as answer:
                return bool(answer.status == 200)
        except HTTPError:
            return False

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def password(self) -> str:
        (found,) = re.findall(r"all with the password +(\S+)", self.said())
        return str(found)

    def stop(self) -> None:
        """Press Ctrl-C."""
        assert self.running, "not started"
        os.killpg(self.running.pid, signal.SIGINT)
        self.running.wait(STOP_SECONDS)
        check(not processes_with(self.data), f"left running: {processes_with(self.data)}")

    def end(self) -> None:
        """Stop the demo and remove its data in any case."""
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGINT)
            self.running.wait(STOP_SECONDS)
        subprocess.run(["make", "reset"], **self.command, check=True)


class SignedInBrowser:
    """A client that keeps cookies like a browser."""

    def __init__(self, site: str) -> None:
        self._site, self._opener = site, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self._opener.open(self._site + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: list[tuple[str, str]]) -> str:
        """Return the address that it leads to."""
        with self._opener.open(self._site + path, urlencode(fields).encode(), timeout=30) as answer:
            return str(answer.url.removeprefix(self._site))


def signed_in(demo: Demo) -> SignedInBrowser:
    browser = SignedInBrowser(demo.site)
    fields = {"username": "supervision", "password": demo.password(), "next": LIST}
    filled = {**dict(form_of(browser, "/admin/login/", "login-form")), **fields}
    led_to = browser.post("/admin/login/", list(filled.items()))
    check(led_to == LIST, f"signing in leads to {led_to}")
    return browser


def rename_a_commitment(demo: Demo) -> str:
    """Return the address of its form."""
    browser = signed_in(demo)
    address = re.search(rf"{LIST}\d+/change/", browser.get(LIST))
    check(address is not None, "the admin lists no commitment")
    assert address
    filled = [(name, TITLE if name == "title" else value) for name, value in form_of(browser, address[0])]
    led_to = browser.post(address[0], filled)
    check(led_to == LIST, f"the form was not taken: it leads to {led_to}")
    return address[0]


def form_of(browser: SignedInBrowser, path: str, name: str = "commitment_form") -> list[tuple[str, str]]:
    """Return the fields that a browser would send for the untouched form."""
    form = Form(name)
    form.feed(browser.get(path))
    return form.fields


class Form(HTMLParser):
    """The fields of one form of a page, as a browser sends them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._name, self._inside, self._select, self._text = name, False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self._inside = given.get("id") == self._name
        if not self._inside:
            return
        if tag == "input" and sends(given):
            self.fields.append((name, value))
        elif tag == "textarea":
            self.fields.append((name, ""))
            self._text = name
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields.append((self._select, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[-1] = (self._text, data.removeprefix("\r").removeprefix("\n"))


def sends(given: dict[str, str]) -> bool:
    """Return whether an untouched input is sent: pressed buttons, files and empty boxes are not."""
    kind = given.get("type", "text")
    return kind not in {"submit", "button", "file"} and (
        kind not in {"checkbox", "radio"} or "checked" in given
    )


def free_port() -> int:
    """Return a port below those that systems lend to outgoing connections, so that none takes it."""
    while True:
        port = secrets.choice(range(20_000, 32_768))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def processes_with(data: Path) -> list[str]:
    """Return the commands that name the folder, where the kernel lists them (Linux)."""
    commands = []
    for listed in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            commands.append(listed.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [command for command in commands if str(data) in command]


def check(holds: bool, trouble: str) -> None:  # noqa: FBT001
    if not holds:
        sys.exit(f"first day: {trouble}")


if __name__ == "__main__":
    main()
