"""The commitments with late reports at the end of a day, from the ledger's instants: slow, plain and obvious.

Only statuses are taken from the product, as known at the end of the day: a target that has ended owes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import prefetch_related_objects

from commitments.domain.assessment import ENDED
from commitments.domain.enums import Accumulation, Decision, Goal, TargetKind
from commitments.domain.periods import ReportingCalendar
from commitments.models import Commitment, Plan, ProgressEntry, Target
from commitments.reporting.periods import calendar_of
from commitments.states import TargetJudgement

from .judgement import closing_day, is_worked, periods
from .words import asked_for

ONE_DAY = timedelta(days=1)
PER_PERIOD = (Accumulation.INCREMENTS, Accumulation.RATIO)


@dataclass(frozen=True)
class Evening:
    """The end of a day, with the ledger as it was then."""

    plan: Plan
    day: date
    at: datetime

    def live(self, entries: Iterable[ProgressEntry]) -> list[ProgressEntry]:
        """Return the entries that had been sent and that nobody had ended."""
        return [
            entry
            for entry in entries
            if entry.recorded_at <= self.at
            and entry.effective_on <= self.day
            and (entry.counted_until is None or entry.counted_until > self.at)
        ]

    def returned_on(self, entries: Iterable[ProgressEntry]) -> date | None:
        """Return the day of the newest return, if any."""
        reviews = [entry.review for entry in entries if hasattr(entry, "review") and not self._gave_up(entry)]
        days = [
            self.plan.day_at(review.reviewed_at)
            for review in reviews
            if review.decision == Decision.RETURN and review.reviewed_at <= self.at
        ]
        return max(days, default=None)

    def _gave_up(self, entry: ProgressEntry) -> bool:
        return hasattr(entry, "withdrawal") and entry.withdrawal.withdrawn_at <= self.at

    def is_after(self, closes_on: date, own: Iterable[ProgressEntry]) -> bool:
        """Tell whether a lacking report is late: past its last day, and past the grace after its return."""
        returned = self.returned_on(own)
        for _ in range(self.plan.reporting_grace_days if returned else 0):
            returned = _next_worked(returned or self.day, self.plan.holidays)
        return self.day > max(closes_on, returned or closes_on)


def read_ledger(plan: Plan) -> list[Commitment]:
    """Read the plan's commitments with their ledger, and its choices of words, once for all days."""
    prefetch_related_objects([plan], "narrative_duties")
    return list(
        plan.commitments.prefetch_related(
            "targets__milestones", "entries__review", "entries__withdrawal", "decisions"
        )
    )


def late_commitments(
    ledger: Iterable[Commitment], evening: Evening, judged: Mapping[int, TargetJudgement]
) -> set[str]:
    """Return the codes of the commitments that were late at the end of a day."""
    return {each.code for each in ledger if _is_late(evening, each, judged)}


def _is_late(evening: Evening, commitment: Commitment, judged: Mapping[int, TargetJudgement]) -> bool:
    entries, targets = list(commitment.entries.all()), list(commitment.targets.all())
    if commitment.dropped_on and _dropped_by(evening, commitment):
        return False
    if not targets:
        return _lacks_words(evening, entries, evening.plan.starts_on, evening.plan.ends_on)
    running = [each for each in targets if each.pk in judged and judged[each.pk].status not in ENDED]
    return any(_target_is_late(evening, each, entries, judged[each.pk]) for each in running)


def _dropped_by(evening: Evening, commitment: Commitment) -> bool:
    return any(decision.decided_at <= evening.at for decision in commitment.decisions.all())


def _target_is_late(
    evening: Evening, target: Target, entries: list[ProgressEntry], judged: TargetJudgement
) -> bool:
    if target.kind == TargetKind.STAGES:
        own = [entry for entry in entries if entry.target_id in (target.pk, None)]
        return _stage_is_late(evening, target, own) or _lacks_words(
            evening, own, target.starts_on, judged.due_on
        )
    own = [entry for entry in entries if entry.target_id == target.pk]
    judging = [entry for entry in own if _is_judged(entry, target, judged.due_on)]
    calendar = calendar_of(evening.plan, target.kind)
    return any(
        not _is_settled(evening, target, judging, first, last)
        and evening.is_after(closing_day(calendar, last), _figures_of(own, first, last))
        for first, last in periods(calendar, target.starts_on, evening.day)
        if first <= judged.due_on and not (judged.lowered_on and first <= judged.lowered_on)
    )


def _is_judged(entry: ProgressEntry, target: Target, due_on: date) -> bool:
    """Tell whether an entry may say something: after the due date only a goal to reach takes figures."""
    return target.goal == Goal.REACH or entry.value is None or entry.effective_on <= due_on


def _figures_of(entries: list[ProgressEntry], first: date, last: date) -> list[ProgressEntry]:
    figures = [entry for entry in entries if entry.value is not None or entry.no_figure]
    return [entry for entry in figures if first <= entry.effective_on <= last]


def _is_settled(
    evening: Evening, target: Target, entries: list[ProgressEntry], first: date, last: date
) -> bool:
    live = evening.live(entries)
    if _figures_of(live, first, last):
        return True
    later = [entry for entry in live if entry.effective_on > last and entry.value is not None]
    return any(target.accumulation not in PER_PERIOD or entry.includes_earlier for entry in later)


def _stage_is_late(evening: Evening, target: Target, entries: list[ProgressEntry]) -> bool:
    live = evening.live(entries)
    reported = {entry.milestone_id for entry in live}
    calendar = calendar_of(evening.plan, target.kind)
    for stage in target.milestones.all():
        said = [entry for entry in live if entry.value is None and entry.effective_on >= stage.due_on]
        if stage.due_on >= evening.day or stage.pk in reported or said:
            continue
        own = [
            e
            for e in entries
            if e.milestone_id == stage.pk or (e.value is None and e.effective_on >= stage.due_on)
        ]
        if evening.is_after(closing_day(calendar, stage.due_on), own):
            return True
    return False


def _lacks_words(evening: Evening, entries: list[ProgressEntry], first: date, last: date) -> bool:
    calendar = calendar_of(evening.plan, "")
    chosen: list[Any] = [each for each in evening.plan.narrative_duties.all() if each.set_at <= evening.at]
    live = evening.live(entries)
    for start, end in asked_for(chosen, first, min(last, evening.day)):
        own = [entry for entry in entries if start <= entry.effective_on <= end]
        is_there = any(start <= entry.effective_on <= end for entry in live)
        if end < evening.day and not is_there and evening.is_after(_closes(calendar, end), own):
            return True
    return False


def _closes(calendar: ReportingCalendar, last: date) -> date:
    return closing_day(calendar, last)


def _next_worked(day: date, holidays: str) -> date:
    day += ONE_DAY
    while not is_worked(day, holidays):
        day += ONE_DAY
    return day
