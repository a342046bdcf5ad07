"""Rules for targets and their parts: stages, checkpoints, baselines."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ...domain.enums import (
    Accumulation,
    Comparability,
    Comparator,
    Direction,
    Goal,
    TargetKind,
    Tier,
    TrajectoryKind,
)
from ...domain.targets import BANDED, RATIOS, Terms, band_of
from .partial_plan import PartialPlan
from .problems import Problem
from .problems import marked as _
from .rows import BaselineRow, PlanRow, TargetRow

COMPARATORS = {
    Direction.AT_LEAST: (Comparator.AT_LEAST, Comparator.ABOVE, *BANDED),
    Direction.AT_MOST: (Comparator.AT_MOST, Comparator.BELOW, *BANDED),
}
HUNDRED = Decimal(100)
PERCENT = "%"


def _each_target(draft: PartialPlan) -> Iterator[Problem]:
    for row in draft.targets.rows:
        for column, message in _faults(row, draft):
            yield Problem(draft.targets.file, row.line, column, message, str(getattr(row, column)))


def _faults(row: TargetRow, draft: PartialPlan) -> Iterator[tuple[str, str]]:
    yield from faults_of_terms(row)
    yield from _faults_of_dates(row, draft.heading.plan)


def faults_of_terms(row: TargetRow) -> Iterator[tuple[str, str]]:
    """Yield the column and the fault of each word or number that does not fit the others of its row."""
    if row.comparator not in COMPARATORS[row.direction]:
        yield "comparator", _("The comparator does not match the direction.")
    if (row.kind is TargetKind.STAGES) != (row.accumulation is Accumulation.STAGES):
        yield "accumulation", _("Stages belong to the kind “stages”, and only to it.")
    if row.kind is TargetKind.STAGES and (row.value, row.goal) != (HUNDRED, Goal.REACH):
        yield "value", _("A target in stages needs the goal “reach” and the value 100.")
    if row.trajectory is TrajectoryKind.HOLD and row.goal is Goal.REACH:
        yield "trajectory", _("“hold” fits the goals maintain and final only.")
    from_above = row.direction is Direction.AT_MOST and row.goal is Goal.REACH
    if from_above and row.accumulation is not Accumulation.LEVEL:
        yield "goal", _("A total that only grows cannot come down to a target; keep it instead.")
    yield from _faults_of_ends(row)
    yield from _faults_of_sums(row)


def _faults_of_ends(row: TargetRow) -> Iterator[tuple[str, str]]:
    is_about, is_range = row.comparator is Comparator.ABOUT, row.comparator is Comparator.RANGE
    if is_about != (row.tolerance is not None) or (row.tolerance is not None and row.tolerance <= 0):
        yield "tolerance", _("The comparator “~”, and only it, has a tolerance; it is above 0.")
    if is_range != (row.value_high is not None) or (
        row.value_high is not None and row.value_high <= row.value
    ):
        yield "value_high", _("The comparator “..”, and only it, has a high end; it lies above the value.")
    if row.within and (row.comparator not in BANDED or row.goal is not Goal.FINAL):
        yield "within", _("Only an “about” or a range that its last reading decides can be missed beyond it.")
    if row.comparator in BANDED and row.kind is TargetKind.STAGES:
        yield "comparator", _("Stages are done or not: they have no tolerance and no range.")


def _faults_of_sums(row: TargetRow) -> Iterator[tuple[str, str]]:
    if row.accumulation in RATIOS and row.goal is Goal.REACH:
        yield (
            "goal",
            _(
                "A ratio can be met by its first case and lost again: keep it, or let the last reading decide."
            ),
        )
    if row.accumulation in RATIOS and {row.unit, row.unit_en} - {""} != {PERCENT}:
        yield "unit", _("A ratio is a percentage, so its unit must be “%”.")
    kept_up = row.goal is Goal.MAINTAIN and row.direction is Direction.AT_LEAST
    if row.accumulation is Accumulation.INCREMENTS and kept_up:
        yield "goal", _("A total that starts from zero cannot be kept above a value.")


def _faults_of_dates(row: TargetRow, plan: PlanRow | None) -> Iterator[tuple[str, str]]:
    if row.due_on < row.starts_on:
        yield "due_on", _("The due date is before the start.")
    for column in ("starts_on", "due_on"):
        if plan and not plan.starts_on <= getattr(row, column) <= plan.ends_on:
            yield column, _("The date is outside the plan's period.")


def _tiers(draft: PartialPlan) -> Iterator[Problem]:
    if not draft.targets.sound:
        return
    headlines = {row.commitment for row in draft.targets.rows if row.headline}
    for row in draft.commitments.rows:
        if row.tier is not Tier.DIRECTION and row.code not in headlines:
            message = _("Tiers A and B need a headline target.")
            yield Problem(draft.commitments.file, row.line, "tier", message, row.tier)
    rated = {row.code for row in draft.commitments.rows if row.tier is Tier.DIRECTION}
    for target in draft.targets.rows:
        if target.commitment in rated:
            message = _("Tier C is not rated, so it has no target.")
            yield Problem(draft.targets.file, target.line, "commitment", message, target.commitment)


def _stages(draft: PartialPlan) -> Iterator[Problem]:
    staged = {row.code: row for row in draft.targets.rows if row.kind is TargetKind.STAGES}
    others = {row.code for row in draft.targets.rows} - staged.keys()
    weights = dict.fromkeys(staged, Decimal(0))
    for row in draft.milestones.rows:
        if row.target in others:
            message = _("Only a target of the kind “stages” has milestones.")
            yield Problem(draft.milestones.file, row.line, "target", message, row.target)
        if not 0 < row.weight <= HUNDRED:
            message = _("A weight must be above 0 and at most 100.")
            yield Problem(draft.milestones.file, row.line, "weight", message, str(row.weight))
        if row.target in staged:
            weights[row.target] += row.weight
    if draft.milestones.sound:
        for code, total in weights.items():
            if total != HUNDRED:
                message, params = (
                    _("The milestone weights add up to %(total)s instead of 100."),
                    {"total": f"{total:f}"},
                )
                yield Problem(draft.targets.file, staged[code].line, "code", message, code, params)


def _dated_parts(draft: PartialPlan) -> Iterator[Problem]:
    targets = {row.code: row for row in draft.targets.rows}
    dated: list[tuple[str, int, str, str, date]] = [
        *(
            (draft.milestones.file, row.line, "due_on", row.target, row.due_on)
            for row in draft.milestones.rows
        ),
        *((draft.checkpoints.file, row.line, "on", row.target, row.on) for row in draft.checkpoints.rows),
    ]
    for file, line, column, code, on in dated:
        target = targets.get(code)
        if target and not target.starts_on <= on <= target.due_on:
            yield Problem(file, line, column, _("The date is outside the target's period."), str(on))


def _checkpoints(draft: PartialPlan) -> Iterator[Problem]:
    pointed = draft.checkpoints.named("target")
    for row in draft.targets.rows:
        if (
            row.trajectory is TrajectoryKind.CHECKPOINTS
            and row.code not in pointed
            and draft.checkpoints.sound
        ):
            message = _("This trajectory needs checkpoints.")
            yield Problem(draft.targets.file, row.line, "trajectory", message, row.trajectory)
    unused = {
        row.code
        for row in draft.targets.rows
        if row.kind is TargetKind.STAGES or row.trajectory in (TrajectoryKind.LINEAR, TrajectoryKind.HOLD)
    }
    for point in draft.checkpoints.rows:
        if point.target in unused:
            message = _("The target's trajectory has no checkpoints.")
            yield Problem(draft.checkpoints.file, point.line, "target", message, point.target)


def _baselines(draft: PartialPlan) -> Iterator[Problem]:
    plan, file = draft.heading.plan, draft.baselines.file
    targets = {row.code: row for row in draft.targets.rows}
    linked: set[str] = set()
    for row in draft.baselines.rows:
        if plan and row.on >= plan.starts_on:
            yield Problem(file, row.line, "on", _("A baseline must date from before the plan."), str(row.on))
        if row.target and row.comparability is Comparability.NONE:
            message = _("A figure that is not comparable cannot be linked to a target.")
            yield Problem(file, row.line, "comparability", message, row.comparability)
        if row.target and row.target in linked:
            yield Problem(file, row.line, "target", _("The target already has a baseline."), str(row.target))
        linked.add(row.target or "")
        target = targets.get(row.target or "")
        if target and target.commitment != row.commitment:
            yield Problem(
                file, row.line, "target", _("The target belongs to another commitment."), target.code
            )
        if target and not _same_unit(target, row):
            unit = row.unit or row.unit_en
            yield Problem(file, row.line, "unit", _("The unit differs from that of the target."), unit)


def _same_unit(target: TargetRow, baseline: BaselineRow) -> bool:
    if target.unit and baseline.unit:
        return target.unit == baseline.unit
    return target.unit_en == baseline.unit_en


def _nothing_to_reach(draft: PartialPlan) -> Iterator[Problem]:
    """Refuse a target that equals its start, or is near enough: a level's baseline, otherwise zero."""
    before = {row.target: row.value for row in draft.baselines.rows}
    for row in draft.targets.rows:
        start = before.get(row.code, Decimal(0)) if row.accumulation is Accumulation.LEVEL else Decimal(0)
        if row.goal is Goal.REACH and row.value == start:
            message = _("The target equals its start value, so there is nothing to reach.")
            yield Problem(draft.targets.file, row.line, "value", message, str(row.value))
        elif row.goal is Goal.REACH and _is_swallowed(row, start):
            message = _(
                "The start value already meets the target with its tolerance or range: nothing is left to reach."
            )
            column = "value" if row.tolerance is None else "tolerance"
            yield Problem(draft.targets.file, row.line, column, message, str(getattr(row, column)))


def _is_swallowed(row: TargetRow, start: Decimal) -> bool:
    """Tell whether the start meets the near end of an “about” or a range."""
    band = band_of(row.comparator, row.direction, Terms(row.value, row.value_high, row.tolerance))
    return band is not None and band.holds(start)


checks_of_targets = (_each_target, _tiers, _stages, _dated_parts, _checkpoints, _baselines, _nothing_to_reach)
