from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ...actions import ledger
from ...domain.enums import Decision
from ...models import ProgressEntry, Review, User, Withdrawal
from ..base.action_forms import ActionForm
from ..base.entry_states import with_all
from ..base.kinds import LedgerAdmin, user_of
from ..base.scope import own


class OnEntryAdmin(LedgerAdmin):
    """Decisions on entries of the user's own agency."""

    autocomplete_fields = ["entry"]
    search_fields = [
        "entry__commitment__code", "entry__target__code", "entry__target__title", "entry__target__title_en", "reason",
    ]  # fmt: skip

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        entries = with_all(ProgressEntry.objects.all())
        kwargs["queryset"] = own(entries, user_of(request), commitment="commitment")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReviewForm(ActionForm):
    def act(self, *, by: User, at: datetime) -> Review:
        given = dict(self.cleaned_data)
        approves = given.pop("decision") == Decision.APPROVE
        return (ledger.approve if approves else ledger.return_)(**given, by=by, at=at)


@admin.register(Review)
class ReviewAdmin(OnEntryAdmin):
    form = ReviewForm
    fields = ["entry", "decision", "reason"]
    list_display = ["entry", "decision", "reason", "reviewed_by", "reviewed_at"]
    list_select_related = ["entry__commitment", "entry__target", "entry__milestone", "reviewed_by"]
    list_filter = ["decision"]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Offer no form from lists: entries are reviewed in the queue."""
        return super().get_model_perms(request) | {"add": False}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        told = {"title": _("Review decisions"), "has_add_permission": False}
        return super().changelist_view(request, told | (extra_context or {}))


class WithdrawalForm(ActionForm):
    def act(self, *, by: User, at: datetime) -> Withdrawal:
        return ledger.withdraw(**self.cleaned_data, by=by, at=at)


@admin.register(Withdrawal)
class WithdrawalAdmin(OnEntryAdmin):
    form = WithdrawalForm
    fields = ["entry", "reason"]
    list_display = ["entry", "reason", "withdrawn_by", "withdrawn_at"]
    list_select_related = ["entry__commitment", "entry__target", "entry__milestone", "withdrawn_by"]
