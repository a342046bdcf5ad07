"""What whoever decides by authority says: who decided it and why. And what was decided meanwhile is not overruled."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

Line = TypeVar("Line", bound=Model)


class OvertakenError(ValidationError):
    """Somebody else decided after this was prepared."""


def check_said(**texts: str) -> None:
    """Raises ValidationError at each field that says nothing."""
    empty = {field: _("Say so.") for field, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def check_newest(newest: Line | None, *, seen: int, told: Callable[[Line], str]) -> None:
    """`seen` is the number of the newest decision when this one was prepared, 0 for none. Ask under the row's lock.

    Raises OvertakenError with what is `told` of a newer one.
    """
    if newest is not None and newest.pk > seen:
        raise OvertakenError(told(newest) + _(" Press again if yours is to hold all the same."))
