"""The small forms of the page: delivery confidence, and decisions by authority and with a reason."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from .... import labels, permissions
from ....domain.enums import Comparator, Confidence, ConfidenceHolder, Goal
from ....domain.targets import BANDED
from ....domain.texts import LONGEST
from ....formats import either
from ....models import Commitment, Target, User
from ...base.days import day_input
from ...base.number_fields import FigureField
from ...base.seen import SeenField


class ConfidenceForm(forms.Form):
    """A form of confidence, with the holders for which the user may speak."""

    holder = forms.ChoiceField(label=_("held by"))
    confidence = forms.ChoiceField(label=_("confidence"), choices=labels.choices(labels.CONFIDENCE))
    note = forms.CharField(label=_("note"), required=False, max_length=1000)

    def __init__(self, *args: Any, user: User, commitment: Commitment, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (holder.value, label)
            for holder, label in labels.CONFIDENCE_HOLDER.items()
            if permissions.can_state(user, commitment, holder)
        ]

    def stated(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "holder": ConfidenceHolder(cleaned["holder"]),
            "confidence": Confidence(cleaned["confidence"]),
            "note": cleaned["note"],
        }


class ReinstateForm(forms.Form):
    """A form of authority and reason; `seen` is the newest decision when the form was opened."""

    authority = forms.CharField(
        label=_("Authority"),
        max_length=300,
        help_text=_("Name the deciding body and the document or meeting."),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea({"rows": 4}), validators=[MaxLengthValidator(LONGEST)]
    )
    seen = SeenField()


class DropForm(ReinstateForm):
    on = forms.DateField(label=_("dropped on"), widget=day_input())
    field_order = ("on", "authority", "reason")


KEPT = _("Leave empty to keep it unchanged.")


class RevisionForm(ReinstateForm):
    """A form of a change; an empty value or due date keeps the one in force."""

    effective_from = forms.DateField(label=_("in force from"), widget=day_input())
    new_value = FigureField(
        label=_("new value"),
        max_digits=20,
        decimal_places=4,
        required=False,
        help_text=KEPT,
    )
    new_due_on = forms.DateField(
        label=_("new due date"),
        widget=day_input(),
        required=False,
        help_text=KEPT,
    )
    new_value_high = FigureField(
        label=_("new high end"), max_digits=20, decimal_places=4, required=False, help_text=KEPT
    )
    new_tolerance = FigureField(
        label=_("new tolerance"), max_digits=20, decimal_places=4, required=False, help_text=KEPT
    )
    new_within = forms.BooleanField(label=_("passing the far end misses it"), required=False)
    CHANGE = ("effective_from", "new_value", "new_value_high", "new_tolerance", "new_within", "new_due_on")
    field_order = (*CHANGE, "authority", "reason")

    def __init__(self, *args: Any, target: Target, **given: Any) -> None:
        super().__init__(*args, **given)
        comparator = Comparator(target.comparator)
        shown = {
            "new_value_high": comparator == Comparator.RANGE,
            "new_tolerance": comparator == Comparator.ABOUT,
            "new_within": comparator in BANDED and target.goal == Goal.FINAL,
        }
        for name in (name for name, is_shown in shown.items() if not is_shown):
            del self.fields[name]
        for name in self.fields.keys() & {"new_value", "new_value_high", "new_tolerance"}:
            self.fields[name].target = target  # type: ignore[attr-defined]
        unit = either(target.unit, target.unit_en)
        self.fields["new_value"].label = _("new value (%(unit)s)") % {"unit": unit}

    def typed(self) -> str:
        """Return the change alone, as it was sent, to compare it with the one shown before."""
        return " ".join(str(self[name].value() or "") for name in self.CHANGE if name in self.fields)
