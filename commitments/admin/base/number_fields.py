"""Numbers in a form, read as everywhere in the service."""

from typing import Any

from django import forms

from ...models import Target
from ...reporting.parsing import parse_value


class FigureField(forms.DecimalField):
    """A field for a number, with the unit of its `target` behind it or not."""

    # A browser's box for plain numbers would lose others without a word.
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    target: Target | None = None

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        return super().to_python(parse_value(value, self.target))
