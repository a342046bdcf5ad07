"""Whether something was reported for the month of a sheet already, and what became of it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ..domain.periods import month_after, month_start
from ..domain.words import Decision
from ..labels import Label
from ..models import Plan, ProgressEntry

# A target, or one of its milestones.
Place = tuple[int, int | None]


class Reported(StrEnum):
    RETURNED = "returned"
    WAITING = "waiting"
    COUNTED = "counted"


NAMES: Mapping[Reported, Label] = {
    Reported.RETURNED: _("Returned"),
    Reported.WAITING: _("Waiting for review"),
    Reported.COUNTED: _("Counted"),
}


def reported_in(plan: Plan, day: date) -> dict[Place, Reported]:
    """The newest word on each place in the day's month; what was replaced says nothing. One query."""
    entries = ProgressEntry.objects.filter(
        target__commitment__plan=plan, effective_on__gte=month_start(day), effective_on__lt=month_after(day)
    )
    values = entries.order_by("pk").values_list(
        "target", "milestone", "counted_from", "counted_until", "review__decision"
    )
    found: dict[Place, Reported] = {}
    for target, milestone, counted_from, counted_until, decision in values.iterator():
        if decision == Decision.RETURN:
            found[target, milestone] = Reported.RETURNED
        elif counted_until is None:
            found[target, milestone] = Reported.COUNTED if counted_from else Reported.WAITING
    return found
