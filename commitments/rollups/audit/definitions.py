"""Targets and their parts as known at an instant, for the audit: read from their histories in plain Python.

`versions` does the same in SQL for the roll-up, and explains from when an edit is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from ...change_log import editing
from ...models import EDITS, Baseline, Checkpoint, Commitment, Milestone, Plan, Target, TargetRevision

ALWAYS = datetime.min.replace(tzinfo=UTC)
DELETED = "delete"


class TargetDefinition(NamedTuple):
    """A target with its parts; each is the row itself or a version of it, with the row's own `id`.

    `revisions` are all of them; each has the instant when it was made.
    """

    target: Any
    revisions: Iterable[TargetRevision]
    baseline: Decimal | None
    checkpoints: Iterable[Any]
    milestones: Iterable[Any]


class Histories:
    """Every version of many rows, grouped by the row that they are part of."""

    def __init__(self, model: type[Any], whole: str, wholes: Iterable[int]) -> None:
        self._rows: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for version in EDITS[model].objects.filter(**{f"{whole}__in": wholes}).order_by("pgh_id"):
            self._rows[getattr(version, whole)][version.id].append(version)

    def first(self, row: int) -> Any:
        """Return the first version of a row that is a whole itself."""
        return self._rows[row][row][0]

    def at(self, whole: int, instant: datetime) -> list[Any]:
        """Return the newest known version of each row that was not deleted by then, in the order of their ids."""
        rows = self._rows[whole]
        newest = (_newest(rows[row], instant) for row in sorted(rows))
        return [version for version in newest if version and version.pgh_label != DELETED]


class Definitions:
    """The definitions of all targets of commitments of one plan, read with one query for each kind of row."""

    def __init__(self, plan: Plan, commitments: Sequence[Commitment]) -> None:
        targets = [target.pk for commitment in commitments for target in commitment.targets.all()]
        self._plan = plan
        self._commitments = Histories(Commitment, "pgh_obj_id", [each.pk for each in commitments])
        self._plans = Histories(Plan, "pgh_obj_id", [plan.pk])
        self._targets = Histories(Target, "pgh_obj_id", targets)
        self._baselines = Histories(Baseline, "commitment_id", [each.pk for each in commitments])
        self._checkpoints = Histories(Checkpoint, "target_id", targets)
        self._milestones = Histories(Milestone, "target_id", targets)
        self._loaded_at = editing.find_instant(self._plans.first(plan.pk)) or ALWAYS

    def plan(self, known_at: datetime | None) -> Any:
        if known_at is None:
            return self._plan
        (version,) = self._plans.at(self._plan.pk, self._instant(known_at))
        return version

    def knows(self, commitment: Commitment, known_at: datetime) -> bool:
        """Tell whether the commitment had been added by then."""
        return bool(self._commitments.at(commitment.pk, self._instant(known_at)))

    def targets(self, commitment: Commitment, known_at: datetime | None) -> list[TargetDefinition]:
        """Return the targets of a commitment that still exist and were known."""
        there = commitment.targets.all()
        if known_at is None:
            return [_as_it_is(target) for target in there]
        instant = self._instant(known_at)
        baselines = {
            version.target_id: version.value
            for version in sorted(self._baselines.at(commitment.pk, instant), key=attrgetter("pgh_id"))
        }
        return [
            TargetDefinition(
                version,
                target.revisions.all(),
                baselines.get(target.pk),
                self._checkpoints.at(target.pk, instant),
                self._milestones.at(target.pk, instant),
            )
            for target in there
            for version in self._targets.at(target.pk, instant)
        ]

    def _instant(self, known_at: datetime) -> datetime:
        return max(known_at, self._loaded_at)


def _as_it_is(target: Target) -> TargetDefinition:
    baseline = getattr(target, "baseline", None)
    return TargetDefinition(
        target,
        target.revisions.all(),
        baseline.value if baseline else None,
        target.checkpoints.all(),
        target.milestones.all(),
    )


def _newest(versions: Iterable[Any], instant: datetime) -> Any:
    """Return the last version before the first that became known later."""
    known = None
    for version in versions:
        if (editing.find_instant(version) or ALWAYS) > instant:
            break
        known = version
    return known
