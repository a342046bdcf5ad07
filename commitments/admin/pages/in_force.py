"""The commitments whose standing counts: those of published plans that were not dropped."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import permissions
from ...domain.enums import Lifecycle
from ...models import CommitmentRollup
from ..base.kinds import user_of

PUBLISHED, DRAFTS = "published", "drafts"


def in_force(rollups: QuerySet[CommitmentRollup]) -> QuerySet[CommitmentRollup]:
    """Leave out drafts, and commitments that were dropped."""
    return permissions.public(rollups.filter(commitment__lifecycle=Lifecycle.ACTIVE))


class InForceFilter(admin.SimpleListFilter):
    """The choice that a front page's number leads to, and the drafts that it leaves out."""

    title = gettext_lazy("plan")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        choices = [(PUBLISHED, _("Published, not dropped")), (DRAFTS, _("Drafts"))]
        return choices if permissions.acts_for_all(user_of(request)) else choices[:1]

    def queryset(
        self, _request: HttpRequest, rollups: QuerySet[CommitmentRollup]
    ) -> QuerySet[CommitmentRollup]:
        if self.value() == PUBLISHED:
            return in_force(rollups)
        return rollups.filter(commitment__plan__published_at=None) if self.value() == DRAFTS else rollups
