from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, Exists, F, Manager, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from .. import labels
from ..domain.enums import Scope, Status
from ..models import Commitment, CommitmentRollup, Jurisdiction, Plan, StatusCount, TargetRollup
from ..rollups import past as history
from ..rollups import read
from ..rollups.past import Verdicts
from .fields import Text, Word
from .filters import AnyOf, AnyWord, OfPlans
from .past import Moment, PastFilter, PastView
from .reading import DetailView, ListView

Place = dict[str, Any]
SHARE_PLACES = 4


class Wider(StrEnum):
    """What is counted over plans, beside the scopes within one."""

    JURISDICTION = "jurisdiction"


SCOPES: Mapping[Any, labels.Label] = {
    **labels.SCOPE,
    Wider.JURISDICTION: gettext_lazy("Jurisdiction"),
}


class CountsSerializer(serializers.Serializer[Place]):
    """A whole number for each status."""

    def get_fields(self) -> dict[str, Any]:
        return {status.value: serializers.IntegerField() for status in Status}


class SharesSerializer(serializers.Serializer[Place]):
    """A fraction of the commitments for each status."""

    def get_fields(self) -> dict[str, Any]:
        return {status.value: serializers.FloatField() for status in Status}

    def to_representation(self, place: Place) -> dict[str, float]:
        total = place["total"] or 1
        return {status.value: round(place[status] / total, SHARE_PLACES) for status in Status}


class SummarySerializer(serializers.Serializer[Place]):
    """How many commitments of a place have which status."""

    plan = Text(source="of_plan", allow_null=True, help_text="Null for a jurisdiction.")
    scope = Word(SCOPES)
    priority = Text(source="of_priority", allow_null=True, help_text="Of the priority or section.")
    code = Text(
        allow_null=True, help_text="Of the priority, agency or jurisdiction; null for a plan and a section."
    )
    title = Text()
    title_en = Text()
    total = serializers.IntegerField()
    counts = CountsSerializer(source="*")
    shares = SharesSerializer(source="*")
    data_as_of = serializers.DateField(
        allow_null=True, help_text="The newest day that progress was reported for."
    )
    assessed_on = serializers.DateField(help_text="The day the statuses were judged for.")


class CountedPlanSerializer(serializers.ModelSerializer[Plan]):
    jurisdiction = Text(source="jurisdiction.code")

    class Meta:
        model = Plan
        fields = ["code", "title", "title_en", "jurisdiction"]


class JurisdictionSummarySerializer(SummarySerializer):
    """How many commitments of a place, and of the places below it, have which status."""

    plans = CountedPlanSerializer(
        many=True, help_text="The plans that are added up: of each place the one that counts for it."
    )


class SummaryFilter(PastFilter):
    plan = OfPlans(field_name="of_plan")
    scope = AnyWord(labels.SCOPE, "scope")
    priority = AnyOf(field_name="priority__code")
    agency = AnyOf(field_name="agency__code")


def places() -> QuerySet[Any, Any]:
    """One row per plan, priority, section, and lead or supporting agency that has commitments.

    Counts that a plan's last commitment left behind show nothing.
    """
    of_section = Commitment.objects.filter(
        plan=OuterRef("plan"), priority=OuterRef("priority"), section=OuterRef("section")
    ).order_by("position")
    judged = CommitmentRollup.objects.filter(commitment__plan=OuterRef("plan"))
    return (
        StatusCount.objects.filter(Exists(judged), commitments__gt=0)
        .values(
            "scope",
            "priority_id",
            "section",
            "agency_id",
            of_plan=F("plan__code"),
            of_priority=F("priority__code"),
            code=Case(When(section__isnull=True, then=Coalesce("priority__code", "agency__code"))),
            title=Coalesce("section", "priority__title", "agency__name", "plan__title"),
            title_en=Coalesce(
                Subquery(of_section.values("section_en")[:1]),
                "priority__title_en",
                "agency__name_en",
                "plan__title_en",
            ),
        )
        .annotate(
            total=Sum("commitments"),
            **{status.value: Sum("commitments", filter=Q(status=status), default=0) for status in Status},
        )
        .order_by(
            "of_plan",
            F("priority__position").asc(nulls_first=True),
            Subquery(of_section.values("position")[:1]).asc(nulls_first=True),
            F("agency__code").asc(nulls_first=True),
            "scope",
        )
    )


