from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from ...models import Subscription
from ..base.kinds import PlainAdmin


class SubscriptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that allows one mail per person and week."""

    # Mail servers read large and small letters alike.
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        others = Subscription.objects.exclude(pk=self.instance.pk).filter(
            plan=self.cleaned_data.get("plan"),
            agency=self.cleaned_data.get("agency"),
            email__iexact=self.cleaned_data.get("email", ""),
        )
        if not self.errors and others.exists():
            self.add_error("email", _("This address is already subscribed to the same digest."))
        return cleaned


@admin.register(Subscription)
class SubscriptionAdmin(PlainAdmin):
    form = SubscriptionForm
    list_display = ["email", "plan", "agency", "language", "unsubscribed_at"]
    list_select_related = ["plan", "agency"]
    list_filter = ["plan", "language"]
    search_fields = ["email", "agency__name", "agency__name_en"]
    autocomplete_fields = ["plan", "agency"]
