"""The reports owed now, by the stored verdicts: the one answer for pages, lists, counts and mails."""

from django.db.models import QuerySet

from ..domain.enums import DutyState
from ..models import CommitmentRollup, TargetRollup
from ..permissions import public

# The rows that the address of a report needs.
BESIDE = ("target__commitment__plan", "target__commitment__lead_agency")
OWED = (DutyState.LATE, DutyState.DUE)


def owed(among: QuerySet[CommitmentRollup] | None = None) -> QuerySet[CommitmentRollup]:
    """Return the commitments with a report due or late. A draft owes none."""
    found = public(CommitmentRollup.objects.all() if among is None else among)
    return found.filter(report_state__in=OWED)


def overdue(among: QuerySet[CommitmentRollup] | None = None) -> QuerySet[CommitmentRollup]:
    """Return those of `owed` that are late."""
    return owed(among).filter(report_state=DutyState.LATE)


def owing_targets(rollups: QuerySet[CommitmentRollup]) -> dict[int, list[TargetRollup]]:
    """Return by commitment its targets with a report due or late, late ones first and then the oldest; one query.

    The first is the one that its commitment's own state comes from. A commitment that owes words about itself has none.
    """
    found: dict[int, list[TargetRollup]] = {rollup.pk: [] for rollup in rollups}
    owing = TargetRollup.objects.filter(target__commitment__in=found, report_state__in=OWED)
    # “late” comes after “due” in the alphabet.
    for each in owing.select_related(*BESIDE).order_by("-report_state", "report_since", "target__code"):
        found[each.target.commitment_id].append(each)
    return found
