"""Preconditions shared by actions: required texts, and no newer decision than the one the user saw."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from ..formats import joined

DecisionLine = TypeVar("DecisionLine", bound=Model)


class OvertakenError(ValidationError):
    """A refusal because another decision was made after this one was prepared."""


def check_texts(**texts: str) -> None:
    """Raise ValidationError at each field with a blank text."""
    empty = {field: _("Please fill this in.") for field, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def check_newest(
    lines: QuerySet[DecisionLine], *, seen: int, describe: Callable[[DecisionLine], str]
) -> None:
    """Raise OvertakenError if a line is newer than `seen`, with the description of the newest.

    `seen` is the number of the newest line when the action was prepared, 0 for none. Call it under the row's
    lock.
    """
    newer = lines.filter(pk__gt=seen).order_by("-pk").first()
    if newer is not None:
        raise OvertakenError(joined(describe(newer), _("Submit again to keep your version anyway.")))
