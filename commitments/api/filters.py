"""Filters in the query string. What is not understood is refused: a filter silently ignored shows wrong data."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_filters import rest_framework as rest
from django_filters.fields import IsoDateTimeField
from drf_spectacular.drainage import set_override
from drf_spectacular.plumbing import build_basic_type
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from .. import labels
from ..models import Plan
from . import language
from .errors import refusal
from .pagination import PageNumber

if TYPE_CHECKING:  # at run time a cycle: the generic views load their default filter backend
    from rest_framework.generics import GenericAPIView

EVERYWHERE = {language.PARAMETER, "format"}


class StrictFilterBackend(rest.DjangoFilterBackend):
    """Filters by the view's `filterset_class` and refuses parameters that nobody reads."""

    def filter_queryset(
        self, request: Any, queryset: QuerySet[Model], view: "GenericAPIView[Any]"
    ) -> QuerySet[Model]:
        filters = self._filters(view, queryset)
        known = EVERYWHERE | set(filters) | _paging(view)
        errors = {name: [error] for name in request.query_params if (error := _error(request, name, known))}
        errors |= _missing(request, filters)
        if errors:
            raise ValidationError(errors)
        filtered: QuerySet[Model] = super().filter_queryset(request, queryset, view)
        return filtered

    def _filters(self, view: "GenericAPIView[Any]", queryset: QuerySet[Model]) -> dict[str, Any]:
        filterset = self.get_filterset_class(view, queryset)
        return dict(filterset.base_filters) if filterset else {}


def _paging(view: "GenericAPIView[Any]") -> set[str]:
    paginator = view.paginator
    if not isinstance(paginator, PageNumber):
        return set()
    return {paginator.page_query_param, paginator.page_size_query_param}


def _error(request: Request, name: str, known: set[str]) -> ErrorDetail | None:
    if name not in known:
        names = ", ".join(sorted(known))
        return ErrorDetail(
            _("There is no parameter “%(name)s”; there are: %(known)s.") % {"name": name, "known": names},
            "unknown",
        )
    if len(request.query_params.getlist(name)) > 1:
        return ErrorDetail(_("Give this parameter once; separate several values with commas."), "repeated")
    return None


def _missing(request: Request, filters: Mapping[str, rest.Filter]) -> dict[str, list[ErrorDetail]]:
    """Each of what is missing says all that is missing."""
    required = [name for name, wanted in filters.items() if wanted.extra["required"]]
    missing = [name for name in required if not request.query_params.get(name)]
    words = _("Missing: %(names)s.") % {"names": pgettext("between names", ", ").join(missing)}
    return {name: [ErrorDetail(words, "required")] for name in missing}


class Told(rest.CharFilter):
    """A parameter that the view reads itself; it stands among the filters to be known and described."""

    def __init__(self, kind: OpenApiTypes, explained: str, *, required: bool = False) -> None:
        super().__init__(required=required)
        set_override(self, "field", {**(build_basic_type(kind) or {}), "description": explained})

    def filter(self, rows: QuerySet[Model], _text: str) -> QuerySet[Model]:
        return rows


class AnyOf(rest.BaseInFilter, rest.CharFilter):
    """`field=a,b`: rows where the column is one of these."""


class OfPlans(AnyOf):
    """`plan=a,b`: one that does not exist is refused, since nothing found would look like nothing promised."""

    def filter(self, rows: QuerySet[Model], codes: Sequence[str] | None) -> QuerySet[Model]:
        known = set(Plan.objects.published().filter(code__in=codes or ()).values_list("code", flat=True))
        for code in codes or ():
            if code not in known:
                raise refusal("plan", _("There is no plan %(code)s.") % {"code": code})
        found: QuerySet[Model] = super().filter(rows, codes)
        return found


class AnyWord(rest.BaseInFilter, rest.ChoiceFilter):
    """`field=a,b` with a closed vocabulary."""

    def __init__(self, words: Mapping[Any, labels.Label], field_name: str) -> None:
        super().__init__(field_name=field_name, lookup_expr="in", choices=labels.choices(words))


class InstantField(IsoDateTimeField):
    """In UTC, since the database takes no offset of more than 16 hours."""

    def to_python(self, value: Any) -> datetime | None:
        found: datetime | None = super().to_python(value)
        try:
            return found and found.astimezone(UTC)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class Instant(rest.IsoDateTimeFilter):
    field_class = InstantField


class Search(rest.CharFilter):
    """Rows that hold the text in one of the columns."""

    def __init__(self, *columns: str) -> None:
        super().__init__()
        self.columns = columns

    def filter(self, rows: QuerySet[Model], text: str) -> QuerySet[Model]:
        if not text:
            return rows
        return rows.filter(reduce(or_, (Q(**{f"{column}__icontains": text}) for column in self.columns)))


class Ordering(rest.OrderingFilter):
    """Nothing known comes last, and ties keep one order, so that pages neither repeat nor lose a row."""

    def build_choices(self, fields: Mapping[str, str], _labels: Any) -> list[tuple[str, str]]:
        return [(term, term) for name in fields.values() for term in (name, f"-{name}")]

    def filter(self, rows: QuerySet[Model], terms: list[str] | None) -> QuerySet[Model]:
        if not terms:
            return rows
        return rows.order_by(*(_order(self.get_ordering_value(term)) for term in terms), "pk")


def _order(term: str) -> OrderBy:
    column = F(term.removeprefix("-"))
    return column.desc(nulls_last=True) if term.startswith("-") else column.asc(nulls_last=True)
