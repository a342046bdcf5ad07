from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import clock, decisions
from ..domain.words import ConfidenceHolder
from ..models import Commitment, DeliveryConfidence
from ..policy import WHOLE_PLAN
from .base import LedgerAdmin, RefusableForm, user_of
from .scope import own


class ConfidenceForm(RefusableForm):
    def clean(self) -> dict[str, Any]:
        user = user_of(self.request)
        speaks_for_all = user.is_superuser or user.role in WHOLE_PLAN
        if self.cleaned_data.get("holder") == ConfidenceHolder.SUPERVISION and not speaks_for_all:
            self.add_error("holder", _("Only the supervision office states its own confidence."))
        return super().clean()


@admin.register(DeliveryConfidence)
class DeliveryConfidenceAdmin(LedgerAdmin):
    form = ConfidenceForm
    fields = ["commitment", "holder", "confidence", "note"]
    list_display = ["commitment", "holder", "confidence", "stated_by", "stated_at"]
    list_select_related = ["commitment", "stated_by"]
    list_filter = ["holder", "confidence"]
    search_fields = ["commitment__code", "commitment__title"]
    autocomplete_fields = ["commitment"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs["queryset"] = own(Commitment.objects.all(), user_of(request), commitment="pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: DeliveryConfidence, form: Any, _change: bool) -> None:  # noqa: FBT001
        stated = decisions.state_confidence(**form.cleaned_data, by=user_of(request), at=clock.now())
        obj.pk = stated.pk
