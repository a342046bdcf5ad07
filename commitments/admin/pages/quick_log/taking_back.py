"""Taking back own reports before their review: a withdrawal, whose texts are on the sheet again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from ....actions import ledger
from ....models import ProgressEntry, User
from .slots import Row, Slot


class TakenBack(NamedTuple):
    """The entries that were withdrawn, each with its place, and the reasons why others were not."""

    entries: list[tuple[Slot, ProgressEntry]]
    refused: list[str]


def can_take_back(entry: ProgressEntry, user: User) -> bool:
    """Tell whether the user recorded the entry, and nobody has reviewed it yet."""
    return entry.waits and entry.recorded_by_id == user.pk


def take_back(found: Sequence[Row], asked: Collection[str], *, by: User, at: datetime) -> TakenBack:
    """Withdraw the asked entries of the rows, each on its own, for a fixed reason."""
    taken = TakenBack([], [])
    for row in found:
        for entry in row.everything:
            if str(entry.pk) not in asked:
                continue
            try:
                _withdraw(entry, by=by, at=at)
            except (ValidationError, PermissionDenied):
                taken.refused.append(str(entry))
            else:
                taken.entries.append((_place_of(row, entry), entry))
    return taken


def _withdraw(entry: ProgressEntry, *, by: User, at: datetime) -> None:
    if not can_take_back(entry, by):
        raise PermissionDenied
    ledger.withdraw(entry=entry, reason=_("Taken back by the reporter before review."), by=by, at=at)


def _place_of(row: Row, entry: ProgressEntry) -> Slot:
    """Return the place that the entry was typed in: a correction's is that of the entry it corrects."""
    before = next((each for each in row.reports if entry.corrects_id == each.pk), None)
    return Slot(row, before)
