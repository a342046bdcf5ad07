"""Verdicts by the domain's own definitions: raw rows and plain Python, one entry after the other.

This is the audit's side of the comparison. It shares only the domain with the roll-up, neither its SQL nor its
columns.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from ...domain.aggregate import TargetVerdict, commitment_verdict
from ...domain.assessment import Assessment, assess
from ...domain.confidence import disagreement
from ...domain.enums import (
    Accumulation,
    Comparator,
    Confidence,
    ConfidenceHolder,
    Goal,
    Lifecycle,
    TargetKind,
    TrajectoryKind,
)
from ...domain.owed import NOTHING_DUE, ReportDuty, words_duty
from ...domain.periods import ReportingCalendar, month_start
from ...domain.readings import Reading, Standing, standing
from ...domain.status import Rules
from ...domain.targets import ZERO, Point, Revision, Stage, TargetSpec, band_of, in_force
from ...models import Commitment, Evidence, Plan, ProgressEntry, RuleSetAdoption, Target
from .counted_entries import AuditMoment, CountedEntry
from .definitions import Definitions, TargetDefinition
from .sent_reports import SentReports

Fields = dict[str, Any]
# Weights by the ids of milestones.
Weights = Mapping[int, Decimal]


class RecountedVerdicts(NamedTuple):
    """A commitment's verdict by column, and those of its targets by their ids."""

    commitment: Fields
    targets: dict[int, Fields]


class AuditBatch:
    """Commitments of one plan with all facts that their verdicts depend on, read with a fixed number of queries."""

    def __init__(self, plan: Plan, commitments: Sequence[int]) -> None:
        self.plan = plan
        self._adoptions = list(RuleSetAdoption.objects.filter(plan=plan).select_related("rule_set"))
        self.commitments = _commitments(commitments)
        self._definitions = Definitions(plan, self.commitments)
        self._entries = _entries(commitments)
        self._evidence = _evidence(commitments)
        self._reports = SentReports(plan, commitments)

    def knows(self, commitment: Commitment, known_at: datetime) -> bool:
        """Tell whether the commitment had been added to the plan at an instant."""
        return self._definitions.knows(commitment, known_at)

    def judge(self, commitment: Commitment, moment: AuditMoment) -> RecountedVerdicts:
        dropped_on = _dropped_on(commitment, moment)
        dropped = dropped_on is not None and dropped_on <= moment.on
        rules, calendars = self._rules(moment), _calendars(self._definitions.plan(moment.known_at))
        targets = self._definitions.targets(commitment, moment.known_at)
        judged = [
            self._judge_target(defined, moment, rules, calendars, dropped=dropped, owes=dropped_on is None)
            for defined in targets
        ]
        words = NOTHING_DUE
        if not targets and dropped_on is None:
            facts = self._reports.of_commitment(commitment.pk, moment)
            words = words_duty(calendars.reports, moment.on, facts)
        verdict = commitment_verdict((found.verdict for found in judged), dropped=dropped, words=words)
        owner, supervision = (self._confidence(commitment, holder, moment) for holder in ConfidenceHolder)
        return RecountedVerdicts(
            {
                "status": verdict.status,
                "reason": verdict.reason,
                "freshness": verdict.freshness,
                **_owed(verdict.duty),
                "decided_by_id": verdict.decided_by,
                "owner_confidence": owner,
                "supervision_confidence": supervision,
                "confidence_gap": disagreement(owner, supervision, verdict.status),
            },
            {found.verdict.target: found.fields for found in judged},
        )

    def _confidence(
        self, commitment: Commitment, holder: ConfidenceHolder, moment: AuditMoment
    ) -> Confidence | None:
        """Return the newest confidence stated by the end of the day."""
        zone = ZoneInfo(self.plan.time_zone)
        stated = (
            each
            for each in commitment.confidence.all()
            if each.holder == holder
            and moment.knew(each.stated_at)
            and each.stated_at.astimezone(zone).date() <= moment.on
        )
        newest = max(stated, key=lambda each: each.pk, default=None)
        return Confidence(newest.confidence) if newest else None

    def months(self) -> dict[tuple[int, date], Fields]:
        """Return the sums of the entries that count now, by target and first day of the month."""
        of_months: dict[tuple[int, date], list[CountedEntry]] = defaultdict(list)
        for entry in (entry for entries in self._entries.values() for entry in entries if entry.counts(None)):
            of_months[entry.target, month_start(entry.effective_on)].append(entry)
        weights = {
            stage.pk: stage.weight
            for commitment in self.commitments
            for target in commitment.targets.all()
            for stage in target.milestones.all()
        }
        return {month: _month(entries, weights) for month, entries in of_months.items()}

    def _rules(self, moment: AuditMoment) -> Rules:
        adopted = [
            adoption
            for adoption in self._adoptions
            if adoption.effective_from <= moment.on and moment.knew(adoption.adopted_at)
        ]
        newest = max(adopted, key=lambda adoption: adoption.effective_from, default=self.plan)
        found = newest.rule_set
        return Rules(
            found.version,
            found.on_track_ratio,
            found.at_risk_ratio,
            found.small_gap_points,
            found.stage_grace_days,
            found.growth_floor,
            found.near_units,
            found.method,
        )

    def _judge_target(
        self,
        defined: TargetDefinition,
        moment: AuditMoment,
        rules: Rules,
        calendars: "_Calendars",
        *,
        dropped: bool,
        owes: bool,
    ) -> "_JudgedTarget":
        target = defined.target
        counted = [entry for entry in self._entries[target.id] if entry.counts(moment.known_at)]
        spec = _spec(defined, moment)
        found = self._standing(defined, spec, counted, moment)
        calendar = calendars.statistics if spec.kind == TargetKind.GROWTH_RATE else calendars.reports
        facts = self._reports.of_target(defined, spec, counted, moment)
        assessment = assess(
            spec,
            found,
            on=moment.on,
            rules=rules,
            calendar=calendar,
            dropped=dropped,
            facts=facts,
            owes_reports=owes,
        )
        until = spec.last_day(moment.on)
        return _JudgedTarget(
            TargetVerdict(
                target.id,
                target.headline,
                assessment.status,
                assessment.reason,
                assessment.duty,
                assessment.gap,
            ),
            {
                **_assessed(assessment),
                **_stood(spec, found),
                "rule_set_id": rules.version,
                "is_sample": any(entry.is_sample for entry in counted if entry.effective_on <= until),
            },
        )

    def _standing(
        self,
        defined: TargetDefinition,
        spec: TargetSpec,
        counted: Sequence[CountedEntry],
        moment: AuditMoment,
    ) -> Standing:
        zone = ZoneInfo(self.plan.time_zone)
        done = {entry.milestone for entry in counted if entry.effective_on <= moment.on}
        weights = {stage.id: stage.weight for stage in defined.milestones}
        overdue = (
            stage.due_on for stage in defined.milestones if stage.due_on < moment.on and stage.id not in done
        )
        return standing(
            spec,
            [
                Reading(entry.effective_on, _worth(entry, weights), entry.id, entry.denominator)
                for entry in counted
            ],
            moment.on,
            min(overdue, default=None),
            {entry for entry, added_at in self._evidence[defined.target.id] if moment.knew(added_at)},
            [entry.id for entry in counted if entry.includes_earlier],
            {entry.id: entry.counted_from.astimezone(zone).date() for entry in counted},
        )


