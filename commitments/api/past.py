"""A past day instead of today's state: `as_of`, a day of the plan's calendar, and `known_at`, an instant."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as rest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics
from rest_framework.request import Request

from .. import clock, labels
from ..models import Commitment, Plan
from ..rollups import past as history
from ..rollups.past import Verdicts
from . import kinds, parameters
from .errors import absent, conflict
from .filters import AnyWord, Ordering, StrictFilterBackend, Told
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


class Moment(NamedTuple):
    plan: Plan
    on: date
    known_at: datetime | None


class PastView(ReadingView, generics.GenericAPIView[Any]):
    """Shows the stored verdicts, or those of the moment that is asked for."""

    moment: Moment | None = None
    past: Verdicts | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        StrictFilterBackend().check(request, self.get_queryset(), self)
        if AS_OF in request.query_params:
            plan, known_at = self.asked_plan(request), None
            day = _day(request, plan)
            if KNOWN_AT in request.query_params:
                known_at = parameters.instant(request, KNOWN_AT, now=clock.now())
            self.moment = Moment(plan, day, known_at)
            self.past = history.verdicts(plan, on=day, known_at=known_at)
        elif KNOWN_AT in request.query_params:
            raise conflict(
                KNOWN_AT, _("This needs as_of: the day whose state is shown as it was known then.")
            )

    def asked_plan(self, request: Request) -> Plan:
        return parameters.plan(request)


class PastFilter(rest.FilterSet):
    as_of = Told(kinds.A_DAY, STATE_OF)
    known_at = Told(kinds.AN_INSTANT, KNOWN_BY)

    request: Any

    @property
    def past(self) -> Verdicts | None:
        found: Verdicts | None = self.request.parser_context["view"].past
        return found


class AnyVerdict(AnyWord):
    """`status=a,b`: of the verdicts that are shown."""

    parent: PastFilter

    def __init__(self, words: Mapping[Any, labels.Label], column: str) -> None:
        super().__init__(words, f"rollup__{column}")
        self.column = column

    def filter(self, rows: QuerySet[Model], words: list[str] | None) -> QuerySet[Model]:
        if not words or self.parent.past is None:
            return super().filter(rows, words)
        return fitting(rows, self.parent.past, lambda verdict: getattr(verdict, self.column) in words)


def fitting(rows: QuerySet[Model], past: Verdicts, fits: Callable[[Any], bool]) -> QuerySet[Model]:
    """The rows, commitments or targets, whose verdict fits."""
    verdicts: Mapping[int, Any] = past.commitments if rows.model is Commitment else past.targets
    return rows.filter(pk__in=[row for row, verdict in verdicts.items() if fits(verdict)])


class PastOrdering(Ordering):
    """Refuses the `judged` terms where other verdicts are shown than the stored ones, which alone can order."""

    parent: PastFilter

    def __init__(self, *, judged: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.judged = judged

    def filter(self, rows: QuerySet[Model], terms: list[str] | None) -> QuerySet[Model]:
        refused = any(term.removeprefix("-") in self.judged for term in terms or ())
        if refused and self.parent.past is not None:
            message = _("With as_of, rows cannot be ordered by a verdict; there are: %(known)s.")
            known = [name for name in self.param_map or () if name not in self.judged]
            raise conflict("ordering", message % {"known": ", ".join(known)})
        return super().filter(rows, terms)


def _day(request: Request, plan: Plan) -> date:
    day = parameters.day(request, AS_OF)
    try:
        history.check_day(plan, day, today=clock.today(plan.time_zone))
    except history.NoSuchDayError as error:
        raise absent(AS_OF, str(error)) from None
    return day
