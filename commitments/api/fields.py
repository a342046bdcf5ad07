"""Serializer fields that several resources share."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Field
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .. import labels


def to_json_number(value: Decimal) -> int | float:
    """Return the shortest JSON number of the same value: 76 rather than 76.0000."""
    return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field({"type": "number"})
class Number(serializers.Field[Any, Any, int | float, Any]):
    def to_representation(self, value: Decimal) -> int | float:
        return to_json_number(value)


# A text that may be empty stands in every answer all the same.
ALWAYS_THERE = {"required": True}


class Word(serializers.ChoiceField):
    """One of the domain's words, as it is stored."""

    def __init__(self, words: Mapping[Any, labels.Label], **options: Any) -> None:
        super().__init__(choices=labels.choices(words), read_only=True, **options)


def confidences() -> list[tuple[str, labels.Label]]:
    """List the words of a confidence for the schema."""
    # `SPECTACULAR_SETTINGS` names it, which gives the two fields of this vocabulary one type.
    return labels.choices(labels.CONFIDENCE)


class Text(serializers.CharField):
    """A read-only text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)


@extend_schema_field({"type": "string"})
class Label(serializers.Field[Any, Any, str, Any]):
    """The name of one of the domain's words, in the reader's language."""

    def __init__(self, words: Mapping[Any, labels.Label], **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.labels = dict(labels.choices(words))

    def to_representation(self, value: str) -> str:
        return str(self.labels[value])


class StateSerializer(serializers.ModelSerializer[Any]):
    """A serializer of a state; the model's columns come from its `row`, or from the part named by `elsewhere`."""

    row: ClassVar[str]
    elsewhere: ClassVar[Mapping[str, str]] = {}

    def build_standard_field(self, field_name: str, model_field: "Field[Any, Any]") -> Any:
        field, options = super().build_standard_field(field_name, model_field)
        return field, options | {"source": f"{self.elsewhere.get(field_name, self.row)}.{field_name}"}
