"""Statuses as a mail shows them."""

from typing import NamedTuple

from .. import labels
from ..domain.enums import Status


class Light(NamedTuple):
    """A status as word, shape and colour; `name` lets a style sheet choose another colour on dark ground."""

    name: str
    word: labels.Label
    shape: str
    colour: str


def light(status: Status) -> Light:
    return Light(status.value, labels.STATUS[status], *labels.LOOK[status])
