"""The plan's standing for leaders and the supervision office: commitments behind, at risk or late.

It takes four queries, and one for the plans.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When
from django.urls import reverse

from ... import permissions
from ...domain.enums import Lifecycle, Role, Status
from ...formats import localised
from ...models import CommitmentRollup, User
from ...presenters.status_tags import Tag, recomputing_tag, tag
from ...reporting.overdue import overdue
from ...rollups import read
from . import owed

WORST = (Status.NOT_ACHIEVED, Status.OFF_TRACK, Status.AT_RISK)
BEHIND = WORST[:2]
SHOWN = 8
RANK = Case(*(When(status=status, then=rank) for rank, status in enumerate(WORST)))


@dataclass(frozen=True)
class BehindCommitment:
    """A commitment that is behind or at risk."""

    address: str
    title: str
    tag: Tag
    agency: str


@dataclass(frozen=True)
class PlanStanding:
    """The numbers of commitments behind and at risk and of late reports, with the worst commitments.

    `recomputing` stands beside the numbers while some of the commitments are to be judged anew.
    """

    behind: int
    at_risk: int
    late: int
    late_address: str
    worst: Sequence[BehindCommitment]
    recomputing: Tag | None


def plan_standing(user: User) -> PlanStanding | None:
    """Return the standing of the commitments that the user sees; None for staff that only report."""
    if not (permissions.acts_for_all(user) or user.role == Role.LEADER):
        return None
    published = permissions.public(CommitmentRollup.objects.filter(commitment__lifecycle=Lifecycle.ACTIVE))
    active = permissions.visible(published, user).annotate(is_recomputing=read.is_recomputing("commitment"))
    with read.one_moment():
        return _standing_of(active, user)


def _standing_of(active: QuerySet[CommitmentRollup], user: User) -> PlanStanding:
    counts = active.aggregate(
        behind=Count("pk", filter=Q(status__in=BEHIND)),
        at_risk=Count("pk", filter=Q(status=Status.AT_RISK)),
    )
    late = overdue(permissions.visible(CommitmentRollup.objects.all(), user)).count()
    poor = active.filter(status__in=WORST).select_related("commitment__lead_agency")
    worst = poor.order_by(RANK, "commitment__code")[:SHOWN]
    return PlanStanding(
        **counts,
        late=late,
        late_address=owed.address(),
        worst=[_line(rollup) for rollup in worst],
        recomputing=recomputing_tag() if active.filter(read.is_recomputing("commitment")).exists() else None,
    )


def _line(rollup: CommitmentRollup) -> BehindCommitment:
    commitment = rollup.commitment
    title = f"{commitment.code} {localised(commitment.title, commitment.title_en)}"
    address = reverse("staff:overview", args=[commitment.pk])
    shown = tag(rollup.status, is_recomputing=rollup.is_recomputing)  # type: ignore[attr-defined]
    return BehindCommitment(address, title, shown, commitment.lead_agency.short_name)
