"""The rows of a report: each target with its state for a period, its previous value and the expected one."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ..actions import period_locks
from ..domain.assessment import ENDED, Assessment
from ..domain.doubts import Bound, bounds
from ..domain.enums import Accumulation, Goal, Lifecycle, Status
from ..domain.owed import unsettled
from ..domain.pending import Waiting, later_than, with_waiting
from ..domain.periods import Period, ReportingCalendar
from ..domain.readings import ADDED_TO, BY_PERIOD, Reading, Standing
from ..domain.targets import ZERO, TargetSpec
from ..models import Agency, Commitment, Milestone, Plan, ProgressEntry, Target, User
from ..permissions import recordable
from ..rollups import cases
from ..rollups.assess import assess_case
from ..rollups.cases import TargetCase
from ..rollups.previous import newest_before
from .doubts import waiting_figure
from .period_rows import PeriodRow, is_only_words
from .state import (
    ReportState,
    is_returned,
    of_stage,
    returns_of_stages,
    state_of_figure,
    state_of_stages,
    takes_figure,
)
from .words_owed import WordsOwed, read_words_owed

# A report in one of these states is owed, unless its period is locked.
OWED = (ReportState.OPEN, ReportState.OPTIONAL)
MET = (Status.ACHIEVED, Status.ACHIEVED_LATE)


@dataclass(frozen=True, kw_only=True)
class ReportRow(PeriodRow):
    """A target in its state for a period; values are in the target's unit.

    `standing` takes all that waits as counted. `waiting` is a reading in review that is later than `previous`.
    `later` waits or counts for a later period and settles this one. `lacking` are the earlier periods that a
    figure may include. `expected` is the planned value at the day reported for. `so_far` is the value reached; for
    stages, the value before the period. `milestones` are open; those in `stages_owed`, by their ids, are due.
    """

    target: Target
    spec: TargetSpec
    standing: Standing
    previous: Reading | None
    waiting: Reading | None
    so_far: Decimal | None
    expected: Decimal
    milestones: tuple[Milestone, ...]
    stages_owed: frozenset[int]
    later: ProgressEntry | None
    lacking: tuple[Period, ...]

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Return the bounds that the next value is compared with."""
        return bounds(self.spec, self.standing)

    def bounds_without(self, entry: ProgressEntry) -> tuple[Bound, ...]:
        """Return the bounds for a value that takes the place of an entry of the period."""
        return bounds(self.spec, _without(self.spec, self.standing, entry))

    @property
    def is_staged(self) -> bool:
        return self.spec.accumulation == Accumulation.STAGES

    @property
    def takes_value(self) -> bool:
        """Tell whether a value is still to be reported: the first figure of the period, or a stage that is left."""
        if self.is_staged:
            return bool(self.milestones) and not self.locked
        return takes_figure(self.period, self.entries, self.locked)

    @property
    def returns(self) -> list[ProgressEntry]:
        """Return the entries that were sent back and are to be reported again; for stages, those of the first."""
        return next(filter(None, returns_of_stages(self.entries, self.milestones)), None) or super().returns

    @property
    def unchanged(self) -> Decimal | None:
        """Return the value that “no change” stands for; None where it has no meaning."""
        if self.spec.accumulation == Accumulation.INCREMENTS:
            return ZERO
        before = self.waiting or self.previous
        return before.value if before and self.spec.accumulation in ADDED_TO else None

    def state_of(self, milestone: Milestone) -> ReportState:
        """Return the state of one open stage."""
        if self.locked:
            return ReportState.LOCKED
        if is_returned(of_stage(milestone, self.entries)):
            return ReportState.RETURNED
        return ReportState.OPEN if milestone.pk in self.stages_owed else ReportState.OPTIONAL


class _Case(NamedTuple):
    """A target with its facts, their judgement on the day, and the period that it is reported for."""

    target: Target
    found: TargetCase
    assessment: Assessment
    calendar: ReportingCalendar
    period: Period


class _Known(NamedTuple):
    """The ledger by the targets' ids, and the last day that is locked.

    `milestones` are open; of those in `explained`, by their ids, words since their day say why.
    """

    previous: Mapping[int, Reading | None]
    entries: Mapping[int | None, Sequence[ProgressEntry]]
    milestones: Mapping[int, Sequence[Milestone]]
    explained: frozenset[int]
    later: Mapping[int | None, ProgressEntry]
    words: WordsOwed
    notes: Mapping[int | None, str]
    locked: date | None


def report_rows(
    plan: Plan, *, user: User, period: Period, day: date, agency: Agency | None = None
) -> list[ReportRow]:
    """Return a row for each target that the user may report on for a month of the plan, in the plan's order.

    `day` is the day that figures are taken to refer to. With an agency, only its led and supported commitments
    are included. The number of queries is the same for any number of targets.
    """
    commitments = Commitment.objects.of_agency(agency) if agency else Commitment.objects.all()
    own = recordable(user, commitments.filter(plan=plan, lifecycle=Lifecycle.ACTIVE))
    targets = Target.objects.filter(commitment__in=own.values("pk"))
    ordered = targets.filter(starts_on__lte=day).order_by("commitment__position", "-headline", "code")
    asked = {
        target.pk: target
        for target in ordered.select_related("rollup", "commitment__plan", "commitment__lead_agency")
    }
    of_period = _cases(asked, period, day)
    known = _read(plan, of_period, period)
    return [_row(of_period[target], known, agency) for target in asked if target in of_period]


