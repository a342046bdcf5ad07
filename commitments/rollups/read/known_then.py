"""Facts as known at an instant: the names and aims of targets, their start values, and dropped commitments."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ...models import EDITS, Baseline, Commitment, LifecycleDecision, Plan, Target
from ...models.lifecycle import NEVER, LifecycleTerms
from ..sql import versions


def _columns(model: type[Any]) -> str:
    """Name all columns but those added by the subqueries."""
    return ", ".join(f'v."{field.column}"' for field in EDITS[model]._meta.concrete_fields)  # noqa: SLF001


TARGETS = f"""
SELECT {_columns(Target)} FROM commitments_target t JOIN commitments_commitment c ON c.id = t.commitment_id
CROSS JOIN {versions.KNOWN_BY.format(plan="%(plan)s")} CROSS JOIN LATERAL {versions.newest("target", "t.id")} v
WHERE c.plan_id = %(plan)s
"""
BASELINES = f"""
SELECT {_columns(Baseline)} FROM commitments_commitment c CROSS JOIN {versions.KNOWN_BY.format(plan="%(plan)s")}
CROSS JOIN LATERAL {versions.parts("baseline", whole="commitment", row="c.id")} v
WHERE c.plan_id = %(plan)s AND v.target_id IS NOT NULL ORDER BY v.pgh_id
"""


@dataclass(frozen=True)
class KnownThen:
    """A plan at an instant: 1 query for dropped commitments, 2 for its targets, each when first asked."""

    plan: Plan
    known_at: datetime

    def lifecycle(self, commitment: Commitment) -> LifecycleTerms:
        return self._lifecycles.get(commitment.pk, NEVER)

    def target(self, row: Target) -> Target:
        """Return the row as it was; a row that did not exist yet stays as it is."""
        version = self._targets.get(row.pk)
        return _row(Target, version, commitment=row.commitment) if version else row

    def baseline(self, row: Target) -> Baseline | None:
        version = self._baselines.get(row.pk)
        return _row(Baseline, version) if version else None

    @cached_property
    def _lifecycles(self) -> dict[int, LifecycleTerms]:
        known = LifecycleDecision.objects.filter(commitment__plan=self.plan, decided_at__lte=self.known_at)
        return {decision.commitment_id: decision.commitment_columns for decision in known.order_by("pk")}

    @cached_property
    def _targets(self) -> dict[int, Any]:
        return {version.id: version for version in self._versions(Target, TARGETS)}

    @cached_property
    def _baselines(self) -> dict[int, Any]:
        """Return them by the ids of their targets."""
        return {version.target_id: version for version in self._versions(Baseline, BASELINES)}

    def _versions(self, model: type[Any], statement: str) -> Any:
        return EDITS[model].objects.raw(statement, {"plan": self.plan.pk, "known_at": self.known_at})


def _row(model: type[Any], version: Any, **parents: Any) -> Any:
    """Return a row of the model with the columns of a version, not to be saved."""
    names = [field.attname for field in model._meta.concrete_fields if field.name not in parents]  # noqa: SLF001
    return model(**{name: getattr(version, name) for name in names}, **parents)
