"""Statuses as pages show them."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from .. import labels
from ..domain.enums import Status


class Tag(NamedTuple):
    """A status with its word and shape, so that colour alone never tells it."""

    code: str
    word: str
    shape: str


def tag(status: str, *, is_recomputing: bool = False) -> Tag:
    """Return the tag of a status; an empty one stands for a verdict that is not stored yet.

    A status that was judged before the newest change is not shown.
    """
    if not status:
        return Tag("pending", _("Being computed"), "…")
    if is_recomputing:
        return recomputing_tag()
    known = Status(status)
    return Tag(known.value, str(labels.STATUS[known]), labels.LOOK[known].shape)


def recomputing_tag() -> Tag:
    """Return the tag in place of a status that was judged before the newest change."""
    return Tag("pending", _("Recomputing (about 2 seconds)"), "…")
