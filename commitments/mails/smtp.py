"""Django's SMTP backend, extended to distinguish mails surely not accepted from mails perhaps accepted.

Between the end of the message and the server's answer the outcome is unknown.
"""

import socket
from enum import Enum
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class NoAnswerError(SMTPServerDisconnected):
    """The loss of the connection after the whole mail was handed over, without an answer."""


class MailVerdict(Enum):
    """The fate of a mail after an error: refused for good, surely not accepted this time, or unknown."""

    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


def judge_error(error: Exception) -> MailVerdict:
    """Judge an error; a 5xx is final only if it concerns this recipient or this text, not our own set-up."""
    if isinstance(error, NoAnswerError):
        return MailVerdict.UNKNOWN
    if isinstance(error, SMTPRecipientsRefused):
        return (
            MailVerdict.REFUSED
            if all(code >= 500 for code, _ in error.recipients.values())
            else MailVerdict.LATER
        )
    if not isinstance(error, SMTPDataError) or 400 <= error.smtp_code < 500:
        return MailVerdict.LATER
    return MailVerdict.REFUSED if error.smtp_code >= 500 else MailVerdict.UNKNOWN


class Attentive:
    """Part of a session that remembers whether the last bytes sent were the message itself."""

    awaits_verdict = False

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        # smtplib sends commands as text; only a message goes out as bytes.
        self.awaits_verdict = isinstance(s, bytes)

    def getreply(self) -> tuple[int, bytes]:
        try:
            reply: tuple[int, bytes] = super().getreply()  # type: ignore[misc]
        except (SMTPServerDisconnected, SMTPResponseException) as error:
            if self.awaits_verdict:
                raise NoAnswerError(*error.args) from error
            raise
        return reply


class Session(Attentive, SMTP):
    pass


class TLSSession(Attentive, SMTP_SSL):
    pass


class Backend(EmailBackend):
    @property
    def connection_class(self) -> type[SMTP]:
        return TLSSession if self.use_ssl else Session

    def open(self) -> bool | None:
        """Open the connection and send small packets at once."""
        # Waiting to fill packets costs 40 ms a mail on a reused connection.
        opened = super().open()
        if opened and self.connection and self.connection.sock:
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened
