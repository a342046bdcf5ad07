"""What dashboard, API and digests read. They show stored verdicts and compute no status of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Sum
from django.db.models.expressions import RawSQL

from ..domain.enums import Reason, Scope, Status
from ..models import (
    Commitment,
    CommitmentRollup,
    CommitmentSnapshot,
    Jurisdiction,
    Plan,
    ProgressEntry,
    StatusCount,
    Target,
    TargetRollup,
    TargetSnapshot,
)

PARTS = ("priority", "lead_agency", "plan")
# UNION drops doubles, so that places that name each other as parents end too.
PLACES_WITHIN = """
    WITH RECURSIVE place AS (
        SELECT id FROM commitments_jurisdiction WHERE id = %s
        UNION SELECT child.id FROM commitments_jurisdiction child JOIN place ON child.parent_id = place.id
    ) SELECT id FROM place
"""
# Whose count it is: nobody's in particular, a priority's or agency's, or a priority's section's.
Place = int | tuple[int, str] | None
Counts = dict[Status, int]


@dataclass(frozen=True)
class Movement:
    """A commitment whose status is not what it was, by which rules, and the target that had decided before."""

    commitment: Commitment
    before: Status
    now: Status
    reason_before: Reason
    reason_now: Reason
    target_before: TargetSnapshot | None


Moved = tuple[Commitment, CommitmentRollup | CommitmentSnapshot]


def commitments(plan: Plan) -> QuerySet[Commitment]:
    """The plan's commitments in its own order, each with its verdict, targets and their verdicts: 2 queries."""
    targets = Target.objects.select_related("rollup__rule_set")
    return _in_order(plan, targets).select_related("rollup", *PARTS)


def without_verdicts(plan: Plan) -> QuerySet[Commitment]:
    """The same for who has other verdicts to show than the stored ones."""
    return _in_order(plan, Target.objects.all()).select_related(*PARTS)


def _in_order(plan: Plan, targets: QuerySet[Target]) -> QuerySet[Commitment]:
    found = Commitment.objects.filter(plan=plan).order_by("position")
    return found.prefetch_related(Prefetch("targets", targets))


def status_counts(plan: Plan, scope: Scope = Scope.PLAN) -> dict[Place, Counts]:
    """How many commitments have which status, by place of the scope.

    That is None for the whole plan, the id of a priority or agency, or a priority's id with a section's title.
    """
    counts: dict[Place, Counts] = {}
    for row in StatusCount.objects.filter(plan=plan, scope=scope):
        place = place_in(scope, row.priority_id, row.section, row.agency_id)
        counts.setdefault(place, {})[Status(row.status)] = row.commitments
    return counts


def place_in(scope: Scope, priority: int | None, section: str | None, agency: int | None) -> Place:
    """The key of `status_counts` for a place of the scope; what does not belong to the scope is left out."""
    if scope == Scope.SECTION and priority is not None and section is not None:
        return priority, section
    return priority if scope == Scope.PRIORITY else agency if scope in (Scope.AGENCY, Scope.SUPPORT) else None


def plans_within(jurisdiction: Jurisdiction, year: int) -> QuerySet[Plan]:
    """The published plans of a year that count for a place or one below it, at any depth."""
    within = RawSQL(PLACES_WITHIN, [jurisdiction.pk])  # noqa: S611 - a constant, with its value as a parameter
    return Plan.objects.published().filter(jurisdiction__in=within, year=year, counts_for_place=True)


def judged(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Those with anything to count."""
    counted = StatusCount.objects.filter(plan=OuterRef("pk"), scope=Scope.PLAN, commitments__gt=0)
    return plans.filter(Exists(counted))


def jurisdiction_counts(jurisdiction: Jurisdiction, year: int) -> Counts:
    """How many commitments have which status in the plans that count for a place and all places below it: 1 query."""
    of_plans = StatusCount.objects.filter(plan__in=plans_within(jurisdiction, year), scope=Scope.PLAN)
    found = dict(of_plans.values_list("status").annotate(Sum("commitments")))
    return {status: found.get(status, 0) for status in Status}


def movements(plan: Plan, since: date) -> list[Movement]:
    """Whose status differs from what it was at the end of `since`, the worst off now first.

    Nothing where that day was not kept (`is_kept`).
    """
    kept = CommitmentSnapshot.objects.filter(commitment__plan=plan, on=since)
    moved = moved_from(plan, {snapshot.commitment_id: snapshot for snapshot in kept})
    deciding_then = TargetSnapshot.objects.filter(
        on=since, target__in=[then.decided_by_id for _, then in moved if then.decided_by_id]
    ).select_related("rule_set", "target")
    return worst_first(moved, {snapshot.target_id: snapshot for snapshot in deciding_then})


def moved_from(plan: Plan, before: Mapping[int, CommitmentRollup | CommitmentSnapshot]) -> list[Moved]:
    """The plan's commitments whose status is not that of `before` (by id), each with what it was."""
    return [
        (commitment, before[commitment.pk])
        for commitment in commitments(plan)
        if commitment.pk in before
        and hasattr(commitment, "rollup")
        and before[commitment.pk].status != commitment.rollup.status
    ]


def worst_first(moved: Iterable[Moved], targets_before: Mapping[int, TargetSnapshot]) -> list[Movement]:
    """The movements in the order of where they led; `targets_before` by the target's id."""
    found = [_movement(commitment, then, targets_before) for commitment, then in moved]
    return sorted(found, key=lambda movement: movement.commitment.rank)


def is_kept(plan: Plan, day: date) -> bool:
    """Whether the state at the end of a day of the plan's calendar was kept."""
    return CommitmentSnapshot.objects.filter(commitment__plan=plan, on=day).exists()


def newly_counted(plan: Plan, since: date) -> set[int]:
    """The commitments with an entry that began to count after the end of `since`, a day of the plan's calendar."""
    midnight = datetime.combine(since + timedelta(days=1), time.min, ZoneInfo(plan.time_zone))
    entries = ProgressEntry.objects.counted().filter(
        target__commitment__plan=plan, counted_from__gte=midnight
    )
    return set(entries.values_list("target__commitment", flat=True))


def shows_sample_data(plan: Plan) -> bool:
    """Whether any shown value rests on sample entries."""
    return TargetRollup.objects.filter(target__commitment__plan=plan, is_sample=True).exists()


def _movement(
    commitment: Commitment,
    then: CommitmentRollup | CommitmentSnapshot,
    targets: Mapping[int, TargetSnapshot],
) -> Movement:
    now = commitment.rollup
    return Movement(
        commitment,
        Status(then.status),
        Status(now.status),
        Reason(then.reason),
        Reason(now.reason),
        targets.get(then.decided_by_id) if then.decided_by_id else None,
    )
