"""Reads what commitments promise: one statement for any number of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.periods import ReportingCalendar
from ..domain.status import Rules
from ..domain.targets import Point, Revision, Stage, TargetSpec, in_force
from ..domain.words import Accumulation, Comparability, Comparator, Goal, Kind, Lifecycle, TrajectoryKind
from .sql import rows

READ = f"""
SELECT c.id, c.lifecycle = '{Lifecycle.DROPPED}' AND c.dropped_on <= %(on)s,
       r.version, r.on_track_ratio, r.at_risk_ratio, r.small_gap_points, r.stage_grace_days, r.growth_floor,
       p.reporting_due_day, p.reporting_grace_days,
       t.id, t.headline, t.kind, t.accumulation, t.goal, t.comparator, t.trajectory, t.starts_on, t.value, t.due_on,
       b.value,
       ARRAY(SELECT k.on FROM commitments_checkpoint k WHERE k.target_id = t.id ORDER BY k.on),
       ARRAY(SELECT k.value FROM commitments_checkpoint k WHERE k.target_id = t.id ORDER BY k.on),
       ARRAY(SELECT m.due_on FROM commitments_milestone m WHERE m.target_id = t.id ORDER BY m.id),
       ARRAY(SELECT m.weight FROM commitments_milestone m WHERE m.target_id = t.id ORDER BY m.id),
       ARRAY(SELECT v.effective_from FROM commitments_targetrevision v WHERE v.target_id = t.id ORDER BY v.id),
       ARRAY(SELECT v.new_value FROM commitments_targetrevision v WHERE v.target_id = t.id ORDER BY v.id),
       ARRAY(SELECT v.new_due_on FROM commitments_targetrevision v WHERE v.target_id = t.id ORDER BY v.id)
FROM commitments_commitment c
JOIN commitments_plan p ON p.id = c.plan_id
JOIN commitments_ruleset r ON r.id = p.rule_set_id
LEFT JOIN commitments_target t ON t.commitment_id = c.id
LEFT JOIN commitments_baseline b ON b.target_id = t.id AND b.comparability <> '{Comparability.NONE}'
WHERE c.id = ANY(%(commitments)s) AND c.plan_id = %(plan)s
ORDER BY c.id, t.id
"""


@dataclass(frozen=True)
class TargetCase:
    id: int
    headline: bool
    spec: TargetSpec


@dataclass(frozen=True)
class CommitmentCase:
    """A commitment with all that its judgement depends on, but for the ledger."""

    id: int
    dropped: bool
    rules: Rules
    calendar: ReportingCalendar
    targets: tuple[TargetCase, ...]


def read(plan: int, commitments: Sequence[int], on: date) -> list[CommitmentCase]:
    """The cases of a plan's commitments, with each target as in force on the day."""
    cases: dict[int, CommitmentCase] = {}
    for row in rows(READ, {"plan": plan, "commitments": list(commitments), "on": on}):
        commitment, target = _commitment(row[:10]), _target(row[10:], on)
        known = cases.setdefault(commitment.id, commitment)
        if target:
            cases[known.id] = CommitmentCase(
                known.id, known.dropped, known.rules, known.calendar, (*known.targets, target)
            )
    return list(cases.values())


def _commitment(row: tuple[Any, ...]) -> CommitmentCase:
    commitment, dropped, *rules, due_day, grace_days = row
    return CommitmentCase(commitment, dropped, Rules(*rules), ReportingCalendar(due_day, grace_days), ())


def _target(row: tuple[Any, ...], on: date) -> TargetCase | None:
    target, headline, kind, accumulation, goal, comparator, trajectory, starts_on, value, due_on, baseline = (
        row[:11]
    )
    if target is None:
        return None
    points_on, points, stages_on, weights, revised_from, revised_values, revised_due = row[11:]
    revisions = tuple(map(Revision, revised_from, revised_values, revised_due))
    current = in_force(Revision(starts_on, value, due_on), revisions, on)
    spec = TargetSpec(
        kind=Kind(kind),
        accumulation=Accumulation(accumulation),
        goal=Goal(goal),
        comparator=Comparator(comparator),
        value=current.value,
        starts_on=starts_on,
        due_on=current.due_on,
        trajectory=TrajectoryKind(trajectory),
        baseline=baseline,
        checkpoints=tuple(map(Point, points_on, points)),
        stages=tuple(map(Stage, stages_on, weights)),
    )
    return TargetCase(target, headline, spec)
