from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

import pytest

from commitments.mails import smtp
from commitments.mails.smtp import MailVerdict
from tests.mails.sink import Sink

TO = "reader@weibin.example"


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (SMTPRecipientsRefused({TO: (550, b"unknown")}), MailVerdict.REFUSED),
        (SMTPRecipientsRefused({TO: (450, b"greylisted")}), MailVerdict.LATER),
        (SMTPDataError(554, b"spam"), MailVerdict.REFUSED),
        (SMTPDataError(452, b"full"), MailVerdict.LATER),
        (SMTPDataError(-1, b"gibberish"), MailVerdict.UNKNOWN),
        (SMTPDataError(251, b"odd"), MailVerdict.UNKNOWN),
        # Our own set-up is wrong: true for every mail, and mendable.
        (SMTPSenderRefused(530, b"log in first", "us@weibin.example"), MailVerdict.LATER),
        (SMTPServerDisconnected("gone"), MailVerdict.LATER),
        (smtp.NoAnswerError("gone"), MailVerdict.UNKNOWN),
        (ValueError("bad address"), MailVerdict.LATER),
    ],
)
def test_what_an_error_says_about_the_mail(error: Exception, verdict: MailVerdict) -> None:
    assert smtp.judge_error(error) is verdict


class BrokenConnection:
    """Stands in for smtplib: takes everything and fails to read the answer."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def send(self, s: Any) -> None:
        pass

    def getreply(self) -> tuple[int, bytes]:
        raise self.error


class BrokenSession(smtp.Attentive, BrokenConnection):
    pass


@pytest.mark.parametrize(
    "error", [SMTPServerDisconnected("gone"), SMTPResponseException(500, "Line too long.")]
)
def test_only_the_message_itself_leaves_doubt(error: Exception) -> None:
    session = BrokenSession(error)
    session.send("rset\r\n")
    with pytest.raises(type(error)) as raised:
        session.getreply()
    assert not isinstance(raised.value, smtp.NoAnswerError)
    session.send(b"Subject: hello\r\n.\r\n")
    with pytest.raises(smtp.NoAnswerError):
        session.getreply()


def test_a_session_does_not_wait_to_fill_packets(sink: Sink) -> None:
    backend = smtp.Backend()
    assert backend.open()
    assert not backend.open()
    assert backend.connection is not None
    assert backend.connection.sock is not None
    assert backend.connection.sock.getsockopt(IPPROTO_TCP, TCP_NODELAY)
    backend.close()


@pytest.mark.parametrize(("use_ssl", "kind"), [(False, SMTP), (True, SMTP_SSL)])
def test_encrypted_sessions_are_attentive_too(use_ssl: bool, kind: type[SMTP]) -> None:
    chosen = smtp.Backend(use_ssl=use_ssl).connection_class
    assert issubclass(chosen, smtp.Attentive)
    assert issubclass(chosen, kind)
