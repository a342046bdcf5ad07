"""Who edits, and when: what is written meanwhile is kept in the history under this name and instant."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pghistory

USER, COMMAND, LINK, AT = "user", "command", "link", "at"
AUTHORITY, REASON = "authority", "reason"


def by(user_id: int, *, at: datetime) -> AbstractContextManager[Any]:
    return _named(at, **{USER: user_id})


def decided_by(user_id: int, *, at: datetime, authority: str, reason: str) -> AbstractContextManager[Any]:
    """An edit that needs authority and reason, which the row itself has no place for."""
    return _named(at, **{USER: user_id, AUTHORITY: authority, REASON: reason})


def by_command(name: str, *, at: datetime) -> AbstractContextManager[Any]:
    """A command of the service, for example `seed_plan`."""
    return _named(at, **{COMMAND: name})


def by_link(*, at: datetime) -> AbstractContextManager[Any]:
    """Whoever had the mail with the link in it."""
    return _named(at, **{LINK: True})


def _named(at: datetime, **who: Any) -> AbstractContextManager[Any]:
    return pghistory.context(**who, **{AT: at.isoformat()})
