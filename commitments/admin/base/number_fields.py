"""Numbers in a form, read as everywhere in the service."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...domain.numbers import parse_number

NOT_A_NUMBER = _("“%(text)s” is not a number.")


class FigureField(forms.DecimalField):
    """A field for full-width digits and thousands set apart."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": NOT_A_NUMBER}

    # A browser's box for plain numbers would lose them without a word.
    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return super().to_python(parse_number(value))
        except ValueError:
            message = self.error_messages["invalid"]
            raise ValidationError(message, code="invalid", params={"text": value.strip()}) from None
