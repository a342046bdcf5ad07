"""Statuses as a mail shows them."""

from typing import NamedTuple

from .. import labels
from ..domain.enums import Status


class StatusLight(NamedTuple):
    """A status as word, shape and colour; `name` lets a style sheet choose another colour on dark ground."""

    name: str
    word: labels.Label
    shape: str
    colour: str


def light_of(status: Status) -> StatusLight:
    return StatusLight(status.value, labels.STATUS[status], *labels.LOOK[status])
