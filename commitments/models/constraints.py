"""Constraints shared by several tables, in one line each."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def one_of(table: str, field: str, words: Iterable[StrEnum]) -> CheckConstraint:
    """Require one of the domain's words in the column."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": [word.value for word in words]}), name=f"{table}_{field}_known"
    )


def matches(table: str, field: str, pattern: str, *, says: "str | _StrPromise" = "") -> CheckConstraint:
    """Require a text of the given form; `says` is the message for other texts."""
    return CheckConstraint(
        condition=Q(**{f"{field}__regex": pattern}),
        name=f"{table}_{field}_form",
        violation_error_message=says or None,
    )


def not_blank(table: str, field: str) -> CheckConstraint:
    return CheckConstraint(condition=~Q(**{field: ""}), name=f"{table}_{field}_not_blank")


def all_or_none(
    table: str, name: str, *, texts: Iterable[str] = (), dates: Iterable[str] = ()
) -> CheckConstraint:
    """Require that columns which belong together are all filled or all empty."""
    filled, empty = Q(), Q()
    for field in texts:
        filled &= ~Q(**{field: ""})
        empty &= Q(**{field: ""})
    for field in dates:
        filled &= Q(**{f"{field}__isnull": False})
        empty &= Q(**{f"{field}__isnull": True})
    return CheckConstraint(condition=filled | empty, name=f"{table}_{name}_together")
