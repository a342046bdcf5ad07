"""Who edits, and when: what is written meanwhile is kept in the history under this name and instant."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pghistory

USER, COMMAND, LINK, AT = "user", "command", "link", "at"


def by(user_id: int, *, at: datetime) -> AbstractContextManager[Any]:
    return _named(at, **{USER: user_id})


def by_command(name: str, *, at: datetime) -> AbstractContextManager[Any]:
    """A command of the service, for example `seed_plan`."""
    return _named(at, **{COMMAND: name})


def by_link(*, at: datetime) -> AbstractContextManager[Any]:
    """Whoever had the mail with the link in it."""
    return _named(at, **{LINK: True})


def _named(at: datetime, **who: Any) -> AbstractContextManager[Any]:
    return pghistory.context(**who, **{AT: at.isoformat()})
