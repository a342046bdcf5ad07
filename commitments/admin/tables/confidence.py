from django.contrib import admin

from ...models import DeliveryConfidence
from ..base.kinds import ReadOnlyAdmin


@admin.register(DeliveryConfidence)
class DeliveryConfidenceAdmin(ReadOnlyAdmin):
    """Stated confidence, read-only: it is stated on the page of the commitment."""

    list_display = ["commitment", "holder", "confidence", "stated_by", "stated_at"]
    list_select_related = ["commitment", "stated_by"]
    list_filter = ["holder", "confidence"]
    search_fields = ["commitment__code", "commitment__title", "commitment__title_en"]
