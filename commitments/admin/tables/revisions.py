from django.contrib import admin

from ...models import TargetRevision
from ..base.kinds import ReadOnlyAdmin


@admin.register(TargetRevision)
class TargetRevisionAdmin(ReadOnlyAdmin):
    """Revisions, read-only: a target is changed on the page of its commitment."""

    list_display = [
        "target",
        "effective_from",
        "old_value",
        "new_value",
        "old_due_on",
        "new_due_on",
        "authority",
    ]
    list_select_related = ["target"]
    search_fields = ["target__code", "target__title", "target__title_en", "authority", "reason"]
