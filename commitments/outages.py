"""Distinction between an absent or overtaxed database and a fault of ours."""

from enum import Enum

import psycopg
from django.db import Error
from psycopg.errors import PipelineAborted

# SQLSTATEs for a lost connection, no room left, shut down, cut off, read-only, a broken disk.
AWAY = ("08", "53", "57P", "25P03", "25P04", "25006", "58030")
# SQLSTATEs for a statement that waited too long or was in another one's way.
OVERTAXED = ("57014", "55P03", "40001", "40P01")


class Outage(Enum):
    AWAY = "away"
    OVERTAXED = "overtaxed"


def outage(error: BaseException | None) -> Outage | None:
    """Return the database's trouble; None if the fault is ours."""
    cause = error.__cause__ if isinstance(error, Error) else error
    if not isinstance(cause, psycopg.Error):
        return None
    state = cause.sqlstate
    if state is None:
        return Outage.AWAY if _lost(cause) else None
    if state.startswith(AWAY):
        return Outage.AWAY
    return Outage.OVERTAXED if state in OVERTAXED else None


def _lost(error: psycopg.Error) -> bool:
    """Return whether the driver itself, without a word of the server's, found the connection gone or none to be had."""
    return isinstance(error, psycopg.OperationalError) and not isinstance(error, PipelineAborted)
