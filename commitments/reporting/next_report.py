"""The report that is due next if nothing is owed now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from ..domain.enums import Accumulation, Lifecycle
from ..domain.owed import ReportDuty
from ..domain.periods import month_after
from ..models import Commitment, Plan, Target
from ..permissions import public
from ..rollups import cases
from ..rollups.assess import assess_case


@dataclass(frozen=True)
class NextReport:
    """A report to come: `since` ends its period or is a stage's day; `target` is None for words alone."""

    due_on: date
    since: date
    commitment: Commitment
    target: Target | None

    @property
    def is_figure(self) -> bool:
        return self.target is not None and self.target.accumulation != Accumulation.STAGES


def next_report(among: QuerySet[Commitment], at: datetime) -> NextReport | None:
    """Return the report of the commitments that is due first after the instant; None if there is none to come.

    The duties of coming months are judged by what is known now. It takes as many reads as months go by until then.
    """
    active = public(among).filter(lifecycle=Lifecycle.ACTIVE)
    found = {each.pk: each for each in active.select_related("plan")}
    plans = {each.plan for each in found.values()}
    coming = [each for plan in plans if (each := _of_plan(plan, found, plan.day_at(at)))]
    return min(coming, key=lambda each: (each.due_on, each.commitment.code), default=None)


def _of_plan(plan: Plan, found: dict[int, Commitment], today: date) -> NextReport | None:
    ids = sorted(each.pk for each in found.values() if each.plan_id == plan.pk)
    on = today
    while ids and on <= plan.ends_on:
        on = month_after(on)
        duties = list(_duties(ids, on))
        if duties:
            due_on, since, commitment, target = min(duties)
            return NextReport(due_on, since, found[commitment], Target.objects.filter(pk=target).first())
    return None


def _duties(ids: list[int], on: date) -> Iterator[tuple[date, date, int, int]]:
    """Yield the reports that will be lacking on a day, with the ids of commitment and target, 0 for none."""
    for found in (assess_case(case, on) for case in cases.read(ids, on)):
        own = [(each.assessment.duty, each.case.id) for each in found.targets]
        for duty, target in own or [(found.verdict.duty, 0)]:
            yield from _lacking(duty, found.case.id, target)


def _lacking(duty: ReportDuty, commitment: int, target: int) -> Iterator[tuple[date, date, int, int]]:
    if duty.due_on and duty.since:
        yield duty.due_on, duty.since, commitment, target
