"""Debian's nginx with the very file that we ship, in front of the real web processes."""

import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.local.conftest import wait_for
from tests.web.clients import HOST, Answer, ask, connect
from tracker.local.paths import CHECKOUT
from tracker.local.ports import free_port
from tracker.local.programs import Program, start, stop

NGINX = Path("/usr/sbin/nginx")
NEEDS_NGINX = pytest.mark.skipif(not NGINX.exists() and "CI" not in os.environ, reason="needs Debian's nginx")
NAME = "commitments.example.gov.cn"
CONF = CHECKOUT / "deploy" / "nginx.conf"
MAIN = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tracker.conf;
}}
"""


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
    ) -> Answer:
        return ask(self.connect(of), path, method, body, Host=NAME, **headers)


@contextmanager
def proxied(folder: Path, web_port: int, static: Path) -> Iterator[Proxy]:
    proxy = Proxy(free_port(), free_port(), folder)
    certify(folder)
    (folder / "tracker.conf").write_text(configured(proxy, web_port, static))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(MAIN.format(folder=folder, user=user))
    argv = (str(NGINX), "-p", str(folder), "-c", str(folder / "main.conf"), "-g", "daemon off;")
    program = Program("nginx", argv, folder / "nginx.out", folder, stop_signal=signal.SIGQUIT)
    child = start(program)
    try:
        wait_for(lambda: _listens(proxy.secure))
        yield proxy
    finally:
        stop(program, child)


def configured(proxy: Proxy, web_port: int, static: Path) -> str:
    """Return nginx.conf as an operator would fill it in, with the ports of the test."""
    text = CONF.read_text()
    for ours, theirs in {
        "/etc/ssl/tracker": str(proxy.folder),
        "/var/lib/tracker/static": str(static),
        "127.0.0.1:8000": f"{HOST}:{web_port}",
        "listen 80": f"listen {HOST}:{proxy.plain}",
        "listen 443": f"listen {HOST}:{proxy.secure}",
        "listen [::]:80": f"listen [::1]:{proxy.plain}",
        "listen [::]:443": f"listen [::1]:{proxy.secure}",
    }.items():
        assert ours in text
        text = text.replace(ours, theirs)
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
