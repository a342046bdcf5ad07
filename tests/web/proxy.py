"""Debian's nginx with its own main file and the very files that we ship, in front of the real web processes."""

import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copy

import pytest

from tests.local.conftest import wait_for
from tests.web.clients import HOST, HttpAnswer, ask, ask_until_refused, connect
from tracker.local.paths import CHECKOUT
from tracker.local.ports import free_port
from tracker.local.programs import Program, start, stop

NGINX = Path("/usr/sbin/nginx")
NEEDS_NGINX = pytest.mark.skipif(not NGINX.exists() and "CI" not in os.environ, reason="needs Debian's nginx")
NAME = "commitments.example.gov.cn"
DEPLOY = CHECKOUT / "deploy"
# Debian's own, so that what it sets already is no surprise to an operator.
MAIN = Path("/etc/nginx/nginx.conf")
# Compiled in, and root's alone.
TEMPORARY = "".join(
    f"{kind}_temp_path {{folder}}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)


@dataclass(frozen=True)
class Proxy:
    plain: int
    secure: int
    folder: Path

    def connect(self, of: str = HOST) -> socket.socket:
        trust = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        return connect(self.secure, of=of, trust=trust, name=NAME)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, *, of: str = HOST, **headers: str
    ) -> HttpAnswer:
        return ask(self.connect(of), path, method, body, Host=NAME, **headers)

    def ask_until_refused(
        self, path: str, method: str = "GET", *, of: str, **headers: str
    ) -> tuple[HttpAnswer, set[int]]:
        return ask_until_refused(partial(self.connect, of), path, method, Host=NAME, **headers)


@contextmanager
def proxied(folder: Path, web_port: int, static: Path) -> Iterator[Proxy]:
    proxy = Proxy(free_port(), free_port(), folder)
    certify(folder)
    install(proxy, web_port, static)
    argv = (
        str(NGINX),
        "-e",
        str(folder / "error.log"),
        "-c",
        str(folder / "nginx.conf"),
        "-g",
        "daemon off;",
    )
    # Says what is wrong with the files, where a start would only be waited for.
    subprocess.run([*argv, "-t", "-q"], check=True)
    program = Program("nginx", argv, folder / "nginx.out", folder, stop_signal=signal.SIGQUIT)
    child = start(program)
    try:
        wait_for(lambda: _listens(proxy.secure))
        yield proxy
    finally:
        stop(program, child)


def install(proxy: Proxy, web_port: int, static: Path) -> None:
    """Lay out a folder as /etc/nginx is where an operator has followed `docs/production.md`."""
    folder = proxy.folder
    for part in ("conf.d", "snippets", "sites-enabled"):
        (folder / part).mkdir()
    main = adapted(
        MAIN,
        {
            "user www-data;": "user root;",  # who may read the test's folders
            "/run/nginx.pid": f"{folder}/nginx.pid",
            "/var/log/nginx/": f"{folder}/",
            "/etc/nginx/conf.d/": f"{folder}/conf.d/",
            "/etc/nginx/sites-enabled/": f"{folder}/sites-enabled/",
        },
    )
    ours = adapted(
        DEPLOY / "nginx.conf",
        {
            "/etc/ssl/tracker": str(folder),
            "/var/lib/tracker/static": str(static),
            "127.0.0.1:8000": f"{HOST}:{web_port}",
            "listen 80": f"listen {HOST}:{proxy.plain}",
            "listen 443": f"listen {HOST}:{proxy.secure}",
            "listen [::]:80": f"listen [::1]:{proxy.plain}",
            "listen [::]:443": f"listen [::1]:{proxy.secure}",
        },
    )
    copy(DEPLOY / "nginx-each-server.conf", folder / "snippets" / "tracker.conf")
    (folder / "nginx.conf").write_text(main)
    (folder / "conf.d" / "tracker.conf").write_text(ours)
    (folder / "conf.d" / "temporary.conf").write_text(TEMPORARY.format(folder=folder))


def adapted(file: Path, changes: dict[str, str]) -> str:
    """Return its text with each of the changes made, none of them in vain."""
    text = file.read_text()
    for theirs, ours in changes.items():
        assert theirs in text
        text = text.replace(theirs, ours)
    return text


def certify(folder: Path) -> None:
    files = ("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem")
    names = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files)
    subprocess.run(new, check=True, capture_output=True)


def _listens(port: int) -> bool:
    try:
        connect(port).close()
    except OSError:
        return False
    return True
