"""The state of a ledger entry, for lists and forms."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from ... import labels
from ...domain.enums import EntryState
from ...models import ProgressEntry
from ...models.ledger import ProgressEntryQuerySet


def with_all(entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
    """Load all that the ledger and the lists look at, in one query."""
    return entries.select_related(
        "commitment__plan", "target", "milestone", "review", "withdrawal", "corrects"
    )


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, label) for state, label in labels.ENTRY_STATE.items()]

    def queryset(self, _request: HttpRequest, entries: ProgressEntryQuerySet) -> ProgressEntryQuerySet:  # type: ignore[override]
        asked = self.value()
        return entries.in_state(EntryState(asked)) if asked in list(EntryState) else entries
