"""The rows of a sheet: each target with what was reported before, what is expected and what is there already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from ....actions import period_locks
from ....domain.doubts import Bound, bounds
from ....domain.enums import Accumulation, Lifecycle
from ....domain.pending import later_than, with_waiting
from ....domain.periods import Period
from ....domain.readings import ADDED_TO, Reading, Standing
from ....domain.targets import ZERO, TargetSpec
from ....domain.trajectory import planned
from ....models import Agency, Commitment, Milestone, Plan, ProgressEntry, Target
from ....reporting.doubts import waiting_figure
from ....rollups import cases
from ....rollups.cases import CommitmentCase, TargetCase
from ....rollups.previous import newest_before
from .sheet import OPEN, Sheet
from .state import SHOWN, State, state_of

# What nobody can report any more is owed no more.
OWED = (State.OPEN, State.OPTIONAL)


@dataclass(frozen=True)
class Row:
    """`entries` are those of the period, oldest first; `waiting` is a later reading than `previous` that is in review.
    `later` waits or counts for a later period.

    `expected` is the planned value at the sheet's day, `so_far` what is reached, of stages before the period; both in
    the target's unit. `locked` is the last locked day where it takes in the whole period.
    """

    target: Target
    period: Period
    state: State
    leads: bool
    spec: TargetSpec
    bounds: tuple[Bound, ...]
    previous: Reading | None
    waiting: Reading | None
    so_far: Decimal | None
    expected: Decimal
    entries: tuple[ProgressEntry, ...]
    milestones: tuple[Milestone, ...]
    later: ProgressEntry | None
    locked: date | None

    @property
    def is_staged(self) -> bool:
        return self.spec.accumulation == Accumulation.STAGES

    @property
    def accepts(self) -> bool:
        """A figure is reported once a period; stages as long as there are any left."""
        if self.locked:
            return False
        return bool(self.milestones) if self.is_staged else self.state not in (State.WAITING, State.COUNTED)

    @property
    def unchanged(self) -> Decimal | None:
        """What “no change” comes to; None where it says nothing."""
        if self.spec.accumulation == Accumulation.INCREMENTS:
            return ZERO
        before = self.waiting or self.previous
        return before.value if before and self.spec.accumulation in ADDED_TO else None

    @property
    def newest(self) -> ProgressEntry | None:
        return self.entries[-1] if self.entries else None

    @property
    def newest_live(self) -> ProgressEntry | None:
        """What waits or counts."""
        return next((entry for entry in reversed(self.entries) if entry.counted_until is None), None)


class Known(NamedTuple):
    """What the ledger says of the targets, by their ids, and the last day that is locked."""

    previous: Mapping[int, Reading | None]
    entries: Mapping[int, Sequence[ProgressEntry]]
    milestones: Mapping[int, Sequence[Milestone]]
    later: Mapping[int, ProgressEntry]
    locked: date | None


def rows(sheet: Sheet) -> list[Row]:
    """All rows, unfilled ones first and figures before stages: a constant number of queries."""
    targets = {target.pk: target for target in of_agency(sheet.plan, sheet.agency)}
    found = cases.read(sorted({target.commitment_id for target in targets.values()}), sheet.day)
    asked = [(case, each) for case in found for each in case.targets if each.id in targets]
    lock = period_locks.in_force(sheet.plan)
    known = Known(
        previous=newest_before((each, _period(case, each, sheet).first) for case, each in asked),
        entries=_entries(targets, asked, sheet),
        milestones=_open_milestones(targets),
        later=_later(targets, sheet),
        locked=lock.through if lock else None,
    )
    made = (_row(targets[each.id], case, each, sheet, known) for case, each in asked)
    return sorted((row for row in made if row), key=_order)


def shown(found: Iterable[Row], show: str, always: Collection[int] = ()) -> list[Row]:
    """Those in the states asked for, and those of the targets that are shown `always`."""
    return [row for row in found if _is_shown(row, show) or row.target.pk in always]


def _is_shown(row: Row, show: str) -> bool:
    return row.state in SHOWN.get(show, State) and (row.accepts or show != OPEN)


def of_agency(plan: Plan, agency: Agency) -> list[Target]:
    """The targets of active commitments that the agency leads or supports."""
    own = Commitment.objects.of_agency(agency).filter(plan=plan, lifecycle=Lifecycle.ACTIVE)
    return list(Target.objects.filter(commitment__in=own).select_related("commitment__plan"))


def _order(row: Row) -> tuple[int, bool, int, str]:
    return list(State).index(row.state), row.is_staged, row.target.commitment.position, row.target.code


def _entries(
    targets: Mapping[int, Target], asked: Sequence[tuple[CommitmentCase, TargetCase]], sheet: Sheet
) -> defaultdict[int, list[ProgressEntry]]:
    """What lies in the period, and what waits for review from before."""
    first = min((_period(case, each, sheet).first for case, each in asked), default=sheet.period.first)
    in_period = Q(effective_on__range=(first, sheet.period.last))
    waits = Q(counted_from=None, counted_until=None, effective_on__lt=sheet.period.first)
    found: defaultdict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in (
        ProgressEntry.objects.filter(in_period | waits, target__in=targets)
        .select_related("recorded_by", "review", "milestone", "corrects")
        .order_by("id")
    ):
        found[entry.target_id].append(entry)
    return found


def _later(targets: Iterable[int], sheet: Sheet) -> dict[int, ProgressEntry]:
    """By target, the newest figure that waits or counts and is of a later day than the sheet's period."""
    live = ProgressEntry.objects.filter(target__in=targets, counted_until=None, milestone=None)
    newest = live.filter(effective_on__gt=sheet.period.last).order_by("target_id", "-effective_on", "-id")
    return {entry.target_id: entry for entry in newest.distinct("target_id")}


