"""Whether something was reported for the month of a sheet already, and what became of it; and what still waits."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.enums import Decision
from ..domain.periods import month_after, month_start
from ..labels import Label
from ..models import Plan, ProgressEntry, Target
from .recorded_entries import figure

# A target, or one of its milestones.
Place = tuple[int, int | None]


class Reported(StrEnum):
    RETURNED = "returned"
    WAITING = "waiting"
    COUNTED = "counted"


NAMES: Mapping[Reported, Label] = {
    Reported.RETURNED: gettext_lazy("Returned"),
    Reported.WAITING: gettext_lazy("Waiting for review"),
    Reported.COUNTED: gettext_lazy("Counted"),
}


class Report(NamedTuple):
    """What became of an entry of day `effective_on` of the plan's calendar; `value` is in the target's unit, of a ratio
    the numerator.
    """

    state: Reported
    effective_on: date
    value: Decimal
    denominator: Decimal | None

    def said(self, target: Target) -> str:
        """In the reader's language; a value that waits is named, as it stands nowhere else in a sheet."""
        if self.state != Reported.WAITING:
            return str(NAMES[self.state])
        return _("Waiting for review: %(value)s, %(day)s") % {
            "value": figure(target, self.value, self.denominator),
            "day": self.effective_on.isoformat(),
        }


def reported_in(plan: Plan, day: date) -> dict[Place, Report]:
    """The newest word on each place in the day's month, or else what still waits from before; what was replaced says
    nothing. One query.
    """
    first = month_start(day)
    entries = ProgressEntry.objects.filter(
        Q(effective_on__gte=first) | Q(counted_from=None, counted_until=None),
        target__commitment__plan=plan,
        effective_on__lt=month_after(day),
    )
    values = entries.order_by("pk").values_list(
        "target", "milestone", "counted_from", "counted_until", "review__decision",
        "effective_on", "value", "denominator",
    )  # fmt: skip
    before: dict[Place, Report] = {}
    found: dict[Place, Report] = {}
    for target, milestone, counted_from, counted_until, decision, on, value, denominator in values.iterator():
        state = _state(counted_from, counted_until, decision)
        if state is not None:
            newest = found if on >= first else before
            newest[target, milestone] = Report(state, on, value, denominator)
    return before | found


def _state(
    counted_from: datetime | None, counted_until: datetime | None, decision: str | None
) -> Reported | None:
    """None of what was replaced or withdrawn."""
    if decision == Decision.RETURN:
        return Reported.RETURNED
    if counted_until is not None:
        return None
    return Reported.COUNTED if counted_from else Reported.WAITING
