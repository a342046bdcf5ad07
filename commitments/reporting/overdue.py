"""The reports owed now: due or late by the stored verdicts, and not settled by entries in review."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When

from ..domain.enums import Accumulation, Comparator, Freshness, Goal, Lifecycle, TargetKind, TrajectoryKind
from ..domain.owed import freshness, oldest_lacking
from ..domain.pending import Waiting, with_waiting
from ..domain.periods import ReportingCalendar
from ..domain.readings import BY_PERIOD, Reading, Standing
from ..domain.targets import ZERO, TargetSpec, Terms, band_of
from ..models import Milestone, ProgressEntry, Target, TargetMonth, TargetRollup
from ..permissions import public
from .periods import calendar_of

LACKING = (Freshness.DUE, Freshness.LATE)


# The rows to load with each roll-up.
BESIDE = ("target__commitment__plan",)


class OwedReport(NamedTuple):
    """The report of a target; `since` is the end of the oldest period without a figure, or the due day of a stage.

    `due_on` is the day on which that report is due. Both are None if no report is owed.
    """

    freshness: Freshness
    since: date | None
    due_on: date | None


def owed(at: datetime, among: QuerySet[TargetRollup] | None = None) -> QuerySet[Any]:
    """Return the roll-ups with a report owed at an instant, and its freshness as `owed`.

    Pending entries are taken as reported, so an agency is not late while its figure is in review. A draft owes no
    reports.
    """
    found = public(TargetRollup.objects.all() if among is None else among)
    running = found.filter(target__commitment__lifecycle=Lifecycle.ACTIVE, freshness__in=LACKING)
    reported = ProgressEntry.objects.figures().pending().filter(target=OuterRef("target"))
    in_review = owed_reports(running.filter(Exists(reported)).select_related(*BESIDE), at)
    settled = [target for target, report in in_review.items() if report.freshness == Freshness.CURRENT]
    due = [target for target, report in in_review.items() if report.freshness == Freshness.DUE]
    now = Case(When(pk__in=due, then=Value(Freshness.DUE.value)), default=F("freshness"))
    return running.exclude(pk__in=settled).annotate(owed=now)


def overdue(at: datetime, among: QuerySet[TargetRollup] | None = None) -> QuerySet[Any]:
    """Return those of `owed` that are late."""
    return owed(at, among).filter(owed=Freshness.LATE)


def owed_reports(rollups: Iterable[TargetRollup], at: datetime) -> dict[int, OwedReport]:
    """Return the reports of the targets by id, with pending entries taken as reported.

    The roll-ups come with `BESIDE`; three queries read the rest.
    """
    found = list(rollups)
    targets = [rollup.target_id for rollup in found]
    waiting, months, stages = _waiting(targets), _months(targets), _open_stages(targets)
    return {
        rollup.target_id: _owed(
            rollup.target,
            _spec(rollup),
            with_waiting(_spec(rollup), _standing(rollup, months), waiting[rollup.target_id]),
            stages[rollup.target_id],
            rollup.target.commitment.plan.day_at(at),
        )
        for rollup in found
    }


def _owed(
    target: Target, spec: TargetSpec, standing: Standing, stages: Sequence[date], on: date
) -> OwedReport:
    calendar = calendar_of(target.commitment.plan, target.kind)
    known = standing._replace(overdue_since=min((due for due in stages if due < on), default=None))
    since = oldest_lacking(spec, known, calendar, on)
    return OwedReport(freshness(spec, known, calendar, on), since, _due_on(spec, calendar, since))


def _due_on(spec: TargetSpec, calendar: ReportingCalendar, since: date | None) -> date | None:
    """Return the day on which the report is due; a stage's report is due with the stage."""
    if since is None or spec.accumulation == Accumulation.STAGES:
        return since
    return calendar.due_on(since)


def _spec(rollup: TargetRollup) -> TargetSpec:
    target, high = rollup.target, rollup.target_high
    is_range = target.comparator == Comparator.RANGE
    tolerance = None if high is None or is_range else high - rollup.target_value
    terms = Terms(rollup.target_value, high if is_range else None, tolerance, rollup.within)
    band = band_of(Comparator(target.comparator), target.direction, terms)
    return TargetSpec(
        TargetKind(target.kind),
        Accumulation(target.accumulation),
        Goal(target.goal),
        Comparator(target.comparator),
        band.near if band else rollup.target_value,
        target.starts_on,
        rollup.due_on,
        TrajectoryKind(target.trajectory),
        band=band,
    )


def _standing(rollup: TargetRollup, months: Mapping[int, Sequence[TargetMonth]]) -> Standing:
    """Return a standing with only the facts that settle periods."""
    of_target = months.get(rollup.target_id, ())
    days = tuple(month.last_on for month in of_target if month.last_on)
    included = [month.month for month in of_target if month.includes_earlier]
    latest = (Reading(rollup.latest_on, ZERO, 0),) if rollup.latest_on else ()
    return Standing(
        latest=latest,
        reported_on=days,
        included_in=max(included, default=None),
        lowered_on=rollup.lowered_on,
    )


def _waiting(targets: Sequence[int]) -> Mapping[int, list[Waiting]]:
    found: defaultdict[int, list[Waiting]] = defaultdict(list)
    pending = ProgressEntry.objects.figures().pending().filter(target__in=targets, milestone=None)
    columns: Any = pending.values_list("target", "effective_on", "value", "pk", "includes_earlier")
    for target, on, value, entry, includes in columns:
        found[target].append(Waiting(Reading(on, value, entry), includes_earlier=includes))
    return found


def _months(targets: Sequence[int]) -> Mapping[int, list[TargetMonth]]:
    """Read the months with entries, for targets that are reported period by period."""
    found: defaultdict[int, list[TargetMonth]] = defaultdict(list)
    asked = TargetMonth.objects.filter(target__in=targets, target__accumulation__in=BY_PERIOD, entries__gt=0)
    for month in asked.only("target_id", "month", "last_on", "includes_earlier"):
        found[month.target_id].append(month)
    return found


def _open_stages(targets: Sequence[int]) -> Mapping[int, list[date]]:
    """Read by target the due days of stages that have not been reported."""
    found: defaultdict[int, list[date]] = defaultdict(list)
    live = ProgressEntry.objects.live().filter(milestone=OuterRef("pk"))
    for target, due_on in Milestone.objects.filter(~Exists(live), target__in=targets).values_list(
        "target", "due_on"
    ):
        found[target].append(due_on)
    return found
