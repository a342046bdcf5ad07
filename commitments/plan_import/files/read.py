"""Reading of a folder into a plan, or a list of all its faults."""

from pathlib import Path

from . import rows
from .checks import problems_between
from .heading import read_heading
from .partial_plan import PartialPlan
from .problems import BrokenPlanError
from .tables import read_table


def read_plan(folder: Path) -> rows.PlanFile:
    """Read a plan; raise BrokenPlanError with every problem of every file."""
    draft = read_draft(folder)
    problems = [*draft.problems, *problems_between(draft)]
    heading = draft.heading
    if problems or not (heading.plan and heading.jurisdiction and heading.rules):
        raise BrokenPlanError(problems)
    return rows.PlanFile(
        jurisdiction=heading.jurisdiction,
        parent=heading.parent,
        rules=heading.rules,
        plan=heading.plan,
        sources=tuple(heading.sources),
        agencies=tuple(draft.agencies.rows),
        priorities=tuple(draft.priorities.rows),
        commitments=tuple(draft.commitments.rows),
        targets=tuple(draft.targets.rows),
        checkpoints=tuple(draft.checkpoints.rows),
        milestones=tuple(draft.milestones.rows),
        baselines=tuple(draft.baselines.rows),
    )


def read_draft(folder: Path) -> PartialPlan:
    return PartialPlan(
        heading=read_heading(folder),
        agencies=read_table(folder, "agencies.csv", rows.AgencyRow),
        priorities=read_table(folder, "priorities.csv", rows.PriorityRow),
        commitments=read_table(folder, "commitments.csv", rows.CommitmentRow),
        targets=read_table(folder, "targets.csv", rows.TargetRow),
        checkpoints=read_table(folder, "checkpoints.csv", rows.CheckpointRow),
        milestones=read_table(folder, "milestones.csv", rows.MilestoneRow),
        baselines=read_table(folder, "baselines.csv", rows.BaselineRow),
    )
