"""The way of an uploaded sheet."""

from enum import StrEnum


class ImportState(StrEnum):
    """Received, then checked (or asking first which column is which), confirmed, applied. The other two are ends."""

    RECEIVED = "received"
    UNMAPPED = "unmapped"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    APPLIED = "applied"
    REFUSED = "refused"
    DISCARDED = "discarded"


DISCARDABLE = (ImportState.UNMAPPED, ImportState.CHECKED)
