"""Worked cases as real plans: the target, its parts and its reports are rows of the database."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commitments.actions import commitments, targets
from commitments.domain.enums import Comparability, Direction
from commitments.domain.targets import Revision
from commitments.domain.worked_cases import WorkedCase
from commitments.models import Baseline, Checkpoint, Milestone, Plan, Target
from commitments.rollups import refresh
from tests import factories as make

SHANGHAI = ZoneInfo("Asia/Shanghai")


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), SHANGHAI)


def make_worked(case: WorkedCase) -> Target:
    """Make the plan of a case with its target, its reports and all that happened to it; judge it on its day."""
    plan = make.make_plan(rule_set=make.make_rule_set(version="2.0", method=2, near_units=1))
    target = _make_target(plan, case)
    _make_parts(target, case)
    for reading in case.reported:
        make.make_counted_entry(
            target,
            reading.value,
            reading.effective_on,
            denominator=reading.denominator,
            at=noon(reading.effective_on),
        )
    for revision in case.revisions:
        _revise(target, revision)
    if case.dropped:
        _drop(target, case.on)
    refresh.rebuild_plan(plan, at=noon(case.on))
    return target


def _make_target(plan: Plan, case: WorkedCase) -> Target:
    return make.make_target(
        make.make_commitment(plan),
        code="WORKED",
        kind=case.kind,
        accumulation=case.accumulation,
        direction=Direction.AT_LEAST if case.spec.rises else Direction.AT_MOST,
        goal=case.goal,
        comparator=case.comparator,
        value=case.value,
        value_high=case.value_high,
        tolerance=case.tolerance,
        within=case.within,
        unit=case.unit_zh,
        unit_en=case.unit_en,
        starts_on=case.starts_on,
        due_on=case.due_on,
        trajectory=case.trajectory,
    )


def _make_parts(target: Target, case: WorkedCase) -> None:
    """Make the baseline, the checkpoints and the stages; those that are done have their entry."""
    if case.baseline is not None:
        what = {"indicator": "去年", "unit": target.unit, "comparability": Comparability.SAME}
        Baseline.objects.create(
            commitment=target.commitment, target=target, value=case.baseline, on=date(2022, 12, 31), **what
        )
    for point in case.checkpoints:
        Checkpoint.objects.create(target=target, on=point.on, value=point.value)
    for position, stage in enumerate(case.stages, 1):
        milestone = Milestone.objects.create(
            target=target, position=position, title="节点", due_on=stage.due_on, weight=stage.weight
        )
        if stage.done_on:
            make.make_counted_entry(target, 1, stage.done_on, milestone=milestone, at=noon(stage.done_on))


def _revise(target: Target, revision: Revision) -> None:
    targets.revise(
        target=target,
        effective_from=revision.effective_from,
        new_value=revision.value,
        new_due_on=revision.due_on,
        authority="区政府",
        reason="调整",
        seen=targets.newest(target),
        by=make.make_user(),
        at=noon(revision.effective_from),
    )


def _drop(target: Target, on: date) -> None:
    commitments.drop(
        commitment=target.commitment,
        on=on,
        authority="区政府",
        reason="合并",
        seen=0,
        by=make.make_user(),
        at=noon(on),
    )
