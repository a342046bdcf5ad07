"""The rows of a plan in the database, in the same plain form as a plan file: one query per kind of row."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, Q

from .. import models
from .files.kinds import KINDS
from .files.plain_plan import Fields, Key, State, key_of, key_rows
from .files.rows import PlanFile

# The table of each kind of row.
TABLES: dict[str, Manager[Any]] = {
    "jurisdiction": models.Jurisdiction.objects,
    "agency": models.Agency.objects,
    "source": models.SourceDocument.objects,
    "rule_set": models.RuleSet.objects,
    "plan": models.Plan.objects,
    "priority": models.Priority.objects,
    "commitment": models.Commitment.objects,
    "support": models.CommitmentSupport.objects,
    "target": models.Target.objects,
    "checkpoint": models.Checkpoint.objects,
    "milestone": models.Milestone.objects,
    "baseline": models.Baseline.objects,
}


def _find_references(kind: str) -> dict[str, str]:
    """Return the fields that are foreign keys, each with the kind of row that it points to."""
    kinds = {table.model: name for name, table in TABLES.items()}
    fields = [TABLES[kind].model._meta.get_field(name) for name in KINDS[kind].fields()]  # noqa: SLF001 - Django's own way to its columns
    return {field.name: kinds[field.related_model] for field in fields if field.is_relation}


REFERENCES = {kind: _find_references(kind) for kind in KINDS}

Ids = dict[str, dict[Key, int]]


@dataclass(frozen=True)
class StoredPlan:
    """The plan's rows as they are, the id of each, and the keys of two rows alike, as people may type them."""

    state: State
    ids: Ids
    twins: list[tuple[str, Key]]


def load_stored(file: PlanFile) -> StoredPlan:
    place, plan = file.jurisdiction.code, file.plan.code
    places = [place, file.parent.code] if file.parent else [place]
    of_commitment, of_target = Q(commitment__plan__code=plan), Q(target__commitment__plan__code=plan)
    scopes = {
        "jurisdiction": Q(code__in=places),
        "agency": Q(jurisdiction__code=place),
        "source": Q(jurisdiction__code=place),
        "rule_set": Q(version=file.rules.version),
        "plan": Q(code=plan),
        "priority": Q(plan__code=plan),
        "commitment": Q(plan__code=plan),
        "support": of_commitment,
        "target": of_commitment,
        "checkpoint": of_target,
        "milestone": of_target,
        "baseline": of_commitment,
    }
    found = StoredPlan({}, {}, [])
    for kind in KINDS:
        rows = _read_rows(kind, scopes[kind])
        by_key = key_rows(kind, rows)
        found.state[kind] = by_key
        found.ids[kind] = {key: row.pop("pk") for key, row in by_key.items()}
        found.twins.extend(
            (kind, key) for key, count in Counter(key_of(kind, row) for row in rows).items() if count > 1
        )
    return found


def _read_rows(kind: str, scope: Q) -> list[Fields]:
    """Read the rows with their ids; a reference answers with its code."""
    codes = {name: f"{name}__{KINDS[other].key[0]}" for name, other in REFERENCES[kind].items()}
    lookups = {name: codes.get(name, name) for name in ("pk", *KINDS[kind].fields())}
    found = TABLES[kind].filter(scope).values_list(*lookups.values())
    return [dict(zip(lookups, row, strict=True)) for row in found]
