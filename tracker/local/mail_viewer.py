"""Read-only pages for the mails the demo sent."""

import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tracker.local import mail_pages
from tracker.local.mailbox import MailFolder, body, parse

SHOWN = 200
HTML = "text/html; charset=utf-8"
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
# A mail is foreign content: no scripts, no requests; its links open in a window of their own.
MAIL_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
ROUTE = re.compile(r"/(?:(?P<name>[0-9A-Za-z-]+)(?P<what>/|/html|\.eml))?")
OWN_HOSTS = {"127.0.0.1", "localhost"}


class MailViewer(BaseHTTPRequestHandler):
    folder: MailFolder
    server_version = "mails"

    def do_GET(self) -> None:
        # Another site must not read the mails through a name that points here.
        if self.headers.get("Host", "").partition(":")[0] not in OWN_HOSTS:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        found = ROUTE.fullmatch(urlsplit(self.path).path)
        if found is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif found["name"] is None:
            self._send(mail_pages.list_page(list(self.folder.newest(SHOWN)), len(self.folder.names())))
        else:
            self._mail(found["name"], found["what"])

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the base class names it
        """Keep silent: the log is for trouble."""

    def _mail(self, name: str, what: str) -> None:
        raw = self.folder.raw(name)
        if raw is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif what == "/":
            self._send(mail_pages.mail_page(name, parse(raw)))
        elif what == ".eml":
            self._send(raw, "message/rfc822", {"Content-Disposition": f'attachment; filename="{name}.eml"'})
        else:
            self._send(mail_pages.with_links_outside(body(parse(raw), "html") or ""), policy=MAIL_POLICY)

    def _send(
        self,
        content: str | bytes,
        kind: str = HTML,
        more: dict[str, str] | None = None,
        policy: str = PAGE_POLICY,
    ) -> None:
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        self.send_response(HTTPStatus.OK)
        fixed = {"Content-Type": kind, "Content-Length": str(len(data)), "Content-Security-Policy": policy}
        quiet = {
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in (fixed | quiet | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def handler_for(folder: MailFolder) -> type[MailViewer]:
    return type("FolderViewer", (MailViewer,), {"folder": folder})
