"""The list of owed reports in the admin, and its address."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ...domain.enums import DutyState
from ...labels import DUTY_STATE
from ...models import CommitmentRollup
from ...reporting.overdue import OWED, owed


def address(**asked: int | str) -> str:
    """Return the address of the list of late reports, narrowed by `asked`."""
    query = {OwedFilter.parameter_name: DutyState.LATE.value, **asked}
    return reverse("admin:commitments_commitmentrollup_changelist", query=query)


class OwedFilter(admin.SimpleListFilter):
    title = gettext_lazy("reports due")
    parameter_name = "owed"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return [(each.value, DUTY_STATE[each]) for each in OWED]

    def queryset(
        self, _request: HttpRequest, rollups: QuerySet[CommitmentRollup]
    ) -> QuerySet[CommitmentRollup]:
        asked = self.value()
        return owed(rollups).filter(report_state=asked) if asked else rollups
