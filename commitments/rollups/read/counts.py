"""Counts of commitments by status and place, from states or from the stored counts of plans."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.expressions import RawSQL

from ...domain.enums import Scope, Status
from ...models import Commitment, Jurisdiction, Plan, StatusCount
from ...states import CommitmentState

# UNION drops duplicates, so that the recursion ends even if places name each other as parents.
PLACES_WITHIN = """
    WITH RECURSIVE place AS (
        SELECT id FROM commitments_jurisdiction WHERE id = %s
        UNION SELECT child.id FROM commitments_jurisdiction child JOIN place ON child.parent_id = place.id
    ) SELECT id FROM place
"""
# The place of a count: None for a plan, the id of a priority or agency, or a priority's id with a section.
Place = int | tuple[int, str] | None
Counts = dict[Status, int]


def status_counts(states: Iterable[CommitmentState], scope: Scope = Scope.PLAN) -> dict[Place, Counts]:
    """Count the judged commitments by place of the scope and status.

    A place is None for the whole plan, the id of a priority or agency, or a priority's id with a section's title.
    For supporting agencies prefetch `support` with the commitments.
    """
    counts: dict[Place, Counts] = {}
    for state in states:
        for place in _places(state.commitment, scope) if state.verdict else ():
            counts.setdefault(place, dict.fromkeys(Status, 0))[Status(state.status)] += 1
    return counts


def place_in(scope: Scope, priority: int | None, section: str | None, agency: int | None) -> Place:
    """Return the key of `status_counts` for a place of the scope; arguments outside the scope are left out."""
    if scope == Scope.SECTION and priority is not None and section is not None:
        return priority, section
    return priority if scope == Scope.PRIORITY else agency if scope in (Scope.AGENCY, Scope.SUPPORT) else None


def plans_within(jurisdiction: Jurisdiction, year: int) -> QuerySet[Plan]:
    """Select the published plans of a year that count for a place or one below it, at any depth."""
    within = RawSQL(PLACES_WITHIN, [jurisdiction.pk])  # noqa: S611 - a constant, with its value as a parameter
    return Plan.objects.published().filter(jurisdiction__in=within, year=year, counts_for_place=True)


def with_verdicts(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Select the plans with at least one judged commitment."""
    counted = StatusCount.objects.filter(plan=OuterRef("pk"), scope=Scope.PLAN, commitments__gt=0)
    return plans.filter(Exists(counted))


def jurisdiction_counts(jurisdiction: Jurisdiction, year: int) -> Counts:
    """Count over the plans of a year that count for a place and all places below it: 1 query."""
    of_plans = StatusCount.objects.filter(plan__in=plans_within(jurisdiction, year), scope=Scope.PLAN)
    found = dict(of_plans.values_list("status").annotate(Sum("commitments")))
    return {status: found.get(status, 0) for status in Status}


def _places(commitment: Commitment, scope: Scope) -> list[Place]:
    if scope == Scope.SUPPORT:
        return [support.agency_id for support in commitment.support.all()]
    return [place_in(scope, commitment.priority_id, commitment.section_name, commitment.lead_agency_id)]
