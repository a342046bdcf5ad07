"""The small forms of the page: how sure somebody is, and dropping the commitment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ... import labels, policy
from ...domain.words import Confidence, ConfidenceHolder
from ...models import Commitment, User


class ConfidenceForm(forms.Form):
    """Offers the holders that the person may speak for."""

    holder = forms.ChoiceField(label=_("held by"))
    confidence = forms.ChoiceField(label=_("confidence"), choices=labels.choices(labels.CONFIDENCE))
    note = forms.CharField(label=_("note"), required=False, max_length=1000)

    def __init__(self, *args: Any, user: User, commitment: Commitment, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (holder.value, label)
            for holder, label in labels.CONFIDENCE_HOLDER.items()
            if policy.can_state(user, commitment, holder)
        ]

    def stated(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "holder": ConfidenceHolder(cleaned["holder"]),
            "confidence": Confidence(cleaned["confidence"]),
            "note": cleaned["note"],
        }


class DropForm(forms.Form):
    on = forms.DateField(label=_("dropped on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    authority = forms.CharField(
        label=_("authority for dropping"),
        max_length=300,
        help_text=_("Who decided it, and in which document or meeting."),
    )
    reason = forms.CharField(label=_("reason for dropping"), widget=forms.Textarea({"rows": 4}))
