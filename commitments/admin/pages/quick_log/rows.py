"""The rows of a sheet, in its order, and the choice among them by state."""

from collections.abc import Collection, Iterable, Mapping

from ....models import User
from ....reporting.due import ReportRow, report_rows
from ....reporting.state import ReportState
from .sheet import OPEN, RETURNED, Sheet

UNFILLED = (ReportState.RETURNED, ReportState.OPEN)
SHOWN: Mapping[str, Collection[ReportState]] = {OPEN: UNFILLED, RETURNED: (ReportState.RETURNED,)}


def rows(sheet: Sheet, user: User) -> list[ReportRow]:
    """Return all rows, unfilled ones first and figures before stages."""
    found = report_rows(sheet.plan, user=user, period=sheet.period, day=sheet.day, agency=sheet.agency)
    return sorted(found, key=_order)


def shown(found: Iterable[ReportRow], show: str, always: Collection[int] = ()) -> list[ReportRow]:
    """Return the rows in the states asked for, and those of the targets that are shown `always`."""
    return [row for row in found if _is_shown(row, show) or row.target.pk in always]


def _is_shown(row: ReportRow, show: str) -> bool:
    return row.state in SHOWN.get(show, ReportState) and (row.accepts or show != OPEN)


def _order(row: ReportRow) -> tuple[int, bool, int, str]:
    return list(ReportState).index(row.state), row.is_staged, row.target.commitment.position, row.target.code
