"""The rows of a sheet, in its order, and the choice among them by state."""

from collections.abc import Collection, Iterable, Mapping

from ....actions import period_locks
from ....models import User
from ....reporting.directions import direction_rows
from ....reporting.due import ReportRow, report_rows
from ....reporting.state import ReportState
from . import drafts
from .sheet import OPEN, RETURNED, Sheet
from .slots import Row, code_of, key_of

UNFILLED = (ReportState.RETURNED, ReportState.OPEN)
SHOWN: Mapping[str, Collection[ReportState]] = {OPEN: UNFILLED, RETURNED: (ReportState.RETURNED,)}


def rows(sheet: Sheet, user: User) -> list[Row]:
    """Return all rows, unfilled ones first, and figures before stages and words."""
    lock = period_locks.in_force(sheet.plan)
    through = lock.through if lock else None
    plan, period, agency = sheet.plan, sheet.period, sheet.agency
    found: list[Row] = [*report_rows(plan, user=user, period=period, day=sheet.day, agency=agency)]
    typed = drafts.of_wholes(user, period.last)
    found += direction_rows(plan, user=user, period=period, agency=agency, lock=through, typed=typed)
    return sorted(found, key=_order)


def shown(found: Iterable[Row], show: str, always: Collection[str] = ()) -> list[Row]:
    """Return the rows in the states asked for, and those with a place that is shown `always`."""
    return [row for row in found if _is_shown(row, show) or key_of(row) in always]


def _is_shown(row: Row, show: str) -> bool:
    return row.state_with_words in SHOWN.get(show, ReportState) and (row.accepts or show != OPEN)


def _order(row: Row) -> tuple[int, int, int, str]:
    kind = int(row.is_staged) if isinstance(row, ReportRow) else 2
    state = list(ReportState).index(row.state_with_words)
    return state, kind, row.commitment.position, code_of(row)
