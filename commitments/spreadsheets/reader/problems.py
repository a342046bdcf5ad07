"""What is wrong with a file or one of its cells. Messages are English templates, translated by `sheets.wording`."""

from collections.abc import Mapping
from typing import NamedTuple


def marked(message: str) -> str:
    """Marks a message for the translation catalogue, as `gettext_noop` does; this half knows no Django."""
    return message


class Remark(NamedTuple):
    """What is to be said about a cell: `column` is one of `rows.COLUMNS`, or empty where the whole row is meant."""

    column: str
    message: str
    params: Mapping[str, object] = {}


class CellError(Exception):
    """The content of a cell is not what its column asks for."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class FileError(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params
