"""The refusal of an action as errors of the form that asked for it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Add the refusal to the fields it names; for a field that the form lacks, to the whole form."""
    # A withdrawal names the day of its entry, which stands in no field of its form.
    for field, error in _by_field(refusal):
        form.add_error(field if field in form.fields else None, error)


def _by_field(refusal: ValidationError) -> list[tuple[str, ValidationError]]:
    if not hasattr(refusal, "error_dict"):
        return [(NON_FIELD_ERRORS, refusal)]
    return [(field, error) for field, errors in refusal.error_dict.items() for error in errors]
