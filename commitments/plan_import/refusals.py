"""Changes that a file may not make: a commitment with progress is neither removed nor quietly made easier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from ..models import Commitment, Milestone, ProgressEntry, Target
from .files.plain_plan import Key, PlanChange, State
from .stored_plan import StoredPlan

# These fields may still be corrected when progress has been counted. Every other field moves the judgement.
WORDING = {
    "target": {"title", "title_en", "unit", "unit_en", "due_basis"},
    "milestone": {"title", "title_en"},
    "checkpoint": set[str](),
    "baseline": {
        "indicator_en",
        "unit",
        "unit_en",
        "on",
        "estimated",
        "source",
        "char_start",
        "char_end",
        "note",
    },
}


@dataclass(frozen=True)
class Refusal:
    """A row that may not be changed so, and the reason."""

    change: PlanChange
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanRecord:
    """The parts of a plan already on record: keys of commitments, targets and milestones, by kind."""

    recorded: dict[str, set[Key]]
    counted: set[str]
    revised: set[str]


def plan_record(plan_code: str) -> PlanRecord:
    commitments = Commitment.objects.filter(plan__code=plan_code)
    targets = Target.objects.filter(commitment__in=commitments)
    milestones = Milestone.objects.filter(target__in=targets, entries__isnull=False)
    kept = targets.filter(Q(entries__isnull=False) | Q(revisions__isnull=False))
    kept_commitments = commitments.filter(
        Q(targets__in=kept) | Q(entries__isnull=False) | Q(confidence__isnull=False)
    )
    counted = ProgressEntry.objects.figures().filter(target__in=targets).counted()
    return PlanRecord(
        {
            "commitment": set(kept_commitments.values_list("code")),
            "target": set(kept.values_list("code")),
            "milestone": set(milestones.values_list("target__code", "position")),
        },
        set(counted.values_list("target__code", flat=True)),
        set(targets.filter(revisions__isnull=False).values_list("code", flat=True)),
    )


def refusals(changes: Iterable[PlanChange], before: StoredPlan, past: PlanRecord) -> list[Refusal]:
    return [
        Refusal(change, message)
        for change in changes
        if (message := _twin(change, before) or _refused(change, before.state, past))
    ]


def _twin(change: PlanChange, before: StoredPlan) -> str | None:
    if (change.kind, change.key) in before.twins:
        return _("Two rows of the live plan have this code. Change one of them first.")
    return None


def _refused(change: PlanChange, before: State, past: PlanRecord) -> str | None:
    if change.kind == "rule_set" and change.action == "update":
        return _("A version of the rules never changes; write the new thresholds under a new version.")
    if change.kind == "plan" and change.action == "update" and "rule_set" in change.fields:
        return _(
            "To change the rules of a plan in use, record another rule set with its first day and"
            " its authority."
        )
    if change.kind == "plan" and change.action == "update" and "time_zone" in change.fields:
        return _("The time zone of a plan in use cannot change: its days would begin and end at other times.")
    if change.action == "remove" and change.key in past.recorded.get(change.kind, ()):
        return _("It has progress on record and cannot be removed; drop the commitment instead.")
    if _touches_judgement(change) and past.counted & _targets(change, before):
        return _("It has approved progress; record a target revision with its authority and reason instead.")
    if change.kind == "target" and "comparator" in change.fields and change.key[0] in past.revised:
        return _("It has been revised, so its comparator can no longer change.")
    return None


def _touches_judgement(change: PlanChange) -> bool:
    if change.kind not in WORDING or (change.kind, change.action) == ("target", "create"):
        return False
    return change.action != "update" or not change.fields.keys() <= WORDING[change.kind]


def _targets(change: PlanChange, before: State) -> set[str]:
    """Return the targets with a judgement that the change would move."""
    if change.kind != "baseline":
        return {change.key[0]}
    old = before["baseline"].get(change.key, {}).get("target")
    return {code for code in (old, *change.fields.get("target", ())) if code}
