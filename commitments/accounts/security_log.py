"""The security log: one line for each event, for people and for programs, as key=value.

Names and addresses stand there in full, passwords never. A stranger's text cannot break a line or flood it.
"""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest

from .addresses import address_of

LONGEST = 200
FIRST = ("event", "account", "address")


def note(event: str, *, request: HttpRequest | None = None, **facts: Any) -> None:
    """Write one line; of a request it says from where it came and, unless told otherwise, for which account."""
    told = (_origin(request) if request else {}) | facts
    _log.info(event, **{key: value for key, value in told.items() if value is not None})


def _origin(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return {"account": user.get_username() or None if user else None, "address": address_of(request)}


def _made_plain(_logger: Any, _level: str, facts: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: _plain(str(value)) for key, value in facts.items()}


def _plain(text: str) -> str:
    """Return the text on one line, of bounded length, with unprintable characters written out."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in shown)


_log = structlog.wrap_logger(
    logging.getLogger("security"),
    processors=[_made_plain, structlog.processors.LogfmtRenderer(key_order=FIRST, drop_missing=True)],
    wrapper_class=structlog.stdlib.BoundLogger,
)