def _cases(targets: Mapping[int, Target], period: Period, day: date) -> dict[int, _Case]:
    """Return, by id, the targets with a period of their own that ends with the month."""
    found = {}
    for case in cases.read(sorted({target.commitment_id for target in targets.values()}), day):
        for each, assessment, _version in assess_case(case, day).targets:
            calendar = case.context.calendar_of(each.spec.kind)
            own = calendar.period_of(period.last)
            # January's statistics come with February's: their own period may be longer than the month.
            if each.id in targets and own.last == period.last:
                found[each.id] = _Case(targets[each.id], each, assessment, calendar, own)
    return found


def _read(plan: Plan, asked: Mapping[int, _Case], period: Period) -> _Known:
    lock = period_locks.in_force(plan)
    milestones, explained = _open_milestones(asked)
    return _Known(
        previous=newest_before((each.found, each.period.first) for each in asked.values()),
        entries=_entries(asked, period),
        milestones=milestones,
        explained=explained,
        later=_later(asked, period),
        words=read_words_owed(plan, period, {each.target.commitment_id for each in asked.values()}),
        notes=last_notes(ProgressEntry.objects.filter(target__in=list(asked)), "target_id", period),
        locked=lock.through if lock else None,
    )


def _entries(asked: Mapping[int, _Case], period: Period) -> defaultdict[int | None, list[ProgressEntry]]:
    """Read the entries of the period, and those that wait for review from before."""
    first = min((each.period.first for each in asked.values()), default=period.first)
    in_period = Q(effective_on__range=(first, period.last))
    waits = Q(counted_from=None, counted_until=None, effective_on__lt=period.first)
    found: defaultdict[int | None, list[ProgressEntry]] = defaultdict(list)
    for entry in load_entries(ProgressEntry.objects.filter(in_period | waits, target__in=list(asked))):
        found[entry.target_id].append(entry)
    return found


