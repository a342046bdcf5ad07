"""The list of owed reports in the admin, and its address."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ... import clock
from ...domain.enums import Freshness
from ...labels import FRESHNESS
from ...models import TargetRollup
from ...reporting.overdue import owed


def address(**asked: int | str) -> str:
    """Return the address of the list of late reports, narrowed by `asked`."""
    query = {OwedFilter.parameter_name: Freshness.LATE.value, **asked}
    return reverse("admin:commitments_targetrollup_changelist", query=query)


class OwedFilter(admin.SimpleListFilter):
    title = gettext_lazy("reports due")
    parameter_name = "owed"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return [(each.value, FRESHNESS[each]) for each in (Freshness.LATE, Freshness.DUE)]

    def queryset(self, _request: HttpRequest, rollups: QuerySet[TargetRollup]) -> QuerySet[TargetRollup]:
        asked = self.value()
        if not asked:
            return rollups
        return rollups.filter(pk__in=owed(clock.now()).filter(owed=asked).values("pk"))