class SummaryList(PastView, ListView[Any]):
    """Counts and shares of statuses: for each plan as a whole, under each priority and section, and for each
    agency as lead and as support."""

    queryset = places()
    serializer_class = SummarySerializer
    filterset_class = SummaryFilter

    def paginate_queryset(self, queryset: Any) -> Any:
        page: Any = super().paginate_queryset(queryset)
        return _in_past(page, self.moment, self.past) if self.moment and self.past else _dated(page)


class JurisdictionSummary(DetailView[Any]):
    """Counts and shares over the published plans of a year that count for a place and for all places below it."""

    queryset = Jurisdiction.objects.all()
    serializer_class = JurisdictionSummarySerializer
    lookup_field = "code"
    absent = gettext_lazy("There is no jurisdiction %(code)s.")
    planless = gettext_lazy("%(code)s has no plan for %(year)s.")
    unjudged = gettext_lazy("Nothing has been judged yet of what %(code)s planned for %(year)s.")

    def get_object(self) -> Place:
        place: Jurisdiction = super().get_object()
        counts = read.jurisdiction_counts(place, self.kwargs["year"])
        plans = read.plans_within(place, self.kwargs["year"])
        if not sum(counts.values()):
            raise Http404((self.unjudged if plans.exists() else self.planless) % self.kwargs)
        return {
            "of_plan": None,
            "scope": Wider.JURISDICTION,
            "of_priority": None,
            "code": place.code,
            "title": place.name,
            "title_en": place.name_en,
            "total": sum(counts.values()),
            "plans": read.judged(plans).select_related("jurisdiction").order_by("code"),
            "data_as_of": _newest(
                TargetRollup.objects.filter(target__commitment__plan__in=plans), "latest_on"
            ),
            "assessed_on": _newest(
                CommitmentRollup.objects.filter(commitment__plan__in=plans), "assessed_on"
            ),
            **{status.value: count for status, count in counts.items()},
        }


def _newest(rollups: QuerySet[Any], day: str) -> date | None:
    newest: date | None = rollups.aggregate(newest=Max(day))["newest"]
    return newest


def _dated(page: Sequence[Place]) -> list[Place]:
    """With the newest days of each place's plan."""
    data_as_of = _of_plans(TargetRollup.objects, "target__commitment__plan__code", "latest_on", page)
    assessed_on = _of_plans(CommitmentRollup.objects, "commitment__plan__code", "assessed_on", page)
    return [
        place | {"data_as_of": data_as_of.get(place["of_plan"]), "assessed_on": assessed_on[place["of_plan"]]}
        for place in page
        if place["of_plan"] in assessed_on
    ]


def _of_plans(rollups: Manager[Any], plan: str, day: str, page: Sequence[Place]) -> dict[str, date]:
    of_page = rollups.filter(**{f"{plan}__in": {place["of_plan"] for place in page}}).order_by()
    return dict(of_page.values_list(plan).annotate(Max(day)))


def _in_past(page: Sequence[Place], moment: Moment, past: Verdicts) -> list[Place]:
    """The places are those of the last roll-up, with the counts of that day: nothing where all moved away."""
    commitments = list(read.without_verdicts(moment.plan))
    past.attach(commitments)
    newest = (rollup.latest_on for rollup in past.targets.values() if rollup.latest_on)
    that_day = {"data_as_of": max(newest, default=None), "assessed_on": moment.on}
    counts = {
        scope: history.status_counts(commitments, scope)
        for scope in {Scope(place["scope"]) for place in page}
    }
    return [place | _counted(counts[Scope(place["scope"])].get(_key(place), {})) | that_day for place in page]


def _counted(counts: read.Counts) -> Place:
    return {"total": sum(counts.values()), **{status.value: counts.get(status, 0) for status in Status}}


def _key(place: Place) -> read.Place:
    return read.place_in(Scope(place["scope"]), place["priority_id"], place["section"], place["agency_id"])
