"""Which reports are owed: due or late by the stored verdicts, and not reported yet."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ... import clock
from ...domain.enums import Freshness, Lifecycle
from ...labels import FRESHNESS
from ...models import Plan, ProgressEntry, TargetRollup
from ...permissions import public
from .quick_log import sheet


def owed(at: datetime) -> QuerySet[TargetRollup]:
    """Not what has been reported and waits for review; of a draft nothing."""
    running = public(TargetRollup.objects.all()).filter(target__commitment__lifecycle=Lifecycle.ACTIVE)
    reported = ProgressEntry.objects.pending().filter(_is_of_newest_month(at), target=OuterRef("target"))
    return running.filter(freshness__in=[Freshness.DUE, Freshness.LATE]).exclude(Exists(reported))


def late(at: datetime) -> QuerySet[TargetRollup]:
    return owed(at).filter(freshness=Freshness.LATE)


def address(**asked: int | str) -> str:
    """The list of what is late, narrowed by `asked`."""
    query = {OwedFilter.parameter_name: Freshness.LATE.value, **asked}
    return reverse("admin:commitments_targetrollup_changelist", query=query)


class OwedFilter(admin.SimpleListFilter):
    title = gettext_lazy("reports owed")
    parameter_name = "owed"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return [(each.value, FRESHNESS[each]) for each in (Freshness.LATE, Freshness.DUE)]

    def queryset(self, _request: HttpRequest, rollups: QuerySet[TargetRollup]) -> QuerySet[TargetRollup]:
        asked = self.value()
        if not asked:
            return rollups
        return rollups.filter(pk__in=owed(clock.now()).filter(freshness=asked).values("pk"))


def _is_of_newest_month(at: datetime) -> Q:
    """Entries of each plan's newest month that is over, or of later ones."""
    found = Q(pk=None)
    for plan in Plan.objects.published():
        today = plan.day_at(at)
        if plan.starts_on <= today:
            found |= Q(target__commitment__plan=plan, effective_on__gte=sheet.newest_over(plan, today).first)
    return found
