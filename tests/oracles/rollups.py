"""Every roll-up recomputed the slow and obvious way: objects, loops and the domain's definitions, no SQL of ours."""

from collections import Counter
from datetime import date

from commitments.domain.aggregate import CommitmentVerdict, TargetVerdict, commitment_verdict
from commitments.domain.assessment import Assessment, assess
from commitments.domain.enums import Accumulation, Comparability, Comparator, Goal, Kind, TrajectoryKind
from commitments.domain.periods import ReportingCalendar
from commitments.domain.readings import Reading, Standing, standing
from commitments.domain.status import Rules
from commitments.domain.targets import Point, Revision, Stage, TargetSpec, in_force
from commitments.models import (
    Baseline,
    Commitment,
    CommitmentRollup,
    Evidence,
    Plan,
    ProgressEntry,
    StatusCount,
    Target,
    TargetRollup,
)

FROM_ASSESSMENT = (
    "actual",
    "planned",
    "progress",
    "gap",
    "status",
    "reason",
    "freshness",
    "worst",
    "required_pace",
)


def differences(on: date) -> list[str]:
    """Return each stored verdict that differs from the ledger, for all plans."""
    found = []
    for commitment in Commitment.objects.all():
        verdicts = []
        for target in commitment.targets.all():
            expected = assessment(target, on)
            verdicts.append(
                TargetVerdict(
                    target.pk,
                    target.headline,
                    expected.status,
                    expected.reason,
                    expected.freshness,
                    expected.gap,
                )
            )
            found += _target_differences(target, expected, on)
        dropped = _dropped(commitment, on)
        found += _commitment_differences(commitment, commitment_verdict(verdicts, dropped=dropped))
    return found + [words for plan in Plan.objects.all() for words in _count_differences(plan)]


def assessment(target: Target, on: date) -> Assessment:
    plan, spec = target.commitment.plan, _spec(target, on)
    return assess(
        spec,
        _standing(target, spec, on),
        on=on,
        rules=_rules(plan),
        calendar=_calendar(target),
        dropped=_dropped(target.commitment, on),
    )


def _calendar(target: Target) -> ReportingCalendar:
    plan = target.commitment.plan
    if target.kind == Kind.GROWTH_RATE:
        return ReportingCalendar(plan.statistics_due_day, plan.reporting_grace_days, official=True)
    return ReportingCalendar(plan.reporting_due_day, plan.reporting_grace_days)


def _dropped(commitment: Commitment, on: date) -> bool:
    return commitment.dropped_on is not None and commitment.dropped_on <= on


def _rules(plan: Plan) -> Rules:
    rules = plan.rule_set
    return Rules(
        rules.version,
        rules.on_track_ratio,
        rules.at_risk_ratio,
        rules.small_gap_points,
        rules.stage_grace_days,
        rules.growth_floor,
    )


def _spec(target: Target, on: date) -> TargetSpec:
    revisions = tuple(Revision(r.effective_from, r.new_value, r.new_due_on) for r in target.revisions.all())
    current = in_force(Revision(target.starts_on, target.value, target.due_on), revisions, on)
    baseline = Baseline.objects.filter(target=target).exclude(comparability=Comparability.NONE).first()
    return TargetSpec(
        kind=Kind(target.kind),
        accumulation=Accumulation(target.accumulation),
        goal=Goal(target.goal),
        comparator=Comparator(target.comparator),
        value=current.value,
        starts_on=target.starts_on,
        due_on=current.due_on,
        trajectory=TrajectoryKind(target.trajectory),
        baseline=baseline.value if baseline else None,
        checkpoints=tuple(Point(point.on, point.value) for point in target.checkpoints.all()),
        stages=tuple(Stage(stage.due_on, stage.weight) for stage in target.milestones.all()),
    )


def _standing(target: Target, spec: TargetSpec, on: date) -> Standing:
    counted = [
        entry
        for entry in ProgressEntry.objects.filter(target=target).select_related("milestone")
        if entry.counted_from and not entry.counted_until and entry.effective_on <= on
    ]
    readings = [
        Reading(
            entry.effective_on,
            entry.milestone.weight if entry.milestone else entry.value,
            entry.pk,
            entry.denominator,
        )
        for entry in counted
    ]
    done = {entry.milestone_id for entry in counted}
    overdue = [m.due_on for m in target.milestones.all() if m.due_on < on and m.pk not in done]
    evidenced = Evidence.objects.filter(entry__target=target).values_list("entry", flat=True)
    inclusive = [entry.pk for entry in counted if entry.includes_earlier]
    return standing(spec, readings, on, min(overdue, default=None), set(evidenced), inclusive)


def _target_differences(target: Target, expected: Assessment, on: date) -> list[str]:
    stored = TargetRollup.objects.filter(target=target).first()
    if stored is None:
        return [f"{target.code}: no roll-up"]
    spec = _spec(target, on)
    found = _standing(target, spec, on)
    wanted = {
        **{name: getattr(expected, name) for name in FROM_ASSESSMENT},
        "latest_on": found.latest_on,
        "first_met_on": found.first_met_on,
        "start_value": spec.start_value,
        "overdue_since": found.overdue_since,
        "flags": [flag.value for flag in expected.flags],
        "newest_entries": [reading.entry for reading in found.latest],
        "forecast": expected.forecast and expected.forecast.value,
        "forecast_low": expected.forecast and expected.forecast.low,
        "forecast_high": expected.forecast and expected.forecast.high,
        "pace": expected.forecast and expected.forecast.pace,
        "target_value": spec.value,
        "due_on": spec.due_on,
    }
    return [
        f"{target.code}.{name}: stored {getattr(stored, name)}, recomputed {value}"
        for name, value in wanted.items()
        if getattr(stored, name) != value
    ]


def _commitment_differences(commitment: Commitment, expected: CommitmentVerdict) -> list[str]:
    stored = CommitmentRollup.objects.filter(commitment=commitment).first()
    if stored is None:
        return [f"{commitment.code}: no roll-up"]
    found = (stored.status, stored.reason, stored.freshness, stored.decided_by_id)
    wanted = (expected.status, expected.reason, expected.freshness, expected.decided_by)
    return [] if found == wanted else [f"{commitment.code}: stored {found}, recomputed {wanted}"]


def _count_differences(plan: Plan) -> list[str]:
    """Every count of every scope, those that are missing among them."""
    wanted: Counter[tuple[str, int | None, str | None, int | None, str]] = Counter()
    for commitment in plan.commitments.select_related("rollup"):
        status = commitment.rollup.status
        wanted["plan", None, None, None, status] += 1
        wanted["priority", commitment.priority_id, None, None, status] += 1
        wanted["section", commitment.priority_id, commitment.section, None, status] += 1
        wanted["agency", None, None, commitment.lead_agency_id, status] += 1
        for supporting in commitment.support.all():
            wanted["support", None, None, supporting.agency_id, status] += 1
    stored = Counter(
        {
            (c.scope, c.priority_id, c.section, c.agency_id, c.status): c.commitments
            for c in StatusCount.objects.filter(plan=plan)
        }
    )
    return [
        f"{plan.code} {place}: counted {stored[place]}, there are {wanted[place]}"
        for place in wanted.keys() | stored.keys()
        if stored[place] != wanted[place]
    ]
