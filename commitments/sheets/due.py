"""What an agency's sheet asks for: a line for each target that has begun, and for each milestone still to come."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..domain.ledger import Reading
from ..domain.periods import Period, ReportingCalendar
from ..domain.targets import ZERO
from ..domain.trajectory import planned
from ..domain.words import Accumulation, Lifecycle
from ..formats import exact, shortened
from ..models import Commitment, Milestone, Plan, ProgressEntry, Target, User
from ..policy import recordable
from ..rollups import cases
from ..rollups.cases import TargetCase
from ..rollups.previous import newest_before
from .reported import Report, reported_in


class Line(NamedTuple):
    """`previous` is the newest counted reading before the period, None before the first one; `reached`, `planned`
    and `value` are in the target's unit; `planned` is rounded as on pages.
    """

    target: Target
    milestone: Milestone | None
    previous: Reading | None
    reached: Decimal
    planned: Decimal
    value: Decimal
    reported: Report | None

    @property
    def previous_value(self) -> Decimal | str | None:
        """Of stages, what is reached."""
        if self.milestone is not None:
            return self.reached
        if self.previous is None:
            return None
        if self.previous.denominator is None:
            return self.previous.value
        return f"{exact(self.previous.value)} / {exact(self.previous.denominator)}"


def sheet_period(plan: Plan, today: date) -> Period:
    """The newest month of the plan that is over, or the first one."""
    calendar = ReportingCalendar(plan.reporting_due_day, plan.reporting_grace_days)
    over = calendar.last_complete(today)
    return over if over.last >= plan.starts_on else calendar.period_of(plan.starts_on)


def sheet_day(plan: Plan, today: date) -> date:
    """The day that the figures of a sheet are taken to be of."""
    return min(sheet_period(plan, today).last, today)


def lines(plan: Plan, *, user: User, on: date) -> list[Line]:
    """In the order of the plan, as things stand on day `on` of its calendar. Eight queries at most."""
    own = recordable(user, Commitment.objects.filter(plan=plan, lifecycle=Lifecycle.ACTIVE))
    targets = list(
        Target.objects.filter(commitment__in=own.values("pk"), starts_on__lte=on)
        .select_related("commitment__lead_agency")
        .order_by("commitment__position", "-headline", "code")
    )
    found = cases.read(sorted({target.commitment_id for target in targets}), on)
    known = {
        target.id: (target, case.context.calendar_of(target.spec.kind).period_of(on).first)
        for case in found
        for target in case.targets
    }
    previous = newest_before(known.values())
    states, waiting = reported_in(plan, on), _still_to_come(targets)
    return [
        _line(
            target,
            milestone,
            known[target.pk][0],
            previous[target.pk],
            on,
            states.get((target.pk, milestone.pk if milestone else None)),
        )
        for target in targets
        for milestone in _asked(target, waiting[target.pk])
    ]


def _asked(target: Target, waiting: list[Milestone]) -> Iterable[Milestone | None]:
    return waiting if target.accumulation == Accumulation.STAGES else [None]


def _line(
    target: Target,
    milestone: Milestone | None,
    known: TargetCase,
    previous: Reading | None,
    on: date,
    reported: Report | None,
) -> Line:
    standing = known.standing
    return Line(
        target=target,
        milestone=milestone,
        previous=previous,
        reached=standing.actual or ZERO,
        planned=shortened(planned(known.spec, on)),
        value=known.spec.value,
        reported=reported,
    )


def _still_to_come(targets: Iterable[Target]) -> dict[int, list[Milestone]]:
    reported = ProgressEntry.objects.filter(milestone__isnull=False, counted_until__isnull=True)
    found: dict[int, list[Milestone]] = defaultdict(list)
    staged = [target.pk for target in targets if target.accumulation == Accumulation.STAGES]
    waiting = Milestone.objects.filter(target__in=staged).exclude(pk__in=reported.values("milestone"))
    for milestone in waiting.order_by("target", "position"):
        found[milestone.target_id].append(milestone)
    return found
