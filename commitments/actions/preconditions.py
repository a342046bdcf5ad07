"""What whoever decides by authority says: who decided it and why. And what was decided meanwhile is not overruled."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from ..formats import joined

Line = TypeVar("Line", bound=Model)


class OvertakenError(ValidationError):
    """Somebody else decided after this was prepared."""


def check_said(**texts: str) -> None:
    """Raises ValidationError at each field that says nothing."""
    empty = {field: _("Say so.") for field, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def check_newest(lines: QuerySet[Line], *, seen: int, told: Callable[[Line], str]) -> None:
    """`seen` is the number of the newest of the decisions when this one was prepared, 0 for none. Ask under the row's
    lock. Raises OvertakenError with what is `told` of a newer one.
    """
    newer = lines.filter(pk__gt=seen).order_by("-pk").first()
    if newer is not None:
        raise OvertakenError(joined(told(newer), _("Press again if yours is to hold all the same.")))
