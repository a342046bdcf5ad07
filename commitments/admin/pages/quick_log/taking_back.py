"""Withdrawals on the sheet: of own reports before their review, and of those that were returned."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .... import permissions
from ....actions import ledger
from ....domain.enums import EntryState
from ....models import ProgressEntry, User
from .slots import Row, Slot

NUMBER = re.compile(r"[0-9]{1,18}")


class TakenBack(NamedTuple):
    """The withdrawn entries: those whose texts go back to their rows, those given up, and those refused."""

    entries: list[tuple[Row, ProgressEntry]]
    given_up: list[ProgressEntry]
    refused: list[ProgressEntry]


def can_take_back(entry: ProgressEntry, user: User) -> bool:
    """Tell whether the user recorded the entry, and nobody has reviewed it yet."""
    return entry.waits and entry.recorded_by_id == user.pk


def can_give_up(entry: ProgressEntry, user: User) -> bool:
    """Tell whether an entry of a row of the user's was returned to the user's agency."""
    return entry.state == EntryState.RETURNED and permissions.is_of_own_agency(user, entry)


def take_back(found: Sequence[Row], asked: Collection[str], *, by: User, at: datetime) -> TakenBack:
    """Withdraw the asked entries of the rows, each on its own, for a fixed reason."""
    taken = TakenBack([], [], [])
    for row in found:
        for entry in row.everything:
            if str(entry.pk) not in asked:
                continue
            try:
                _withdraw(entry, by=by, at=at)
            except (ValidationError, PermissionDenied):
                taken.refused.append(entry)
            else:
                _sort_in(taken, row, entry)
    taken.refused.extend(_gone(found, asked, by))
    return taken


def _gone(found: Sequence[Row], asked: Collection[str], by: User) -> QuerySet[ProgressEntry]:
    """Select the asked entries that have no row any more, such as words that were withdrawn in another window."""
    shown = {str(entry.pk) for row in found for entry in row.everything}
    numbers = [int(each) for each in asked if NUMBER.fullmatch(each) and each not in shown]
    entries = ProgressEntry.objects.select_related("commitment", "target")
    return permissions.own(entries.filter(pk__in=numbers), by, commitment="commitment")


def _withdraw(entry: ProgressEntry, *, by: User, at: datetime) -> None:
    if can_take_back(entry, by):
        reason = _("Withdrawn by the reporter before review.")
    elif can_give_up(entry, by):
        reason = _("Withdrawn by the reporting agency after the return.")
    else:
        raise PermissionDenied
    ledger.withdraw(entry=entry, reason=reason, by=by, at=at)


def _sort_in(taken: TakenBack, row: Row, entry: ProgressEntry) -> None:
    # The place of a returned report was filled with its texts all along: giving it up empties the place.
    if entry.was_returned:
        taken.given_up.append(entry)
    else:
        taken.entries.append((row, entry))


def place_of(row: Row, entry: ProgressEntry) -> Slot:
    """Return the place that a withdrawn entry was typed in: a correction's is that of the entry it corrects."""
    before = next((each for each in row.reports if entry.corrects_id == each.pk), None)
    # A correction that had been returned was sent again from the row's own place.
    return Slot(row) if Slot(row).replaces == before else Slot(row, before)
