"""Who edits, and when: what is written meanwhile is kept in the history under this name and instant.

The instant is that of the service's clock, which in a demo is not the database's own.
"""

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


def user_of(edit: Any) -> int | None:
    """The id of whoever wrote a row of a history, where it was a person."""
    return (edit.pgh_context or {}).get(USER)


def command_of(edit: Any) -> str | None:
    """The command that wrote a row of a history, where it was one."""
    return (edit.pgh_context or {}).get(COMMAND)


def told_at(edit: Any) -> datetime | None:
    """When the service says that a row of a history was written; of what was written past it, None."""
    told = (edit.pgh_context or {}).get(AT)
    return datetime.fromisoformat(told) if told else None


def _named(at: datetime, **who: Any) -> AbstractContextManager[Any]:
    return pghistory.context(**who, **{AT: at.isoformat()})
