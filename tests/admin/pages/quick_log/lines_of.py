"""The places of a sheet's rows."""

from commitments.admin.pages.quick_log.lines import Entering, QuickLogRow
from commitments.models import ProgressEntry


def correction(found: dict[str, QuickLogRow], entry: ProgressEntry) -> Entering:
    """Return the place to correct an entry."""
    (line,) = (each.correction for each in found[entry.code].listed if each.entry == entry)
    assert line
    return line
