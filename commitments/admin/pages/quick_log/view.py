"""The rows in groups, with what was typed into their places and the focus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

from ....labels import Label
from ....models import ProgressEntry, User
from ....reporting.state import STATE, ReportState
from .lines import Entering, Listed, QuickLogRow
from .slots import Row, Slot, code_of, slots_of
from .submit import RowOutcome
from .taking_back import can_give_up, can_take_back
from .typed import Typed

UNTOUCHED = RowOutcome()
LATE = "late"
# Opens the name of the place whose link has the focus, since the place itself is folded.
LINK = "link to "
HEADINGS: Mapping[str, Label] = {state.value: said for state, said in STATE.items()} | {
    LATE: pgettext_lazy("report", "Overdue")
}
HINTS: Mapping[str, Label] = {
    ReportState.RETURNED: gettext_lazy("filled in as it was sent; change it and submit"),
    ReportState.OPTIONAL: gettext_lazy("may be reported all the same"),
}


class SheetGroup(NamedTuple):
    """The rows that ask for the same, under a heading."""

    code: str
    heading: str
    hint: str
    lines: list[QuickLogRow]


@dataclass(frozen=True)
class View:
    """The sheet as a user sees it: `typed` and `outcomes` by place, `asked` is the code of a row."""

    user: User
    typed: Mapping[str, Typed]
    outcomes: Mapping[str, RowOutcome]
    asked: str

    def lines(self, found: Sequence[Row]) -> list[QuickLogRow]:
        """Return the rows; the first refused, the one asked for, or the first to fill has the focus."""
        focused = self._focused(found)
        return [self._line(row, focused) for row in found]

    def _focused(self, found: Sequence[Row]) -> str:
        """Return the place with the focus, or the link of a correction if nothing is to be filled; else empty."""
        slots = [slot for row in found for slot in slots_of(row)]
        for slot in slots:
            if not self.outcomes.get(slot.key, UNTOUCHED).saved and slot.key in self.outcomes:
                return slot.key
        # If the row asked for takes no report, none has the focus: the next figure typed is not another row's.
        wanted = [slot for slot in slots if code_of(slot.row) == self.asked]
        if not wanted and any(code_of(row) == self.asked for row in found):
            return ""
        among = wanted or slots
        fillable = next((slot.key for slot in among if not self._entering(slot).is_folded), None)
        return fillable or next((f"{LINK}{slot.key}" for slot in among if slot.corrected), "")

    def _line(self, row: Row, focused: str) -> QuickLogRow:
        listed = [self._listed(row, entry, focused) for entry in row.reports]
        return QuickLogRow(row, self._entering(Slot(row), focused), listed, self._given_up(row))

    def _given_up(self, row: Row) -> str:
        """Return the numbers of the returned entries that the user may withdraw."""
        open_ones = (entry for entry in row.returns if row.accepts and row.can_change(entry))
        return " ".join(str(entry.pk) for entry in open_ones if can_give_up(entry, self.user))

    def _listed(self, row: Row, entry: ProgressEntry, focused: str) -> Listed:
        can_change = row.accepts and row.can_change(entry)
        correction = self._entering(Slot(row, entry), focused) if can_change else None
        has_focus = correction is not None and focused == f"{LINK}{correction.key}"
        return Listed(entry, correction, can_change and can_take_back(entry, self.user), has_focus)

    def _entering(self, slot: Slot, focused: str = "") -> Entering:
        given, outcome = self.typed.get(slot.key), self.outcomes.get(slot.key, UNTOUCHED)
        typed = slot.prefill if given is None else given
        if outcome.errors is not None:
            # The page shows by now what it had not shown before.
            typed = replace(typed, seen=slot.seen)
        is_touched = given is not None and not given.is_blank
        return Entering(slot, typed, outcome, slot.key == focused, is_touched)


def grouped(lines: Sequence[QuickLogRow], today: date) -> list[SheetGroup]:
    """Return the rows in groups by what they ask, overdue ones before those that are due."""

    def code(line: QuickLogRow) -> str:
        state = line.row.state_with_words
        is_late = state == ReportState.OPEN and line.row.late_after < today
        return LATE if is_late else state.value

    def hint(state: str, found: Sequence[QuickLogRow]) -> str:
        # The hints speak of fields, and locked rows have none.
        return str(HINTS.get(state, "")) if any(line.row.accepts for line in found) else ""

    order = [ReportState.RETURNED.value, LATE, *(state.value for state in ReportState)]
    ordered = sorted(lines, key=lambda line: order.index(code(line)))
    states = [(state, list(found)) for state, found in groupby(ordered, key=code)]
    return [SheetGroup(state, str(HEADINGS[state]), hint(state, found), found) for state, found in states]
