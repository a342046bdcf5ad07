"""The state of a ledger entry, for lists and forms."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from ...domain.enums import Decision
from ...models import ProgressEntry

PENDING, COUNTED, RETURNED, WITHDRAWN, CORRECTED = "pending", "counted", "returned", "withdrawn", "corrected"
STATES = {
    PENDING: gettext_lazy("Waiting for review"),
    COUNTED: gettext_lazy("Counted"),
    RETURNED: gettext_lazy("Returned"),
    WITHDRAWN: gettext_lazy("Withdrawn"),
    CORRECTED: gettext_lazy("Corrected"),
}


def with_all(entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
    """Load all that the ledger and the lists look at, in one query."""
    return entries.select_related("target__commitment__plan", "milestone", "review", "withdrawal", "corrects")


def state(entry: ProgressEntry) -> str:
    if hasattr(entry, "withdrawal"):
        return WITHDRAWN
    if hasattr(entry, "review") and entry.review.decision == Decision.RETURN:
        return RETURNED
    if entry.counted_until is not None:
        return CORRECTED
    return COUNTED if entry.counted_from else PENDING


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, _request: HttpRequest, entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
        returned = entries.filter(review__decision=Decision.RETURN)
        withdrawn = entries.filter(withdrawal__isnull=False)
        states = {
            PENDING: entries.filter(counted_from=None, counted_until=None),
            COUNTED: entries.filter(counted_from__isnull=False, counted_until=None),
            RETURNED: returned,
            WITHDRAWN: withdrawn,
            CORRECTED: entries.filter(counted_until__isnull=False, withdrawal=None).exclude(
                review__decision=Decision.RETURN
            ),
        }
        return states.get(self.value() or "", entries)
