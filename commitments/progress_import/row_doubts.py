"""Doubts about rows that may be recorded, but should be looked at first."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from ..actions.proposals import ProposedEntry
from ..domain.doubts import Bound, doubts
from ..domain.enums import Accumulation
from ..formats import HUNDRED, exact
from ..reporting.doubts import describe_untranslated, is_explained
from ..spreadsheets.reader.problems import Remark
from ..spreadsheets.reader.rows import SheetRow
from .recorded_entries import RecordedEntries

PERCENT = "%"
HIDDEN = _("This row is hidden in the sheet, perhaps by a filter. Is it meant?")


class RowDoubts:
    """The doubts about the rows of one sheet in turn; `bounds` come from `reporting.doubts.bounds_of`, by target."""

    def __init__(self, bounds: Mapping[int, tuple[Bound, ...]], recorded: RecordedEntries) -> None:
        self._bounds, self._recorded = bounds, recorded
        self._seen: dict[tuple[object, ...], int] = {}

    def find(self, row: SheetRow, proposed: ProposedEntry) -> list[Remark]:
        """Find the doubts about a row; a note explains its value, but not a repeated or recorded one."""
        found = [*self._twice(row, proposed), *self._recorded.doubts(proposed), *_odd(row, proposed)]
        if is_explained(proposed):
            return found
        overstepped = doubts(
            self._bounds.get(proposed.target.pk, ()), proposed.value, proposed.denominator, evidenced=False
        )
        return [
            *(Remark("value", *describe_untranslated(bound, proposed.target)) for bound in overstepped),
            *found,
        ]

    def _twice(self, row: SheetRow, proposed: ProposedEntry) -> list[Remark]:
        first = self._seen.setdefault(
            (proposed.target.pk, proposed.milestone, proposed.effective_on), row.number
        )
        if first == row.number:
            return []
        return [Remark("code", _("Row %(row)d reports the same target and day."), {"row": first})]


def doubt_hidden(row: SheetRow) -> list[Remark]:
    """Doubt a row that is hidden in the sheet."""
    return [Remark("", HIDDEN)] if row.hidden else []


def _odd(row: SheetRow, proposed: ProposedEntry) -> list[Remark]:
    """Doubt a hidden row, and a share that may be a fraction of one."""
    found = doubt_hidden(row)
    is_share = proposed.target.unit == PERCENT and proposed.target.accumulation == Accumulation.LEVEL
    if is_share and not row.percent and 0 < abs(proposed.value) < 1:
        readings = {"one": exact(proposed.value), "other": exact(proposed.value * HUNDRED)}
        found.append(Remark("value", _("Is this %(one)s%% or, typed as a fraction, %(other)s%%?"), readings))
    return found
