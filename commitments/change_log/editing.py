"""The author and instant under which an edit is kept in the history.

The instant is one of the service's clock, which in a demo is not the database's own.
"""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pghistory

USER, COMMAND, LINK, AT = "user", "command", "link", "at"


def by(user_id: int, *, at: datetime) -> AbstractContextManager[Any]:
    return _named(at, **{USER: user_id})


def by_command(name: str, *, at: datetime) -> AbstractContextManager[Any]:
    """Sign edits as a command of the service, for example `seed_plan`."""
    return _named(at, **{COMMAND: name})


def by_link(*, at: datetime) -> AbstractContextManager[Any]:
    """Sign edits as the holder of the link in a mail."""
    return _named(at, **{LINK: True})


def user_of(edit: Any) -> int | None:
    """Return the id of the person behind a row of a history; None if a command or an outside edit wrote it."""
    return (edit.pgh_context or {}).get(USER)


def command_of(edit: Any) -> str | None:
    """Return the name of the command that wrote a row of a history, else None."""
    return (edit.pgh_context or {}).get(COMMAND)


def find_instant(edit: Any) -> datetime | None:
    """Return the service's instant of a row of a history; None if the row was written past the service."""
    told = (edit.pgh_context or {}).get(AT)
    return datetime.fromisoformat(told) if told else None


def _named(at: datetime, **who: Any) -> AbstractContextManager[Any]:
    return pghistory.context(**who, **{AT: at.isoformat()})
