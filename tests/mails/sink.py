"""A real SMTP server on the loopback that answers as a test tells it to."""

from asyncio import WriteTransport
from collections import defaultdict
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.local.ports import HOST, free_port

OK = "250 OK"
HANG_UP = "hang up"


class Sink:
    """A mail server that answers in the order given for an address, then OK.

    `HANG_UP` keeps the mail and gives no answer.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.to_recipient: defaultdict[str, list[str]] = defaultdict(list)
        self.to_content: defaultdict[str, list[str]] = defaultdict(list)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name, as below
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.to_recipient[address].pop(0) if self.to_recipient[address] else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        answer = self.to_content[address].pop(0) if self.to_content[address] else OK
        if answer in (OK, HANG_UP):
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if answer == HANG_UP:
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]

    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content


def serve(sink: Sink) -> Controller:
    controller = Controller(sink, hostname=HOST, port=free_port())
    controller.start()
    return controller
