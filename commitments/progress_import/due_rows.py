"""What an agency's sheet asks for: a line for each target that has begun, and for each milestone still to come."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..domain.enums import Accumulation, Lifecycle
from ..domain.periods import Period
from ..domain.readings import Reading
from ..domain.trajectory import planned
from ..formats import exact, shortened
from ..models import Agency, Commitment, Milestone, Plan, ProgressEntry, Target, User
from ..permissions import recordable
from ..rollups import cases
from ..rollups.cases import TargetCase
from ..rollups.previous import newest_before
from .reported_months import Report, reported_in


class Line(NamedTuple):
    """`previous` is the newest counted reading before the period, None before the first one; `planned` and `value` are
    in the target's unit, `planned` rounded as on pages. `is_owed` tells what the period asks for from what may be
    reported as well.
    """

    target: Target
    milestone: Milestone | None
    previous: Reading | None
    planned: Decimal
    value: Decimal
    is_owed: bool
    reported: Report | None

    @property
    def previous_value(self) -> Decimal | str | None:
        if self.previous is None:
            return None
        if self.previous.denominator is None:
            return self.previous.value
        return f"{exact(self.previous.value)} / {exact(self.previous.denominator)}"


def lines(plan: Plan, *, user: User, on: date, agency: Agency | None = None) -> list[Line]:
    """In the order of the plan, as things stand on day `on` of its calendar; where an `agency` is named, only what it
    leads or supports. Eight queries at most.
    """
    commitments = Commitment.objects.of_agency(agency) if agency else Commitment.objects.all()
    own = recordable(user, commitments.filter(plan=plan, lifecycle=Lifecycle.ACTIVE))
    targets = list(
        Target.objects.filter(commitment__in=own.values("pk"), starts_on__lte=on)
        .select_related("commitment__lead_agency")
        .order_by("commitment__position", "-headline", "code")
    )
    found = cases.read(sorted({target.commitment_id for target in targets}), on)
    known = {
        target.id: (target, case.context.calendar_of(target.spec.kind).period_of(on))
        for case in found
        for target in case.targets
    }
    previous = newest_before((target, period.first) for target, period in known.values())
    states, waiting = reported_in(plan, on), _still_to_come(targets)
    return [
        _line(
            target,
            milestone,
            *known[target.pk],
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
    period: Period,
    previous: Reading | None,
    on: date,
    reported: Report | None,
) -> Line:
    return Line(
        target=target,
        milestone=milestone,
        previous=previous,
        planned=shortened(planned(known.spec, on)),
        value=known.spec.value,
        is_owed=_is_owed(known, milestone, period),
        reported=reported,
    )


def _is_owed(known: TargetCase, milestone: Milestone | None, period: Period) -> bool:
    """A stage once it is due; a figure until its target is met or its time is over."""
    if milestone is not None:
        return milestone.due_on <= period.last
    return known.standing.first_met_on is None and known.spec.due_on >= period.first


def _still_to_come(targets: Iterable[Target]) -> dict[int, list[Milestone]]:
    reported = ProgressEntry.objects.filter(milestone__isnull=False, counted_until__isnull=True)
    found: dict[int, list[Milestone]] = defaultdict(list)
    staged = [target.pk for target in targets if target.accumulation == Accumulation.STAGES]
    waiting = Milestone.objects.filter(target__in=staged).exclude(pk__in=reported.values("milestone"))
    for milestone in waiting.order_by("target", "position"):
        found[milestone.target_id].append(milestone)
    return found
