"""The facts outside a sheet that decide whether its rows may be recorded: read once, for any number of rows."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from ..actions.period_locks import in_force
from ..models import Commitment, Milestone, Plan, ProgressEntry, Target, User
from ..permissions import recordable

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class CheckContext:
    """The facts that rows are checked against, for a record by the user `by` at the instant `at`.

    `own` are the commitments on which the user may record. `reported` are the milestones reported already; rows
    that pass add theirs.
    """

    plan: Plan
    by: User
    at: datetime
    targets: dict[str, list[Target]]
    titled: dict[str, list[Target]]
    milestones: dict[int, list[Milestone]]
    own: frozenset[int]
    reported: set[int]
    locked_through: date | None

    def today(self) -> date:
        return self.plan.day_at(self.at)

    def own_targets(self) -> list[Target]:
        return [
            target for group in self.targets.values() for target in group if target.commitment_id in self.own
        ]

    def digest(self) -> str:
        """Return a digest; two contexts with the same one pass and refuse the same rows."""
        facts = repr(
            (
                self.today(),
                sorted(_of_target(target) for group in self.targets.values() for target in group),
                sorted(
                    (each.pk, each.position, each.title)
                    for group in self.milestones.values()
                    for each in group
                ),
                sorted(self.own),
                sorted(self.reported),
                self.locked_through,
            )
        )
        return hashlib.sha256(facts.encode()).hexdigest()


def read_context(plan: Plan, *, by: User, at: datetime) -> CheckContext:
    """Read the context of a plan with five queries."""
    lock = in_force(plan)
    targets = list(Target.objects.filter(commitment__plan=plan).select_related("commitment").order_by("pk"))
    for target in targets:
        target.commitment.plan = plan
    milestones = Milestone.objects.filter(target__commitment__plan=plan).order_by("target", "position")
    own = recordable(by, Commitment.objects.filter(plan=plan))
    open_entries = ProgressEntry.objects.live().filter(milestone__target__commitment__plan=plan)
    return CheckContext(
        plan=plan,
        by=by,
        at=at,
        targets=_grouped((target.code, target) for target in targets),
        titled=_grouped((title, target) for target in targets for title in titles_of(target)),
        milestones=_grouped((milestone.target_id, milestone) for milestone in milestones),
        own=frozenset(own.values_list("pk", flat=True)),
        reported=set(open_entries.values_list("milestone_id", flat=True)),
        locked_through=lock.through if lock else None,
    )


def folded(text: str) -> str:
    """Remove blanks and fold case, since titles differ in these between sheets."""
    return "".join(text.split()).casefold()


def titles_of(target: Target) -> set[str]:
    """Return the names of a target in a sheet, folded: its own and those of its commitment."""
    commitment = target.commitment
    titles = (target.title, target.title_en, commitment.title, commitment.title_en)
    return {folded(title) for title in titles if title}


def _of_target(target: Target) -> tuple[object, ...]:
    commitment = target.commitment
    return (
        target.pk, target.code, target.title, target.kind, target.accumulation, target.starts_on, target.unit,
        commitment.pk, commitment.title, commitment.lifecycle,
    )  # fmt: skip


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
