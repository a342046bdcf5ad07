"""Statuses as the page shows them."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from .. import labels
from ..domain.enums import Status


class Tag(NamedTuple):
    """A status as the page shows it: never by colour alone."""

    code: str
    word: str
    shape: str


def tag(status: str) -> Tag:
    """Empty: no verdict is stored yet."""
    if not status:
        return Tag("pending", _("Being computed"), "…")
    known = Status(status)
    return Tag(known.value, str(labels.STATUS[known]), labels.LOOK[known].shape)
