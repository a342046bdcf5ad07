"""The rows that sample files may refer to by name, read once for all rows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from ..models import Agency, Commitment, Milestone, Plan, ProgressEntry, Target, User
from .files.problems import BrokenPlanError, Problem
from .files.problems import marked as _
from .files.samples import DEMO_FILE

Named = TypeVar("Named")


class UnknownNameError(Exception):
    """A name in a row that stands for no known row."""


class NamedRows(dict[str, Named]):
    """Rows by name; an unknown name raises an error that mentions it."""

    def __missing__(self, name: str) -> Named:
        raise UnknownNameError(name)


@dataclass
class SampleNames:
    """The rows by name: `milestones` by target and position, `keyed` entries by their key in the file."""

    plan: Plan
    agencies: NamedRows[Agency]
    commitments: NamedRows[Commitment]
    targets: NamedRows[Target]
    milestones: NamedRows[Milestone]
    users: NamedRows[User]
    keyed: NamedRows[ProgressEntry] = field(default_factory=NamedRows)

    def at(self, local: datetime) -> datetime:
        return local.replace(tzinfo=ZoneInfo(self.plan.time_zone))


def names_of(plan_code: str) -> SampleNames:
    """Return the names; raise BrokenPlanError if the plan is missing or a draft, which takes no progress."""
    plan = Plan.objects.filter(code=plan_code).first()
    if plan is None:
        message = _("The plan is not in the database; load it first with seed_plan.")
        raise BrokenPlanError([Problem(DEMO_FILE, 0, "plan", message, plan_code)])
    if plan.is_draft:
        message = _("The plan is a draft; publish it first in the admin.")
        raise BrokenPlanError([Problem(DEMO_FILE, 0, "plan", message, plan_code)])
    targets = Target.objects.filter(commitment__plan=plan).select_related("commitment__plan")
    milestones = Milestone.objects.filter(target__commitment__plan=plan).select_related("target")
    return SampleNames(
        plan=plan,
        agencies=NamedRows(
            (row.code, row) for row in Agency.objects.filter(jurisdiction=plan.jurisdiction_id)
        ),
        commitments=NamedRows((row.code, row) for row in plan.commitments.all()),
        targets=NamedRows((row.code, row) for row in targets),
        milestones=NamedRows((f"{row.target.code} {row.position}", row) for row in milestones),
        users=NamedRows((row.username, row) for row in User.objects.all()),
    )
