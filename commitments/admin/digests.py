from django.contrib import admin

from ..models import DigestDelivery, Subscription
from .base import PlainAdmin, ReadOnlyAdmin


@admin.register(Subscription)
class SubscriptionAdmin(PlainAdmin):
    list_display = ["email", "plan", "agency", "language", "unsubscribed_at"]
    list_select_related = ["plan", "agency"]
    list_filter = ["plan", "language"]
    search_fields = ["email", "agency__name"]
    autocomplete_fields = ["plan", "agency"]


@admin.register(DigestDelivery)
class DigestDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["subscription", "week", "state", "attempts", "not_before", "sent_at", "last_error"]
    list_select_related = ["subscription"]
    list_filter = ["state", "week"]
    search_fields = ["subscription__email", "subject"]
