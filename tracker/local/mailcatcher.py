"""An SMTP server that delivers no mail: each becomes a file, shown by the viewer next door."""

import sys
from http.server import ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.local.mail_viewer import handler_for
from tracker.local.mailbox import MailFolder
from tracker.local.ports import HOST


class Catcher:
    def __init__(self, folder: MailFolder) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            self._folder.keep(_with_recipients(envelope))
        except OSError as error:
            return f"452 {error.strerror}"
        return "250 Kept"


def _with_recipients(envelope: Envelope) -> bytes:
    """Return the mail with the envelope's recipients, blind copies included."""
    content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
    return f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode() + content


def start_smtp(folder: MailFolder, port: int) -> Controller:
    controller = Controller(Catcher(folder), hostname=HOST, port=port)
    controller.start()
    return controller


def viewer(folder: MailFolder, port: int) -> ThreadingHTTPServer:
    return ThreadingHTTPServer((HOST, port), handler_for(folder))


def main(folder: str, smtp_port: str, viewer_port: str) -> None:
    mails = MailFolder(Path(folder))
    server = viewer(mails, int(viewer_port))
    controller = start_smtp(mails, int(smtp_port))
    try:
        server.serve_forever()
    finally:
        controller.stop()


if __name__ == "__main__":
    main(*sys.argv[1:4])
