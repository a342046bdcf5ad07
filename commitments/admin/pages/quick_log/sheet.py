"""The sheet asked for: a plan, an agency and a period, each with a sensible default."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from .... import permissions
from ....domain.periods import Period, month_start
from ....models import Agency, Plan, User
from ....reporting.periods import code, name, newest_over, periods_of

ALL, OPEN, RETURNED = "all", "open", "returned"
SHOWS = {
    ALL: pgettext_lazy("rows", "All"),
    OPEN: pgettext_lazy("rows", "Due"),
    RETURNED: pgettext_lazy("rows", "Returned"),
}


@dataclass(frozen=True)
class Sheet:
    """A sheet; `today` is the plan's calendar day, `day` the day that figures belong to."""

    plan: Plan
    agency: Agency
    period: Period
    today: date
    show: str
    plans: Sequence[Plan]
    agencies: Sequence[Agency]

    @property
    def day(self) -> date:
        return min(self.period.last, self.today)

    @property
    def months(self) -> list[tuple[str, str]]:
        """Return the periods to choose from, newest first, each with its form value and its name."""
        return [(code(period), name(period)) for period in periods_of(self.plan, self.today)]

    @property
    def month(self) -> str:
        return code(self.period)

    @property
    def month_name(self) -> str:
        return name(self.period)


def asked_for(query: QueryDict, user: User, now: datetime) -> Sheet | None:
    """Return the sheet asked for; None if the user has no target to report on at the instant `now`."""
    plans = [plan for plan in _plans(user) if plan.starts_on <= plan.day_at(now)]
    plan = next((plan for plan in plans if plan.code == query.get("plan")), None) or _current(plans, now)
    agencies = _agencies(user, plan) if plan else []
    if plan is None or not agencies:
        return None
    today = plan.day_at(now)
    agency = next((each for each in agencies if each.code == query.get("agency")), agencies[0])
    period = next(
        (each for each in periods_of(plan, today) if code(each) == query.get("period")),
        newest_over(plan, today),
    )
    show = query.get("show", ALL)
    return Sheet(plan, agency, period, today, show if show in SHOWS else ALL, plans, agencies)


def _plans(user: User) -> list[Plan]:
    found = Plan.objects.published()
    if not permissions.acts_for_all(user):
        own = Q(commitments__lead_agency=user.agency_id) | Q(commitments__support__agency=user.agency_id)
        found = found.filter(own).distinct()
    return list(found)


def _agencies(user: User, plan: Plan) -> list[Agency]:
    """Return the user's agency; for the supervision office, all that lead or support a commitment."""
    if not permissions.acts_for_all(user):
        return [user.agency] if user.agency else []
    has_part = Q(led_commitments__plan=plan) | Q(support__commitment__plan=plan)
    return list(Agency.objects.filter(has_part).distinct().order_by("code"))


def _current(plans: Sequence[Plan], now: datetime) -> Plan | None:
    """Return the newest plan with a month that is over."""
    # In January one reports on December.
    over = (plan for plan in plans if plan.starts_on < month_start(plan.day_at(now)))
    return next(over, plans[0] if plans else None)
