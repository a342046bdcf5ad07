"""The rows of a plan in the database, in the same plain form as a plan file: one query per kind of row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Q

from .. import models
from .files.plain_plan import KEYS, Fields, Key, State, key_of, key_rows
from .files.rows import PlanFile


@dataclass(frozen=True)
class RowKind:
    """The table of a kind of row; `references` names the kind each foreign key points to."""

    rows: Manager[Any]
    fields: str
    references: Mapping[str, str] = field(default_factory=dict)

    def lookups(self) -> dict[str, str]:
        """Return each field with its lookup, so that a reference answers with its code."""
        natural = {name: f"{name}__{KEYS[kind][0]}" for name, kind in self.references.items()}
        return {name: natural.get(name, name) for name in self.fields.split()}


KINDS = {
    "jurisdiction": RowKind(
        models.Jurisdiction.objects, "code name name_en parent", {"parent": "jurisdiction"}
    ),
    "agency": RowKind(
        models.Agency.objects, "jurisdiction code name name_en", {"jurisdiction": "jurisdiction"}
    ),
    "source": RowKind(
        models.SourceDocument.objects,
        "jurisdiction key title publisher published_on sha256 characters",
        {"jurisdiction": "jurisdiction"},
    ),
    "rule_set": RowKind(
        models.RuleSet.objects,
        "version on_track_ratio at_risk_ratio small_gap_points stage_grace_days growth_floor",
    ),
    "plan": RowKind(
        models.Plan.objects,
        "jurisdiction rule_set code year title title_en starts_on ends_on time_zone review_required"
        " reporting_due_day statistics_due_day reporting_grace_days",
        {"jurisdiction": "jurisdiction", "rule_set": "rule_set"},
    ),
    "priority": RowKind(models.Priority.objects, "plan code title title_en position", {"plan": "plan"}),
    "commitment": RowKind(
        models.Commitment.objects,
        "plan code priority section section_en title title_en position tier lead_agency source"
        " char_start char_end note note_en",
        {"plan": "plan", "priority": "priority", "lead_agency": "agency", "source": "source"},
    ),
    "support": RowKind(
        models.CommitmentSupport.objects,
        "commitment agency",
        {"commitment": "commitment", "agency": "agency"},
    ),
    "target": RowKind(
        models.Target.objects,
        "commitment code headline title title_en kind accumulation direction goal comparator"
        " value unit unit_en starts_on due_on due_basis trajectory",
        {"commitment": "commitment"},
    ),
    "checkpoint": RowKind(models.Checkpoint.objects, "target on value", {"target": "target"}),
    "milestone": RowKind(
        models.Milestone.objects, "target position title title_en due_on weight", {"target": "target"}
    ),
    "baseline": RowKind(
        models.Baseline.objects,
        "commitment target indicator indicator_en value unit unit_en on comparability estimated source"
        " char_start char_end note",
        {"commitment": "commitment", "target": "target", "source": "source"},
    ),
}

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
    for name, kind in KINDS.items():
        rows = [_plain(kind, row) for row in _ask(kind, scopes[name])]
        by_key = key_rows(name, rows)
        found.state[name] = by_key
        found.ids[name] = {key: row.pop("pk") for key, row in by_key.items()}
        found.twins.extend(
            (name, key) for key, count in Counter(key_of(name, row) for row in rows).items() if count > 1
        )
    return found


def _ask(kind: RowKind, scope: Q) -> list[Fields]:
    return list(kind.rows.filter(scope).values("pk", *kind.lookups().values()))


def _plain(kind: RowKind, row: Fields) -> Fields:
    return {"pk": row["pk"], **{name: row[lookup] for name, lookup in kind.lookups().items()}}
