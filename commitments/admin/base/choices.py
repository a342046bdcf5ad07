"""Choices of a row by typing a part of its name."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

NUMBER = re.compile(r"[0-9]{1,18}")


class RowChoice(AutocompleteSelect):
    """A choice of one row that shows a chosen value only if it can be the number of a row."""

    def optgroups(self, name: str, value: Iterable[Any], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, _numbers(value), attrs)


class RowChoices(AutocompleteSelectMultiple):
    """A choice of several rows, with the same limit."""

    def optgroups(self, name: str, value: Iterable[Any], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, _numbers(value), attrs)


def _numbers(values: Iterable[Any]) -> list[Any]:
    # Django's own widgets ask the database for whatever was sent, and fail over a word.
    return [value for value in values if NUMBER.fullmatch(str(value))]
