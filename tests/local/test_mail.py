import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from tracker.local.mail_pages import with_links_outside
from tracker.local.mailbox import MailFolder
from tracker.local.mailcatcher import start_smtp, viewer
from tracker.local.ports import HOST, free_port
from tracker.local.readiness import OPENER


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    return MailFolder(tmp_path)


@pytest.fixture
def smtp_port(folder: MailFolder) -> Iterator[int]:
    controller = start_smtp(folder, free_port())
    yield controller.port
    controller.stop()


@pytest.fixture
def site(folder: MailFolder) -> Iterator[str]:
    server = viewer(folder, 0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(url: str) -> str:
    with OPENER.open(url) as answer:
        content: bytes = answer.read()
        return content.decode()


def weekly() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "service@example.org", "韩局长 <han@example.org>"
    message["Subject"] = "督查周报 <第39周>"
    message["Date"] = "Thu, 28 Sep 2023 09:00:00 +0800"
    message["List-Unsubscribe"] = "<http://127.0.0.1/unsubscribe>"
    message.set_content("有 3 项进度滞后")
    message.add_alternative(
        "<p>有 <a href='/x'>3 项</a>进度滞后</p><script>alert(1)</script>", subtype="html"
    )
    return message


def test_a_mail_sent_is_kept_and_shown(folder: MailFolder, smtp_port: int, site: str) -> None:
    assert "还没有邮件" in read(site)
    with smtplib.SMTP(HOST, smtp_port) as client:
        client.send_message(weekly(), to_addrs=["han@example.org", "hidden@example.org"])
    (name,) = folder.names()

    listed = read(site)
    assert "督查周报 &lt;第39周&gt;" in listed
    assert "han@example.org" in listed

    page = read(f"{site}/{name}/")
    assert "han@example.org, hidden@example.org" in page
    assert "List-Unsubscribe" in page
    assert f'<iframe src="/{name}/html" sandbox=' in page
    assert "<pre>有 3 项进度滞后" in page
    assert "<script" not in page

    with OPENER.open(f"{site}/{name}/html") as answer:
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "有 <a href" in answer.read().decode()
    assert read(f"{site}/{name}.eml").startswith("X-Envelope-To: han@example.org, hidden@example.org\r\n")


def test_newest_first_and_no_half_written_mail(folder: MailFolder, tmp_path: Path) -> None:
    names = [folder.keep(f"Subject: {n}\r\n\r\n".encode()) for n in range(3)]
    (tmp_path / "20230928T090000000000-00000000.draft").write_bytes(b"half")
    assert folder.names() == names[::-1]


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\r\n\r\n\x00", b"Subject: =?utf-8?b?!!?=\r\nDate: soon\r\nTo: <<>\r\n\r\nx"]
)
def test_a_malformed_mail_is_shown_as_well_as_can_be(folder: MailFolder, site: str, raw: bytes) -> None:
    name = folder.keep(raw)
    assert name in read(site)
    assert "邮件头" in read(f"{site}/{name}/")


def test_an_unknown_charset_is_shown(folder: MailFolder, site: str) -> None:
    name = folder.keep(b"Content-Type: text/plain; charset=klingon\r\n\r\nhello")
    assert "hello" in read(f"{site}/{name}/")


@pytest.mark.parametrize(
    "path", ["/nothing/", "/..%2fsecrets.json", "/../secrets.json", "/20230928T090000000000-00000000.eml"]
)
def test_only_mails_are_served(site: str, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        read(site + path)


def test_other_sites_cannot_read_through_a_name_of_theirs(site: str) -> None:
    with pytest.raises(HTTPError, match="421"):
        OPENER.open(Request(site, headers={"Host": "evil.example"}))  # noqa: S310, our own server


def test_links_open_outside_the_frame() -> None:
    assert with_links_outside("<HEAD lang='zh'><title>") == "<HEAD lang='zh'><base target=\"_blank\"><title>"
    assert with_links_outside("<p>") == '<base target="_blank"><p>'
