"""Targets as they were known at an instant, to be shown: their words, what they asked for and where they started."""

from datetime import datetime
from functools import cached_property
from typing import Any

from ..models import EDITS, Baseline, Plan, Target
from .sql import versions


def _columns(model: type[Any]) -> str:
    """All but what the subqueries add."""
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


class Then:
    """The plan's targets at the instant: 2 queries, once the first of them is shown."""

    def __init__(self, plan: Plan, known_at: datetime) -> None:
        self._given = {"plan": plan.pk, "known_at": known_at}

    @cached_property
    def _targets(self) -> dict[int, Any]:
        return {version.id: version for version in EDITS[Target].objects.raw(TARGETS, self._given)}

    @cached_property
    def _baselines(self) -> dict[int, Any]:
        """By the ids of their targets."""
        found = EDITS[Baseline].objects.raw(BASELINES, self._given)
        return {version.target_id: version for version in found}

    def show(self, target: Target) -> None:
        """What was not there yet stays as it is."""
        if version := self._targets.get(target.pk):
            _copy(version, target)
        Target.baseline.related.set_cached_value(target, self._baseline(target))

    def _baseline(self, target: Target) -> Baseline | None:
        version = self._baselines.get(target.pk)
        return _copy(version, Baseline()) if version else None


def _copy(version: Any, row: Any) -> Any:
    for field in row._meta.concrete_fields:  # noqa: SLF001 - Django's own public name for it
        setattr(row, field.attname, getattr(version, field.attname))
    return row