class _Calendars(NamedTuple):
    reports: ReportingCalendar
    statistics: ReportingCalendar


class _JudgedTarget(NamedTuple):
    verdict: TargetVerdict
    fields: Fields


def _commitments(commitments: Sequence[int]) -> list[Commitment]:
    targets = Target.objects.select_related("baseline").order_by("pk")
    parts = ("targets__revisions", "targets__checkpoints", "targets__milestones", "confidence", "decisions")
    found = Commitment.objects.filter(pk__in=commitments).order_by("pk")
    return list(found.prefetch_related(Prefetch("targets", targets), *parts))


def _dropped_on(commitment: Commitment, moment: AuditMoment) -> date | None:
    """Return the day from which the commitment is dropped, by its own columns or the newest decision known."""
    lifecycle, since = commitment.lifecycle, commitment.dropped_on
    if moment.known_at is not None:
        known = (decision for decision in commitment.decisions.all() if moment.knew(decision.decided_at))
        newest = max(known, key=lambda decision: decision.pk, default=None)
        lifecycle, since = (newest.lifecycle, newest.on) if newest else (Lifecycle.ACTIVE, None)
    return since if lifecycle == Lifecycle.DROPPED else None


def _entries(commitments: Sequence[int]) -> dict[int, list[CountedEntry]]:
    """Read the figures that have ever counted, by target."""
    figures = ProgressEntry.objects.figures()
    found: Any = figures.filter(commitment__in=commitments, counted_from__isnull=False).order_by()
    entries: dict[int, list[CountedEntry]] = defaultdict(list)
    for row in found.values_list(*CountedEntry._fields).iterator():
        entries[row[0]].append(CountedEntry(*row))
    return entries


