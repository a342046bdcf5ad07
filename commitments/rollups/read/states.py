"""The states of selected commitments or targets at a moment, as plain values."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet

from ...models import Commitment, Plan, Target
from ...states import CommitmentState, TargetState
from .moments import NOW, At

Row = TypeVar("Row", bound=Model)
EVERY = slice(None)
# Columns of the verdict for filters and orders, named `judged_status` and so on.
COLUMNS: Mapping[type[Model], tuple[str, ...]] = {
    Commitment: ("status", "freshness", "report_state"),
    Target: ("status", "freshness", "report_state", "gap", "due_on", "latest_on"),
}


def of_plan(plan: Plan) -> QuerySet[Commitment]:
    """Select the plan's commitments in its own order, with the rows that are shown beside them."""
    found = Commitment.objects.filter(plan=plan).select_related("priority", "lead_agency", "plan")
    return found.order_by("position", "pk")


def selectable(rows: QuerySet[Row], at: At = NOW) -> QuerySet[Row]:
    """Let commitments or targets be filtered and ordered by the verdicts of a moment."""
    columns = {f"judged_{name}": at.column(rows.model, name) for name in COLUMNS[rows.model]}
    found: QuerySet[Row] = rows.alias(**columns)
    return found


def state(rows: QuerySet[Commitment], at: At = NOW, page: slice = EVERY) -> list[CommitmentState]:
    """Return the selected commitments, or a page of them, in the state of a moment: 2 queries for now.

    For a past day all rows must be of its plan, which is judged as a whole.
    """
    targets = Target.objects.select_related("baseline").order_by("-headline", "code")
    found = at.beside(_page(rows, page)).prefetch_related(Prefetch("targets", at.beside(targets)))
    return [
        CommitmentState(
            commitment,
            at.lifecycle(commitment),
            at.verdict(commitment),
            tuple(at.target(target) for target in commitment.targets.all()),
        )
        for commitment in found
    ]


def target_states(rows: QuerySet[Target], at: At = NOW, page: slice = EVERY) -> list[TargetState]:
    """Return the selected targets, or a page of them, in the state of a moment: 1 query for now."""
    found = _page(rows, page).select_related("commitment", "baseline")
    return [at.target(row) for row in at.beside(found)]


def _page(rows: QuerySet[Row], page: slice) -> QuerySet[Row]:
    # A page has few rows of a large plan. Their ids are picked first, so that no other rows are joined.
    return rows if page == EVERY else rows.filter(pk__in=rows.values("pk")[page])
