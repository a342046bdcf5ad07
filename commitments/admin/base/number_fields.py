"""A number in a form, read as everywhere in the service."""

from typing import Any

from django import forms

from ...models import Target
from ...reporting.parsing import parse_value


class FigureField(forms.DecimalField):
    """A number with the unit of its `target` behind it or not."""

    # A box for plain numbers would lose unseen what it cannot read.
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    target: Target | None = None

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        return super().to_python(parse_value(value, self.target))
