"""Mails as files in one folder."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class MailFolder:
    path: Path

    def keep(self, content: bytes) -> str:
        """Store a mail, written aside first: a reader never sees half of it."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        draft = self.path / f"{name}.draft"
        try:
            draft.write_bytes(content)
            draft.replace(self._file(name))
        finally:
            draft.unlink(missing_ok=True)
        return name

    def names(self) -> list[str]:
        """Return the names of the mails, newest first."""
        return sorted(
            (file.stem for file in self.path.glob("*.eml") if NAME.fullmatch(file.stem)), reverse=True
        )

    def raw(self, name: str) -> bytes | None:
        if not NAME.fullmatch(name):
            return None
        try:
            return self._file(name).read_bytes()
        except FileNotFoundError:
            return None

    def newest(self, count: int) -> Iterator[tuple[str, EmailMessage]]:
        for name in self.names()[:count]:
            if (raw := self.raw(name)) is not None:
                yield name, parse(raw)

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.eml"


def parse(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def header(message: EmailMessage, name: str) -> str:
    """Return a header's text; an unreadable one is shown as it came."""
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001, the parser raises nearly anything
        raw = dict(message.raw_items())
        return str(raw.get(name, ""))


def body(message: EmailMessage, kind: str) -> str | None:
    """Return the text of the first "plain" or "html" part."""
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return None
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        content = part.get_payload(decode=True)
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
