"""Filters in the query string.

An unknown parameter or value is refused, since a filter silently ignored shows wrong data.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_filters import rest_framework as rest
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.plumbing import build_choice_description_list
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from .. import labels
from ..models import Plan
from . import kinds, language
from .errors import absent
from .kinds import ParameterKind
from .pagination import PageNumber

if TYPE_CHECKING:  # at run time a cycle: the generic views load their default filter backend
    from rest_framework.generics import GenericAPIView

FORMAT = "format"


class StrictFilterBackend(rest.DjangoFilterBackend):
    """A backend that filters by the view's `filterset_class`, and refuses unknown parameters and malformed values."""

    def filter_queryset(
        self, request: Any, queryset: QuerySet[Model], view: "GenericAPIView[Any]"
    ) -> QuerySet[Model]:
        self.check(request, queryset, view)
        filtered: QuerySet[Model] = super().filter_queryset(request, queryset, view)
        return filtered

    def check(self, request: Any, queryset: QuerySet[Model], view: "GenericAPIView[Any]") -> None:
        filters = self.filters(view, queryset)
        known = _everywhere() | {name: wanted.kind for name, wanted in filters.items()} | _paging(view)
        errors = {name: [error] for name in request.query_params if (error := _error(request, name, known))}
        errors |= _missing(request, filters)
        if errors:
            raise ValidationError(errors)

    def filters(self, view: "GenericAPIView[Any]", queryset: QuerySet[Model]) -> "dict[str, Any]":
        filterset = self.get_filterset_class(view, queryset)
        return dict(filterset.base_filters) if filterset else {}


class StrictFilterDescription(OpenApiFilterExtension):  # type: ignore[no-untyped-call]
    """A description of each filter by the kind that it is checked by."""

    target_class = StrictFilterBackend
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: Any, *_args: Any, **_given: Any) -> list[Any]:
        view = auto_schema.view
        filters = self.target.filters(view, view.queryset.none())
        return [_described(name, wanted) for name, wanted in filters.items()]


def _described(name: str, wanted: Any) -> dict[str, Any]:
    said = {"in": "query", "name": name, **wanted.kind.described()}
    if wanted.extra["required"]:
        said["required"] = True
    if wanted.explained:
        said["description"] = wanted.explained
    return said


def _everywhere() -> dict[str, ParameterKind]:
    return {language.PARAMETER: language.KIND, FORMAT: kinds.vocabulary(["json"], several=False)}


def _paging(view: "GenericAPIView[Any]") -> dict[str, ParameterKind]:
    paginator = view.paginator
    return dict(paginator.kinds) if isinstance(paginator, PageNumber) else {}


def _error(request: Request, name: str, known: Mapping[str, ParameterKind]) -> ErrorDetail | None:
    if name not in known:
        names = ", ".join(sorted(known))
        return ErrorDetail(
            _("Unknown parameter “%(name)s”. Known parameters: %(known)s.") % {"name": name, "known": names},
            "unknown",
        )
    if len(request.query_params.getlist(name)) > 1:
        return ErrorDetail(_("Give this parameter once; separate several values with commas."), "repeated")
    return known[name].fault(request.query_params[name])


def _missing(request: Request, filters: Mapping[str, rest.Filter]) -> dict[str, list[ErrorDetail]]:
    """Return an error for each missing parameter; each names all of them."""
    required = [name for name, wanted in filters.items() if wanted.extra["required"]]
    missing = [name for name in required if not request.query_params.get(name)]
    words = _("Missing: %(names)s.") % {"names": pgettext("between names", ", ").join(missing)}
    return {name: [ErrorDetail(words, "required")] for name in missing}


SEVERAL = "Multiple values may be separated by commas."


class ViewParameter(rest.CharFilter):
    """A parameter that the view reads itself; as a filter it is known and described."""

    def __init__(self, kind: ParameterKind, explained: str, *, required: bool = False) -> None:
        super().__init__(required=required)
        self.kind, self.explained = kind, explained

    def filter(self, rows: QuerySet[Model], _text: str) -> QuerySet[Model]:
        return rows


class AnyOf(rest.BaseInFilter, rest.CharFilter):
    """`field=a,b`: rows with one of these codes in the column."""

    kind, explained = kinds.CODES, SEVERAL


class OfPlans(AnyOf):
    """`plan=a,b`: rows of these plans; an unknown plan is refused."""

    def filter(self, rows: QuerySet[Model], codes: Sequence[str] | None) -> QuerySet[Model]:
        if not codes:
            return rows
        known = dict(Plan.objects.published().filter(code__in=codes).values_list("code", "pk"))
        for code in codes:
            if code not in known:
                # An empty list would look as if the plan had no commitments.
                raise absent("plan", _("There is no plan %(code)s.") % {"code": code})
        # By its id, an index gives the rows of a page of one plan in the plan's order.
        return rows.filter(**{f"{self.field_name}__in": known.values()})


class AnyWord(rest.BaseInFilter, rest.CharFilter):
    """`field=a,b` with a closed vocabulary."""

    def __init__(self, words: Mapping[Any, labels.Label], field_name: str) -> None:
        super().__init__(field_name=field_name, lookup_expr="in")
        self.kind = kinds.vocabulary(str(word) for word in words)
        self.words = words

    @property
    def explained(self) -> str:
        return f"{SEVERAL}\n\n{build_choice_description_list(labels.choices(self.words))}"


class Whole(rest.Filter):
    field_class = forms.IntegerField
    explained = ""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.kind = kinds.whole(least, most)


class YesOrNo(rest.BooleanFilter):
    kind, explained = kinds.YES_OR_NO, ""


class DayFilter(rest.DateFilter):
    kind, explained = kinds.A_DAY, ""


class InstantField(forms.Field):
    def to_python(self, value: Any) -> Any:
        return kinds.instant(value) if value else None


class Instant(rest.Filter):
    field_class = InstantField
    kind, explained = kinds.AN_INSTANT, ""


class Search(rest.CharFilter):
    """A search for rows with the text in one of the columns."""

    kind, explained = kinds.TEXT, ""

    def __init__(self, *columns: str) -> None:
        super().__init__(strip=False)
        self.columns = columns

    def filter(self, rows: QuerySet[Model], text: str) -> QuerySet[Model]:
        if not text:
            return rows
        return rows.filter(reduce(or_, (Q(**{f"{column}__icontains": text}) for column in self.columns)))


class Ordering(rest.OrderingFilter):
    """An order of rows; unknown values come last, and ties keep one order."""

    explained = "Order of the rows; a hyphen before a field reverses it."

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kind = kinds.vocabulary(str(term) for term, _label in self.extra["choices"])

    def build_choices(self, fields: Mapping[str, str], _labels: Any) -> list[tuple[str, str]]:
        return [(term, term) for name in fields.values() for term in (name, f"-{name}")]

    def filter(self, rows: QuerySet[Model], terms: list[str] | None) -> QuerySet[Model]:
        if not terms:
            return rows
        # With one order for ties, pages neither repeat nor lose a row.
        return rows.order_by(*(_order(self.get_ordering_value(term)) for term in terms), "pk")


def _order(term: str) -> OrderBy:
    column = F(term.removeprefix("-"))
    return column.desc(nulls_last=True) if term.startswith("-") else column.asc(nulls_last=True)
