"""The period that the sheet opens with: one that owes something."""

from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from ....domain.enums import Lifecycle
from ....domain.periods import Period
from ....models import Commitment, CommitmentRollup, ProgressEntry, TargetRollup, User
from ....permissions import recordable
from ....reporting.overdue import OWED, owed
from ....reporting.periods import period_of_entry, periods_of
from ....reporting.returns import open_returns
from .rows import UNFILLED, rows
from .sheet import Sheet
from .slots import Row


def open_sheet(sheet: Sheet, user: User) -> tuple[Sheet, list[Row]]:
    """Return the sheet with its rows: that of the newest month that is over, else of one that still owes something."""
    found = rows(sheet, user)
    if any(row.state_with_words in UNFILLED and row.accepts for row in found):
        return sheet, found
    lock = next((row.lock for row in found if row.lock), None)
    period = _owing(sheet, user, after=lock)
    if period is None or period == sheet.period:
        return sheet, found
    other = replace(sheet, period=period)
    return other, rows(other, user)


def _owing(sheet: Sheet, user: User, *, after: date | None) -> Period | None:
    """Return the newest period with a return, or else the newest that lacks a report; None for none.

    Periods that end by the day `after` are locked.
    """
    own = recordable(user, Commitment.objects.of_agency(sheet.agency))
    asked = own.filter(plan=sheet.plan, lifecycle=Lifecycle.ACTIVE)
    returned = [period_of_entry(entry).last for entry in open_returns(_returned(asked))]
    owing = owed(CommitmentRollup.objects.filter(commitment__in=asked))
    targets = TargetRollup.objects.filter(target__commitment__in=asked, report_state__in=OWED)
    since = (*owing.values_list("report_since", flat=True), *targets.values_list("report_since", flat=True))
    lacking = [day for day in since if day]
    months = [month for month in periods_of(sheet.plan, sheet.today) if after is None or month.last > after]
    for days in (returned, lacking):
        fitting = [month for month in months if any(month.first <= day <= month.last for day in days)]
        if fitting:
            return fitting[0]
    return None


def _returned(asked: QuerySet[Commitment]) -> QuerySet[ProgressEntry]:
    return ProgressEntry.objects.returned().filter(commitment__in=asked.values("pk"))
