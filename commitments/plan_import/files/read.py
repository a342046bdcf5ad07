"""Reading of a folder into a plan, or a list of all its faults."""

from pathlib import Path

from . import columns
from .checks import problems_between
from .heading import read_heading
from .partial_plan import PartialPlan
from .problems import BrokenPlanError
from .rows import PlanFile
from .tables import read_table


def read_plan(folder: Path) -> PlanFile:
    """Read a plan; raise BrokenPlanError with every problem of every file."""
    draft = read_draft(folder)
    problems = [*draft.problems, *problems_between(draft)]
    heading = draft.heading
    if problems or not (heading.plan and heading.jurisdiction and heading.rules):
        raise BrokenPlanError(problems)
    return PlanFile(
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
        agencies=read_table(folder, columns.AGENCIES),
        priorities=read_table(folder, columns.PRIORITIES),
        commitments=read_table(folder, columns.COMMITMENTS),
        targets=read_table(folder, columns.TARGETS),
        checkpoints=read_table(folder, columns.CHECKPOINTS),
        milestones=read_table(folder, columns.MILESTONES),
        baselines=read_table(folder, columns.BASELINES),
    )