def _open_milestones(targets: Iterable[int]) -> defaultdict[int, list[Milestone]]:
    """What has neither been reported done nor counts as done."""
    live = ProgressEntry.objects.filter(milestone=OuterRef("pk"), counted_until=None)
    found: defaultdict[int, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(~Exists(live), target__in=targets).order_by(
        "due_on", "position"
    ):
        found[milestone.target_id].append(milestone)
    return found


def _period(case: CommitmentCase, target: TargetCase, sheet: Sheet) -> Period:
    return case.context.calendar_of(target.spec.kind).period_of(sheet.period.last)


def _row(target: Target, case: CommitmentCase, found: TargetCase, sheet: Sheet, known: Known) -> Row | None:
    period = _period(case, found, sheet)
    entries, milestones = known.entries[target.pk], known.milestones[target.pk]
    previous, later = known.previous[target.pk], known.later.get(target.pk)
    of_period = tuple(entry for entry in entries if entry.effective_on >= period.first)
    waiting = [
        waiting_figure(entry)
        for entry in entries
        if entry.effective_on < period.first and entry.counted_from is None and entry.counted_until is None
    ]
    state = state_of(found, period, of_period, milestones, is_overtaken=later is not None)
    is_locked = known.locked is not None and known.locked >= period.last
    if state is None or period.last != sheet.period.last or target.starts_on > sheet.day:
        return None
    return Row(
        target=target,
        period=period,
        state=State.LOCKED if is_locked and state in OWED else state,
        leads=target.commitment.lead_agency_id == sheet.agency.pk,
        spec=found.spec,
        bounds=bounds(found.spec, with_waiting(found.spec, found.standing, waiting)),
        previous=previous,
        waiting=later_than(previous, waiting),
        so_far=_so_far(found.spec, found.standing, of_period),
        expected=planned(found.spec, sheet.day),
        entries=of_period,
        milestones=tuple(milestones),
        later=later,
        locked=known.locked if is_locked else None,
    )


def _so_far(spec: TargetSpec, standing: Standing, of_period: Sequence[ProgressEntry]) -> Decimal | None:
    """Stages of the period itself are not what it began with."""
    if spec.accumulation != Accumulation.STAGES or standing.actual is None:
        return standing.actual
    counted = (entry.milestone for entry in of_period if entry.counted_from and entry.counted_until is None)
    return standing.actual - sum((stage.weight for stage in counted if stage), ZERO)
