"""The ledger's entries for the day of a row, counted or waiting for review."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from ..actions.proposals import ProposedEntry
from ..domain.enums import Accumulation
from ..formats import Amount, Day, parts
from ..models import ImportJob, ImportRow, ProgressEntry, Target
from ..spreadsheets.reader.problems import Remark


class LiveEntry(NamedTuple):
    """An entry of the ledger that counts or waits. A `milestone` is reported once, so its day raises no doubt."""

    pk: int
    milestone: int | None
    effective_on: date
    value: Decimal
    denominator: Decimal | None
    waits: bool


class RecordedEntries:
    """The live entries by target; build it with each target's oldest day first."""

    def __init__(self, live: Iterable[tuple[int, LiveEntry]] = ()) -> None:
        self._of_target: dict[int, list[LiveEntry]] = defaultdict(list)
        self._of_day: dict[tuple[int, date], list[LiveEntry]] = defaultdict(list)
        self._newest: dict[int, LiveEntry] = {}
        for target, entry in live:
            self._of_target[target].append(entry)
            if entry.milestone is not None:
                continue
            self._of_day[target, entry.effective_on].append(entry)
            if not entry.waits:
                self._newest[target] = entry

    def digest(self, targets: Iterable[int]) -> str:
        """Return a digest that changes with each entry recorded, corrected, withdrawn or reviewed for the targets."""
        facts = sorted((entry.pk, entry.waits) for pk in targets for entry in self._of_target.get(pk, ()))
        return hashlib.sha256(repr(facts).encode()).hexdigest()

    def doubts(self, proposed: ProposedEntry) -> list[Remark]:
        if proposed.milestone is not None:
            return []
        there = self._of_day.get((proposed.target.pk, proposed.effective_on))
        if there:
            return [_of_this_day(proposed, there)]
        newest = self._later(proposed)
        if newest is None:
            return []
        message = _("A later figure is already recorded: %(value)s as of %(day)s.")
        shown = to_param(proposed.target, newest.value, newest.denominator)
        return [Remark("day", message, {"value": shown, "day": Day(newest.effective_on)})]

    def sum_of(self, target: int, day: date) -> Decimal:
        """Return the sum of the values that count up to a day."""
        return sum((entry.value for entry in self._counted(target, day)), Decimal(0))

    def latest_of(self, target: int, day: date) -> Decimal:
        """Return the newest value that counts up to a day; 0 without any."""
        return next((entry.value for entry in reversed(self._counted(target, day))), Decimal(0))

    def _counted(self, target: int, day: date) -> list[LiveEntry]:
        return [
            entry
            for entry in self._of_target.get(target, ())
            if not entry.waits and entry.effective_on <= day
        ]

    def _later(self, proposed: ProposedEntry) -> LiveEntry | None:
        """Return the later entry that counts instead of the row. Amounts are added up in any order, so none does."""
        newest = self._newest.get(proposed.target.pk)
        if newest is None or proposed.target.accumulation == Accumulation.INCREMENTS:
            return None
        return newest if newest.effective_on > proposed.effective_on else None


def read_recorded(targets: Iterable[int]) -> RecordedEntries:
    """Read the live entries of the targets with one query."""
    found = (
        ProgressEntry.objects.figures()
        .live()
        .filter(target__in=list(targets))
        .order_by("target", "effective_on", "pk")
    )
    values: Any = found.values_list(
        "target", "pk", "milestone", "effective_on", "value", "denominator", "counted_from"
    )
    return RecordedEntries(
        (target, LiveEntry(pk, milestone, day, value, denominator, counted_from is None))
        for target, pk, milestone, day, value, denominator, counted_from in values.iterator(chunk_size=5_000)
    )


def targets_in(job: ImportJob) -> list[int]:
    """Return the targets in a checked sheet."""
    rows = ImportRow.objects.filter(job=job, target__isnull=False).order_by()
    return list(rows.values_list("target", flat=True).distinct())


def _of_this_day(proposed: ProposedEntry, there: list[LiveEntry]) -> Remark:
    if any((entry.value, entry.denominator) == (proposed.value, proposed.denominator) for entry in there):
        return Remark("value", _("The same value has been recorded for this day already."))
    newest = there[-1]
    message = (
        _("In review for this day: %(value)s.")
        if newest.waits
        else _("Already recorded for this day: %(value)s.")
    )
    return Remark("value", message, {"value": to_param(proposed.target, newest.value, newest.denominator)})


def to_param(target: Target, value: Decimal, denominator: Decimal | None) -> object:
    """Return the value as a param, to be rendered in the reader's language."""
    if denominator is not None:
        return parts(value, denominator)
    return Amount(value, target.unit, target.unit_en)
