"""The link to report on a target next: the newest period that still takes a figure, else the entry there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ....domain.enums import Accumulation
from ....models import Commitment, ProgressEntry, Target, User
from ....reporting.addresses import build_entry_address, build_row_address
from ....reporting.periods import name, newest_over, period_of, period_of_entry
from ....reporting.state import takes_figure


@dataclass(frozen=True)
class ReportLink:
    """A link and its words."""

    address: str
    words: str


def report_links(
    commitment: Commitment, user: User, today: date, locked: date | None
) -> dict[int, ReportLink]:
    """Return the links by target; `today` is the plan's calendar day. One query."""
    plan = commitment.plan
    newest = newest_over(plan, max(today, plan.starts_on))
    days = [newest.last, *([today] if newest.last < today <= plan.ends_on else [])]
    live = ProgressEntry.objects.figures().live().filter(commitment=commitment)
    entries = list(
        live.filter(effective_on__gte=_earliest(commitment, days))
        .select_related("commitment__plan", "target")
        .order_by("-effective_on", "-pk")
    )
    return {
        target.pk: _report_link(
            target,
            days,
            [entry for entry in entries if entry.target_id == target.pk],
            user,
            locked,
        )
        for target in commitment.targets.all()
    }


def _earliest(commitment: Commitment, days: Sequence[date]) -> date:
    found = (period_of(target, day).first for target in commitment.targets.all() for day in days)
    return min(found, default=days[0])


def _report_link(
    target: Target, days: Sequence[date], live: Sequence[ProgressEntry], user: User, locked: date | None
) -> ReportLink:
    asked = [period_of(target, day) for day in days]
    newest = ReportLink(build_row_address(target, user, days[0]), _("Report progress"))
    # Several stages may be reported in a period, as they are done.
    if target.accumulation == Accumulation.STAGES or takes_figure(asked[0], live, locked):
        return newest
    for period, day in zip(asked[1:], days[1:], strict=True):
        if takes_figure(period, live, locked):
            words = _("Report progress for %(month)s") % {"month": name(period)}
            return ReportLink(build_row_address(target, user, day), words)
    return _correction(live[0], user) if live else newest


def _correction(entry: ProgressEntry, user: User) -> ReportLink:
    month = name(period_of_entry(entry))
    return ReportLink(
        build_entry_address(entry, user), _("Correct the report for %(month)s") % {"month": month}
    )
