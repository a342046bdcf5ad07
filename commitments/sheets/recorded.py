"""What the ledger says of a row's day already: counted, or waiting for review."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..domain.words import Accumulation
from ..formats import amount, exact, localised
from ..models import Plan, ProgressEntry, Target
from .drafts import Draft, Remark


class Live(NamedTuple):
    """An entry of the ledger that nothing has replaced; stages apart, which are reported once."""

    effective_on: date
    value: Decimal
    denominator: Decimal | None
    waits: bool


class Recorded:
    """`live` are the entries by target, each target's oldest day first."""

    def __init__(self, live: Iterable[tuple[int, Live]] = ()) -> None:
        self._of_day: Mapping[tuple[int, date], list[Live]] = defaultdict(list)
        self._newest: dict[int, Live] = {}
        for target, entry in live:
            self._of_day[target, entry.effective_on].append(entry)
            if not entry.waits:
                self._newest[target] = entry

    def doubts(self, draft: Draft) -> list[Remark]:
        if draft.milestone is not None:
            return []
        there = self._of_day.get((draft.target.pk, draft.effective_on))
        if there:
            return [("value", _of_this_day(draft, there))]
        newest = self._later(draft)
        if newest is None:
            return []
        message = _("A later day is recorded already: %(value)s as of %(day)s.")
        return [
            ("day", message % {"value": shown(newest, draft.target), "day": newest.effective_on.isoformat()})
        ]

    def _later(self, draft: Draft) -> Live | None:
        """What counts instead of the row. Amounts are added up in any order."""
        newest = self._newest.get(draft.target.pk)
        if newest is None or draft.target.accumulation == Accumulation.INCREMENTS:
            return None
        return newest if newest.effective_on > draft.effective_on else None


def read_recorded(plan: Plan) -> Recorded:
    """One query."""
    found = ProgressEntry.objects.filter(
        target__commitment__plan=plan, milestone=None, counted_until__isnull=True
    ).order_by("target", "effective_on", "pk")
    values = found.values_list("target", "effective_on", "value", "denominator", "counted_from")
    return Recorded(
        (target, Live(day, value, denominator, counted_from is None))
        for target, day, value, denominator, counted_from in values.iterator(chunk_size=5_000)
    )


def shown(entry: Live, target: Target) -> str:
    if entry.denominator is not None:
        return f"{exact(entry.value)} / {exact(entry.denominator)}"
    return amount(exact(entry.value), localised(target.unit, target.unit_en))


def _of_this_day(draft: Draft, there: list[Live]) -> str:
    if any((entry.value, entry.denominator) == (draft.value, draft.denominator) for entry in there):
        return _("The same value has been recorded for this day already.")
    newest = there[-1]
    message = (
        _("For this day, %(value)s waits for review already.")
        if newest.waits
        else _("For this day, %(value)s is recorded already.")
    )
    return message % {"value": shown(newest, draft.target)}
