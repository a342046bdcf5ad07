"""Constraints shared by several tables, in one line each."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

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


# The texts that a reader needs in Chinese or English, with the advice for those who give none.
PAIRS = {
    "title": _("Give the title in Chinese or English; one is enough."),
    "name": _("Give the name in Chinese or English; one is enough."),
    "section": _("Give the section in Chinese or English; one is enough."),
    "unit": _("Give the unit in Chinese or English; one is enough."),
    "indicator": _("Give the indicator in Chinese or English; one is enough."),
}


def in_a_language(table: str, field: str) -> CheckConstraint:
    """Require a text in Chinese or English."""
    return CheckConstraint(
        condition=~Q(**{field: "", f"{field}_en": ""}),
        name=f"{table}_{field}_in_a_language",
        violation_error_message=PAIRS[field],
    )


def only_text(field: str) -> Coalesce:
    """Return the text in Chinese, or in English if there is none: a name by which rows are told apart."""
    return Coalesce(NullIf(field, Value("")), f"{field}_en")


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
