"""The stages of an uploaded sheet."""

from enum import StrEnum


class ImportState(StrEnum):
    """Stage of an upload: received, checked, confirmed, applied.

    `UNMAPPED` asks first which column is which. `REFUSED` and `DISCARDED` are ends.
    """

    RECEIVED = "received"
    UNMAPPED = "unmapped"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    APPLIED = "applied"
    REFUSED = "refused"
    DISCARDED = "discarded"


DISCARDABLE = (ImportState.UNMAPPED, ImportState.CHECKED)
