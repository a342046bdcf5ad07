"""What the ledger says of a row's day already: counted, or waiting for review."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from ..actions.proposals import ProposedEntry
from ..domain.enums import Accumulation
from ..formats import Amount, Day, exact
from ..models import ImportJob, ImportRow, ProgressEntry, Target
from ..spreadsheets.reader.problems import Remark


class Live(NamedTuple):
    """An entry of the ledger that nothing has replaced. A `milestone` is reported once, and no doubt of its day."""

    pk: int
    milestone: int | None
    effective_on: date
    value: Decimal
    denominator: Decimal | None
    waits: bool


class Recorded:
    """`live` are the entries by target, each target's oldest day first."""

    def __init__(self, live: Iterable[tuple[int, Live]] = ()) -> None:
        self._of_target: dict[int, list[Live]] = defaultdict(list)
        self._of_day: dict[tuple[int, date], list[Live]] = defaultdict(list)
        self._newest: dict[int, Live] = {}
        for target, entry in live:
            self._of_target[target].append(entry)
            if entry.milestone is not None:
                continue
            self._of_day[target, entry.effective_on].append(entry)
            if not entry.waits:
                self._newest[target] = entry

    def digest(self, targets: Iterable[int]) -> str:
        """The same as long as nothing is recorded, corrected, withdrawn or decided for any of the targets."""
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
        message = _("A later day is recorded already: %(value)s as of %(day)s.")
        shown = figure(proposed.target, newest.value, newest.denominator)
        return [Remark("day", message, {"value": shown, "day": Day(newest.effective_on)})]

    def _later(self, proposed: ProposedEntry) -> Live | None:
        """What counts instead of the row. Amounts are added up in any order."""
        newest = self._newest.get(proposed.target.pk)
        if newest is None or proposed.target.accumulation == Accumulation.INCREMENTS:
            return None
        return newest if newest.effective_on > proposed.effective_on else None


def read_recorded(targets: Iterable[int]) -> Recorded:
    """One query."""
    found = (
        ProgressEntry.objects.live().filter(target__in=list(targets)).order_by("target", "effective_on", "pk")
    )
    values = found.values_list(
        "target", "pk", "milestone", "effective_on", "value", "denominator", "counted_from"
    )
    return Recorded(
        (target, Live(pk, milestone, day, value, denominator, counted_from is None))
        for target, pk, milestone, day, value, denominator, counted_from in values.iterator(chunk_size=5_000)
    )


def named_in(job: ImportJob) -> list[int]:
    """The targets that a checked sheet speaks of."""
    rows = ImportRow.objects.filter(job=job, target__isnull=False).order_by()
    return list(rows.values_list("target", flat=True).distinct())


def _of_this_day(proposed: ProposedEntry, there: list[Live]) -> Remark:
    if any((entry.value, entry.denominator) == (proposed.value, proposed.denominator) for entry in there):
        return Remark("value", _("The same value has been recorded for this day already."))
    newest = there[-1]
    message = (
        _("For this day, %(value)s waits for review already.")
        if newest.waits
        else _("For this day, %(value)s is recorded already.")
    )
    return Remark("value", message, {"value": figure(proposed.target, newest.value, newest.denominator)})


def figure(target: Target, value: Decimal, denominator: Decimal | None) -> object:
    """What is put into words in the reader's language."""
    if denominator is not None:
        return f"{exact(value)} / {exact(denominator)}"
    return Amount(value, target.unit, target.unit_en)