def _evidence(commitments: Sequence[int]) -> dict[int, list[tuple[int, datetime]]]:
    """Read by target the entries with evidence, and since when."""
    found = Evidence.objects.filter(entry__target__commitment__in=commitments).order_by()
    evidence: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for target, entry, added_at in found.values_list("entry__target", "entry", "added_at"):
        evidence[target].append((entry, added_at))
    return evidence


def _month(entries: Sequence[CountedEntry], weights: Weights) -> Fields:
    closing = max(entries, key=lambda entry: (entry.effective_on, entry.id))
    denominators = [entry.denominator for entry in entries if entry.denominator is not None]
    return {
        "entries": len(entries),
        "added": sum((_worth(entry, weights) for entry in entries), ZERO),
        "out_of": sum(denominators, ZERO) if denominators else None,
        "lowest": min(entry.alone for entry in entries),
        "highest": max(entry.alone for entry in entries),
        "closing": closing.alone,
        "last_on": closing.effective_on,
        "is_sample": any(entry.is_sample for entry in entries),
        "includes_earlier": any(entry.includes_earlier for entry in entries),
    }


def _worth(entry: CountedEntry, weights: Weights) -> Decimal:
    return entry.value if entry.milestone is None else weights.get(entry.milestone, ZERO)


def _calendars(plan: Any) -> _Calendars:
    """Return the calendars of a plan or of a version of it."""
    return _Calendars(
        ReportingCalendar(plan.reporting_due_day, plan.reporting_grace_days, plan.holidays),
        ReportingCalendar(
            plan.statistics_due_day,
            plan.reporting_grace_days,
            plan.holidays,
            official=True,
            joins_january=plan.joins_january,
        ),
    )


def _spec(defined: TargetDefinition, moment: AuditMoment) -> TargetSpec:
    target = defined.target
    known = tuple(
        Revision(
            revision.effective_from,
            revision.new_value,
            revision.new_due_on,
            revision.new_value_high,
            revision.new_tolerance,
            revision.new_within,
        )
        for revision in defined.revisions
        if moment.knew(revision.revised_at)
    )
    original = Revision(
        target.starts_on, target.value, target.due_on, target.value_high, target.tolerance, target.within
    )
    current = in_force(original, known, moment.on)
    band = band_of(Comparator(target.comparator), target.direction, current.terms)
    return TargetSpec(
        TargetKind(target.kind),
        Accumulation(target.accumulation),
        Goal(target.goal),
        Comparator(target.comparator),
        band.near if band else current.value,
        target.starts_on,
        current.due_on,
        TrajectoryKind(target.trajectory),
        defined.baseline,
        tuple(Point(point.on, point.value) for point in sorted(defined.checkpoints, key=attrgetter("on"))),
        tuple(Stage(stage.due_on, stage.weight) for stage in defined.milestones),
        band,
    )


def _assessed(assessment: Assessment) -> Fields:
    forecast = assessment.forecast
    return {
        "actual": assessment.actual,
        "planned": assessment.planned,
        "progress": assessment.progress,
        "gap": assessment.gap,
        "status": assessment.status,
        "reason": assessment.reason,
        "freshness": assessment.freshness,
        **_owed(assessment.duty),
        "worst": assessment.worst,
        "forecast": forecast and forecast.value,
        "forecast_low": forecast and forecast.low,
        "forecast_high": forecast and forecast.high,
        "pace": forecast and forecast.pace,
        "required_pace": assessment.required_pace,
        "standing_since": assessment.standing_since,
        "flags": [flag.value for flag in assessment.flags],
    }


def _owed(duty: ReportDuty) -> Fields:
    return {"report_state": duty.state, "report_since": duty.since, "report_due_on": duty.due_on}


def _stood(spec: TargetSpec, found: Standing) -> Fields:
    return {
        "start_value": spec.start_value,
        "target_value": spec.stated,
        "target_high": spec.high,
        "within": spec.within,
        "due_on": spec.due_on,
        "latest_on": found.latest_on,
        "first_met_on": found.first_met_on,
        "lowered_on": found.lowered_on,
        "overdue_since": found.overdue_since,
        "newest_entries": [reading.entry for reading in found.latest],
    }
