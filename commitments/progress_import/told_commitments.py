"""The commitments that are reported on in words alone: those without a target in figures."""

from django.db.models import Exists, OuterRef, QuerySet

from ..domain.enums import Accumulation, Lifecycle
from ..models import Agency, Commitment, Plan, Target, User
from ..permissions import recordable


def select_told_commitments(plan: Plan, *, user: User, agency: Agency | None = None) -> QuerySet[Commitment]:
    """Select those that the user may report on, in the plan's order; directions and staged ones are among them."""
    commitments = Commitment.objects.of_agency(agency) if agency else Commitment.objects.all()
    own = recordable(user, commitments.filter(plan=plan, lifecycle=Lifecycle.ACTIVE))
    in_figures = Target.objects.exclude(accumulation=Accumulation.STAGES).filter(commitment=OuterRef("pk"))
    return own.filter(~Exists(in_figures)).select_related("lead_agency").order_by("position", "pk")
