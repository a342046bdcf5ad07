from django.contrib import admin

from ...models import OutgoingMail
from ..base.kinds import ReadOnlyAdmin


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = [
        "kind",
        "key",
        "person",
        "address",
        "state",
        "attempts",
        "not_before",
        "sent_at",
        "last_error",
    ]
    list_select_related = ["person"]
    list_filter = ["kind", "state", "plan"]
    search_fields = ["key", "address", "person__username", "person__email", "subject"]