def load_entries(entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
    """Load entries as a row needs them, oldest first, in two queries."""
    beside = ("commitment", "target", "recorded_by", "review", "withdrawal", "milestone", "corrects")
    return entries.select_related(*beside).prefetch_related("evidence").order_by("id")


def last_notes(entries: QuerySet[ProgressEntry], of: str, period: Period) -> dict[int | None, str]:
    """Read by the column `of` the newest note on progress from before the period, in one query."""
    told = entries.filter(counted_until=None, effective_on__lt=period.first).exclude(progress="")
    newest = told.order_by(of, "-effective_on", "-id").distinct(of)
    return dict(newest.values_list(of, "progress"))


def _later(asked: Mapping[int, _Case], period: Period) -> dict[int | None, ProgressEntry]:
    """Read by target the newest figure that waits or counts for a later period and settles this one."""
    live = ProgressEntry.objects.figures().live().filter(target__in=list(asked), milestone=None)
    settles = ~Q(target__accumulation__in=BY_PERIOD) | Q(includes_earlier=True)
    # A goal to maintain, or one decided at the end, is not judged by what comes after its due date.
    due_on = Coalesce("target__rollup__due_on", "target__due_on")
    judged = Q(target__goal=Goal.REACH) | Q(effective_on__lte=due_on)
    newest = live.filter(settles, judged, effective_on__gt=period.last).order_by(
        "target_id", "-effective_on", "-id"
    )
    return {entry.target_id: entry for entry in newest.distinct("target_id")}


def _open_milestones(
    targets: Iterable[int],
) -> tuple[defaultdict[int, list[Milestone]], frozenset[int]]:
    """Read the milestones that neither wait for review nor count as done, and the ids of those explained in words."""
    live = ProgressEntry.objects.live()
    about = Q(target=None) | Q(target=OuterRef("target"))
    words = live.narratives().filter(about, commitment=OuterRef("target__commitment"))
    found: defaultdict[int, list[Milestone]] = defaultdict(list)
    explained = set()
    milestones = Milestone.objects.filter(
        ~Exists(live.filter(milestone=OuterRef("pk"))), target__in=list(targets)
    )
    told = Exists(words.filter(effective_on__gte=OuterRef("due_on")))
    for milestone in milestones.annotate(is_explained=told).order_by("due_on", "position"):
        found[milestone.target_id].append(milestone)
        if milestone.is_explained:
            explained.add(milestone.pk)
    return found, frozenset(explained)


def _row(case: _Case, known: _Known, agency: Agency | None) -> ReportRow:
    target, found, period = case.target, case.found, case.period
    entries, milestones = known.entries[target.pk], known.milestones[target.pk]
    of_period = tuple(entry for entry in entries if entry.effective_on >= period.first)
    reports = tuple(entry for entry in of_period if not is_only_words(entry))
    words = tuple(entry for entry in of_period if is_only_words(entry))
    owed = _stages_owed(case, milestones, known)
    state = _state(case, reports, milestones, known, is_owed=bool(owed))
    waiting = _waiting(entries, before=period.first)
    standing = with_waiting(found.spec, found.standing, _waiting(entries, before=date.max))
    previous, later = known.previous[target.pk], known.later.get(target.pk)
    is_locked = known.locked is not None and known.locked >= period.last
    return ReportRow(
        commitment=target.commitment,
        target=target,
        period=period,
        state=ReportState.LOCKED if is_locked and state in OWED else state,
        leads=agency is None or target.commitment.lead_agency_id == agency.pk,
        entries=reports,
        words=words,
        lock=known.locked,
        last_note=known.notes.get(target.pk, ""),
        spec=found.spec,
        standing=standing,
        previous=previous,
        waiting=later_than(previous, waiting),
        so_far=_so_far(found.spec, found.standing, of_period),
        expected=case.assessment.planned,
        milestones=tuple(milestones),
        stages_owed=owed,
        later=later,
        lacking=() if later else _lacking(case, standing),
        late_after=case.calendar.closes_on(_first_owed(milestones, owed) or period.last),
    )


def _state(
    case: _Case,
    of_period: Sequence[ProgressEntry],
    milestones: Sequence[Milestone],
    known: _Known,
    *,
    is_owed: bool,
) -> ReportState:
    if case.found.spec.accumulation == Accumulation.STAGES:
        state = state_of_stages(of_period, milestones, is_owed=is_owed)
        return ReportState.OPEN if state == ReportState.OPTIONAL and _owes_words(case, known) else state
    return state_of_figure(
        case.period,
        of_period,
        due_on=_due_now(case),
        is_settled=case.target.pk in known.later,
        is_met=case.assessment.status in MET or _has_ended(case.target) or _stood_reached(case),
    )


def _stages_owed(case: _Case, milestones: Sequence[Milestone], known: _Known) -> frozenset[int]:
    """Return the ids of the open stages that are due by the period's end, and of which nothing was said since."""
    if _has_ended(case.target):
        return frozenset()
    due = (each.pk for each in milestones if each.due_on <= case.period.last)
    return frozenset(due) - known.explained


def _first_owed(milestones: Sequence[Milestone], owed: Container[int]) -> date | None:
    """Return the day on which the first stage that is owed was due; None where words alone are owed."""
    return next((each.due_on for each in milestones if each.pk in owed), None)


def _due_now(case: _Case) -> date:
    """Return the due date in force by now, whatever it was in the period."""
    rollup = getattr(case.target, "rollup", None)
    return rollup.due_on if rollup else case.found.spec.due_on


def _has_ended(target: Target) -> bool:
    """Tell whether the target has ended by now, whatever it was in the period: it owes no report any more."""
    rollup = getattr(target, "rollup", None)
    return rollup is not None and rollup.status in ENDED


def _owes_words(case: _Case, known: _Known) -> bool:
    """Tell whether the plan asks for words about a staged target that runs, and none were sent."""
    period, spec = known.words.period, case.found.spec
    is_open = case.assessment.status not in ENDED and not _has_ended(case.target)
    runs = period is not None and is_open and spec.starts_on <= period.first <= _due_now(case)
    return runs and known.words.owes(case.target.commitment_id, case.target.pk)


def _stood_reached(case: _Case) -> bool:
    """Tell whether the target stood reached in the period: its lowering had not begun to count before."""
    lowered_on = case.found.standing.lowered_on
    return lowered_on is not None and case.period.first <= lowered_on


def _waiting(entries: Sequence[ProgressEntry], *, before: date) -> list[Waiting]:
    """Return the figures that wait for review, from before a day."""
    figures = (entry for entry in entries if entry.value is not None and entry.milestone_id is None)
    return [waiting_figure(entry) for entry in figures if entry.effective_on < before and entry.waits]


def _without(spec: TargetSpec, standing: Standing, entry: ProgressEntry) -> Standing:
    """Return the standing as if the entry had not been reported."""
    latest = tuple(reading for reading in standing.latest if reading.entry != entry.pk)
    actual = standing.actual
    if spec.accumulation == Accumulation.INCREMENTS:
        actual = (actual or ZERO) - (entry.value or ZERO)
    elif spec.accumulation in ADDED_TO:
        actual = latest[0].value if latest else None
    return standing._replace(latest=latest, actual=actual)


def _lacking(case: _Case, standing: Standing) -> tuple[Period, ...]:
    spec = case.found.spec
    if spec.accumulation not in BY_PERIOD:
        return ()
    return tuple(unsettled(spec, standing, case.calendar, case.period.first))


def _so_far(spec: TargetSpec, standing: Standing, of_period: Sequence[ProgressEntry]) -> Decimal | None:
    """Return the value reached; for stages, the value before the period."""
    if spec.accumulation != Accumulation.STAGES or standing.actual is None:
        return standing.actual
    counted = (entry.milestone for entry in of_period if entry.counts)
    return standing.actual - sum((stage.weight for stage in counted if stage), ZERO)
