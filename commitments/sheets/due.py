"""What an agency's sheet asks for: a line for each target that has begun, and for each milestone still to come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..domain.words import Accumulation, Lifecycle
from ..formats import exact
from ..models import Commitment, Milestone, Plan, ProgressEntry, Target, User
from ..policy import recordable


class Line(NamedTuple):
    """`previous` is the newest counted entry, None before the first; `planned` and `value` are in the target's unit."""

    target: Target
    milestone: Milestone | None
    previous: ProgressEntry | None
    planned: Decimal | None
    value: Decimal

    @property
    def previous_value(self) -> Decimal | str | None:
        if self.previous is None or self.milestone is not None:
            return None
        if self.previous.denominator is None:
            return self.previous.value
        return f"{exact(self.previous.value)} / {exact(self.previous.denominator)}"


def lines(plan: Plan, *, user: User, on: date) -> list[Line]:
    """In the order of the plan. Three queries, however many there are."""
    own = recordable(user, Commitment.objects.filter(plan=plan, lifecycle=Lifecycle.ACTIVE))
    targets = list(
        Target.objects.filter(commitment__in=own.values("pk"), starts_on__lte=on)
        .select_related("commitment", "rollup")
        .order_by("commitment__position", "-headline", "code")
    )
    newest = [pk for target in targets for pk in _newest(target)[:1]]
    previous = {entry.target_id: entry for entry in ProgressEntry.objects.filter(pk__in=newest)}
    waiting = _still_to_come(targets)
    return [
        line for target in targets for line in _lines(target, previous.get(target.pk), waiting[target.pk])
    ]


def _lines(target: Target, previous: ProgressEntry | None, waiting: list[Milestone]) -> Iterator[Line]:
    rollup = getattr(target, "rollup", None)
    planned, value = (rollup.planned, rollup.target_value) if rollup else (None, target.value)
    staged = target.accumulation == Accumulation.STAGES
    for milestone in waiting if staged else [None]:
        yield Line(target, milestone, previous, planned, value)


def _newest(target: Target) -> list[int]:
    return target.rollup.newest_entries if hasattr(target, "rollup") else []


def _still_to_come(targets: Iterable[Target]) -> dict[int, list[Milestone]]:
    reported = ProgressEntry.objects.filter(milestone__isnull=False, counted_until__isnull=True)
    found: dict[int, list[Milestone]] = defaultdict(list)
    staged = [target.pk for target in targets if target.accumulation == Accumulation.STAGES]
    waiting = Milestone.objects.filter(target__in=staged).exclude(pk__in=reported.values("milestone"))
    for milestone in waiting.order_by("target", "position"):
        found[milestone.target_id].append(milestone)
    return found
