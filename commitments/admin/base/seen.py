from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class SeenField(forms.IntegerField):
    """The id of the newest line when the form was opened, 0 for none; a newer line refuses the form."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("This page is out of date. Reload it and try again."),
        "invalid": _("This page is out of date. Reload it and try again."),
    }


def as_seen(sent: QueryDict, newest: int) -> QueryDict:
    """Return the form's data as sent by a user informed of the newest line."""
    data = sent.copy()
    data["seen"] = str(newest)
    return data
