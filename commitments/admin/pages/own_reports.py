"""The reports of a clerk's agency that the front page counts, and the choices of lists that its numbers lead to."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import permissions
from ...domain.enums import DutyState, EntryState, Lifecycle
from ...models import CommitmentRollup, ProgressEntry, User
from ...reporting.returns import open_returns
from ..base.entry_states import StateFilter
from ..base.kinds import user_of
from . import owed
from .owed import OwedFilter

OWN, NONE = "own", "none"
# Rows that the line of a returned entry shows or links to.
BESIDE = ("commitment__plan", "commitment__lead_agency", "target", "milestone", "recorded_by")


def own_rollups(user: User) -> QuerySet[CommitmentRollup]:
    return permissions.own(CommitmentRollup.objects.all(), user, commitment="commitment")


def reported_by_agency(entries: QuerySet[ProgressEntry], user: User) -> QuerySet[ProgressEntry]:
    """Narrow entries to those that the user's agency recorded on its own commitments."""
    return permissions.own(entries.filter(recorded_by__agency=user.agency), user, commitment="commitment")


def returned_to(user: User) -> dict[int, list[ProgressEntry]]:
    """Return by commitment the entries of the agency that were returned and not reported again."""
    entries = ProgressEntry.objects.returned().filter(commitment__lifecycle=Lifecycle.ACTIVE)
    found: defaultdict[int, list[ProgressEntry]] = defaultdict(list)
    own = reported_by_agency(entries, user).select_related(*BESIDE, "review__reviewed_by")
    for entry in open_returns(own):
        found[entry.commitment_id].append(entry)
    return found


def to_report_again(
    rollups: QuerySet[CommitmentRollup], returned: Collection[int]
) -> QuerySet[CommitmentRollup]:
    """Narrow verdicts to commitments with a returned report, unless one of their reports is overdue."""
    return rollups.filter(commitment__in=list(returned)).exclude(report_state=DutyState.LATE)


def none_returned(
    rollups: QuerySet[CommitmentRollup], returned: Collection[int]
) -> QuerySet[CommitmentRollup]:
    return rollups.exclude(commitment__in=list(returned))


def address_of_returned() -> str:
    """Return the address of the list of `to_report_again`."""
    query = {ReturnedFilter.parameter_name: OWN}
    return reverse("admin:commitments_commitmentrollup_changelist", query=query)


def address_of_due() -> str:
    """Return the address of the list of reports that are due for the first time."""
    return owed.address(
        **{OwedFilter.parameter_name: DutyState.DUE.value, ReturnedFilter.parameter_name: NONE}
    )


def address_in_review() -> str:
    """Return the address of the list of the agency's reports that wait for review."""
    query = {StateFilter.parameter_name: EntryState.PENDING.value, ReporterFilter.parameter_name: OWN}
    return reverse("admin:commitments_progressentry_changelist", query=query)


class ReturnedFilter(admin.SimpleListFilter):
    """The choices of commitments that the clerk's numbers of returned and of due ones lead to."""

    title = gettext_lazy("returned reports")
    parameter_name = "returned"

    def lookups(self, request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        if user_of(request).agency_id is None:
            return []
        return [(OWN, _("To be reported again")), (NONE, _("None to be reported again"))]

    def queryset(
        self, request: HttpRequest, rollups: QuerySet[CommitmentRollup]
    ) -> QuerySet[CommitmentRollup]:
        narrow = {OWN: to_report_again, NONE: none_returned}.get(self.value() or "")
        return narrow(rollups, returned_to(user_of(request))) if narrow else rollups


class ReporterFilter(admin.SimpleListFilter):
    """The choice of entries that the clerk's number of those in review leads to."""

    title = gettext_lazy("reporting agency")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return [(OWN, _("My agency"))] if user_of(request).agency_id else []

    def queryset(self, request: HttpRequest, entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
        return reported_by_agency(entries, user_of(request)) if self.value() == OWN else entries
