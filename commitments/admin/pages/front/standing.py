"""The standing of the plan: the commitments off track, missed or at risk, the worst first."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Case, F, QuerySet, When, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .... import permissions
from ....domain.enums import Status
from ....labels import STATUS
from ....models import Commitment, CommitmentRollup, User
from ....presenters.status_tags import recomputing_tag
from ....presenters.verdict_rows import CommitmentVerdictRow
from ....rollups import read
from ..in_force import PUBLISHED, InForceFilter, in_force
from .parts import SHOWN, Group, Item, all_of

BEHIND = (Status.NOT_ACHIEVED, Status.OFF_TRACK)
RISK = (Status.AT_RISK,)
RANK = Case(*(When(status=status, then=rank) for rank, status in enumerate(BEHIND)), default=len(BEHIND))


class PlanStanding(NamedTuple):
    """The two lists; `is_recomputing` while a commitment is to be judged anew."""

    behind: Group
    at_risk: Group
    is_recomputing: bool


def read_standing(user: User) -> PlanStanding:
    """Return the standing of the active commitments that the user sees, drafts left out.

    It takes the same number of queries for any number of commitments. Call it in `read.one_moment`.
    """
    active = permissions.visible(in_force(CommitmentRollup.objects.all()), user)
    return PlanStanding(
        _list(active, "behind", _("Off track or missed"), BEHIND, "■"),
        _list(active, "at-risk", str(STATUS[Status.AT_RISK]), RISK, "▲"),
        active.filter(read.is_recomputing("commitment")).exists(),
    )


def describe_standing(standing: PlanStanding) -> list[str]:
    """Return the counts as parts of a sentence; none without a commitment in trouble."""
    behind, at_risk = standing.behind.count, standing.at_risk.count
    parts = []
    if behind:
        said = ngettext(
            "%(number)d commitment is off track or missed",
            "%(number)d commitments are off track or missed",
            behind,
        )
        parts.append(said % {"number": behind})
    if at_risk:
        parts.append(_("%(number)d at risk") % {"number": at_risk})
    return parts


def _list(
    active: QuerySet[CommitmentRollup], key: str, title: str, statuses: Sequence[Status], sign: str
) -> Group:
    found = active.filter(status__in=statuses)
    gap = F("decided_by__rollup__gap").asc(nulls_last=True)
    worst = [each.commitment_id for each in found.order_by(RANK, gap, "commitment__code")[:SHOWN]]
    count = found.count()
    query = {"status__in": ",".join(statuses), InForceFilter.parameter_name: PUBLISHED}
    address = reverse("admin:commitments_commitmentrollup_changelist", query=query)
    return Group(key, title, count, _items(worst), sign, statuses[-1].value, more=all_of(count, address))


def _items(commitments: Sequence[int]) -> list[Item]:
    """Describe commitments, in the order given, with the reason for the status of each."""
    states = read.state(Commitment.objects.filter(pk__in=commitments).select_related("plan", "lead_agency"))
    prefetch_related_objects([each.target for state in states for each in state.targets], "revisions")
    stale = read.recomputing(commitments)
    rows = {state.commitment.pk: CommitmentVerdictRow(state) for state in states}
    return [_item(rows[pk], is_recomputing=pk in stale) for pk in commitments]


def _item(row: CommitmentVerdictRow, *, is_recomputing: bool) -> Item:
    commitment = row.commitment
    return Item(
        row.title,
        reverse("staff:overview", args=[commitment.pk]),
        commitment.code,
        "" if is_recomputing else row.why,
        tag=recomputing_tag() if is_recomputing else row.tag,
        who=commitment.lead_agency.short_name,
    )
