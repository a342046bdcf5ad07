"""What dashboard, API and digests read. They show stored verdicts and compute no status of their own."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from ..domain.words import Scope, Status
from ..models import Commitment, CommitmentSnapshot, Plan, ProgressEntry, StatusCount, TargetRollup


@dataclass(frozen=True)
class Movement:
    """A commitment whose status is not what it was."""

    commitment: Commitment
    before: Status
    now: Status


def commitments(plan: Plan) -> QuerySet[Commitment]:
    """The plan's commitments in its own order, each with its verdict, targets and their verdicts: 2 queries."""
    return (
        Commitment.objects.filter(plan=plan)
        .select_related("priority", "lead_agency", "rollup", "plan")
        .prefetch_related("targets__rollup")
        .order_by("position")
    )


def status_counts(plan: Plan, scope: Scope = Scope.PLAN) -> dict[int | None, dict[Status, int]]:
    """How many commitments have which status: by priority or agency id, or under None for the whole plan."""
    counts: dict[int | None, dict[Status, int]] = {}
    for row in StatusCount.objects.filter(plan=plan, scope=scope):
        place = row.priority_id if scope == Scope.PRIORITY else row.agency_id
        counts.setdefault(place, {})[Status(row.status)] = row.commitments
    return counts


def movements(plan: Plan, since: date) -> list[Movement]:
    """Whose status differs from what it was at the end of `since`; nothing where that day was not kept."""
    before = dict(
        CommitmentSnapshot.objects.filter(commitment__plan=plan, on=since).values_list(
            "commitment_id", "status"
        )
    )
    return [
        Movement(commitment, Status(before[commitment.pk]), Status(commitment.rollup.status))
        for commitment in commitments(plan)
        if before.get(commitment.pk, commitment.rollup.status) != commitment.rollup.status
    ]


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
