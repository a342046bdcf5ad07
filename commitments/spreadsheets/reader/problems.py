"""Problems with a file or one of its cells, as English templates translated later."""

from collections.abc import Mapping
from typing import NamedTuple


def marked(message: str) -> str:
    """Mark a message for the translation catalogue, as `gettext_noop` does."""
    # This package knows no Django.
    return message


class Remark(NamedTuple):
    """A message about a cell; `column` is one of `rows.COLUMNS`, or empty for the whole row."""

    column: str
    message: str
    params: Mapping[str, object] = {}


class CellError(Exception):
    """A cell with content that does not fit its column."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class FileError(Exception):
    """A file that cannot be used as a whole."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params
