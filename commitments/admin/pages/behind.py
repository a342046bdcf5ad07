"""Where the plan stands, for those who answer for it: what is behind, at risk or late. Three queries, and the plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Q, When
from django.urls import reverse

from ... import permissions
from ...domain.enums import Lifecycle, Role, Status
from ...formats import localised
from ...models import CommitmentRollup, TargetRollup, User
from ...presenters.status_tags import Tag, tag
from ...reporting.overdue import overdue
from . import owed

WORST = (Status.NOT_ACHIEVED, Status.OFF_TRACK, Status.AT_RISK)
BEHIND = WORST[:2]
SHOWN = 8
RANK = Case(*(When(status=status, then=rank) for rank, status in enumerate(WORST)))


@dataclass(frozen=True)
class Line:
    """A commitment that is behind or at risk."""

    address: str
    title: str
    tag: Tag
    agency: str


@dataclass(frozen=True)
class Standing:
    """How many commitments are behind and at risk, how many reports late; and the worst of the commitments."""

    behind: int
    at_risk: int
    late: int
    late_address: str
    worst: Sequence[Line]


def of(user: User, *, at: datetime) -> Standing | None:
    """Of what the person sees; None for those who answer for single reports only. `at` says which are late."""
    if not (permissions.acts_for_all(user) or user.role == Role.LEADER):
        return None
    published = permissions.public(CommitmentRollup.objects.filter(commitment__lifecycle=Lifecycle.ACTIVE))
    active = permissions.visible(published, user)
    counts = active.aggregate(
        behind=Count("pk", filter=Q(status__in=BEHIND)),
        at_risk=Count("pk", filter=Q(status=Status.AT_RISK)),
    )
    late = overdue(at, permissions.visible(TargetRollup.objects.all(), user)).count()
    poor = active.filter(status__in=WORST).select_related("commitment__lead_agency")
    worst = poor.order_by(RANK, "commitment__code")[:SHOWN]
    lines = [_line(rollup) for rollup in worst]
    return Standing(**counts, late=late, late_address=owed.address(), worst=lines)


def _line(rollup: CommitmentRollup) -> Line:
    commitment = rollup.commitment
    title = f"{commitment.code} {localised(commitment.title, commitment.title_en)}"
    address = reverse("staff:overview", args=[commitment.pk])
    return Line(address, title, tag(rollup.status), str(commitment.lead_agency))
