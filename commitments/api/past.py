"""A past day instead of today's state: `as_of`, a day of the plan's calendar, and `known_at`, an instant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as rest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics
from rest_framework.request import Request

from .. import clock
from ..models import Plan
from ..rollups import read
from . import kinds, parameters
from .errors import absent, conflict
from .filters import StrictFilterBackend, ViewParameter
from .reading import ReadingView

AS_OF, KNOWN_AT = "as_of", "known_at"
STATE_OF = (
    "The state at the end of this day of the plan's calendar, judged anew; lists need one `plan` with it."
)
KNOWN_BY = "With `as_of`: only what counted at this instant (ISO 8601, with its offset from UTC)."
PARAMETERS = [
    OpenApiParameter(AS_OF, OpenApiTypes.DATE, description=STATE_OF),
    OpenApiParameter(KNOWN_AT, OpenApiTypes.DATETIME, description=KNOWN_BY),
]
Reader = Callable[[QuerySet[Any], read.At, slice], list[Any]]


class PastView(ReadingView, generics.GenericAPIView[Any]):
    """A view of the present state, or of a past moment that is asked for."""

    at: read.At = read.NOW
    # Turns the rows of a page into states.
    states: Reader = staticmethod(read.state)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        StrictFilterBackend().check(request, self.get_queryset(), self)
        if AS_OF in request.query_params:
            self.at = _moment(request, self.asked_plan(request))
        elif KNOWN_AT in request.query_params:
            raise conflict(KNOWN_AT, _("as_of is required: the day to show as it was known at that time."))

    def asked_plan(self, request: Request) -> Plan:
        return parameters.plan(request)

    def paginate_queryset(self, queryset: Any) -> Any:
        return super().paginate_queryset(cast("Sequence[Any]", StatePages(self.states, queryset, self.at)))


class PastFilter(rest.FilterSet):
    as_of = ViewParameter(kinds.A_DAY, STATE_OF)
    known_at = ViewParameter(kinds.AN_INSTANT, KNOWN_BY)


@dataclass(frozen=True)
class StatePages:
    """The states of the rows in the form that a paginator needs: counted, and read page by page."""

    of: Reader
    rows: QuerySet[Any]
    at: read.At

    def count(self) -> int:
        return self.rows.count()

    def __getitem__(self, page: slice) -> list[Any]:
        return self.of(self.rows, self.at, page)


def _moment(request: Request, plan: Plan) -> read.AsOf:
    on, known_at = _day(request, plan), None
    if KNOWN_AT in request.query_params:
        known_at = parameters.instant(request, KNOWN_AT, now=clock.now())
    return read.AsOf(plan, on, known_at)


def _day(request: Request, plan: Plan) -> date:
    day = parameters.day(request, AS_OF)
    try:
        read.check_day(plan, day, today=clock.today(plan.time_zone))
    except read.NoSuchDayError as error:
        raise absent(AS_OF, str(error)) from None
    return day
