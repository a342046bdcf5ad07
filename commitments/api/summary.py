from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from .. import labels
from ..domain.enums import Status
from ..domain.shares import shares
from ..models import CommitmentRollup, Jurisdiction, Plan, TargetRollup
from ..rollups import read
from .fields import ALWAYS_THERE, Text, Word
from .filters import AnyOf, AnyWord, OfPlans
from .past import PastFilter, PastView
from .reading import DetailView, ListView

SHARE_PLACES = 4


class Wider(StrEnum):
    """Scopes counted over plans, beside those within one."""

    JURISDICTION = "jurisdiction"


SCOPES: Mapping[Any, labels.Label] = {
    **labels.SCOPE,
    Wider.JURISDICTION: gettext_lazy("Jurisdiction"),
}


class CountsSerializer(serializers.Serializer[read.PlaceSummary]):
    """A whole number for each status."""

    def get_fields(self) -> dict[str, Any]:
        return {status.value: serializers.IntegerField() for status in Status}


class SharesSerializer(serializers.Serializer[read.PlaceSummary]):
    """A fraction of the commitments for each status; together they make 1."""

    def get_fields(self) -> dict[str, Any]:
        return {status.value: serializers.FloatField() for status in Status}

    def to_representation(self, place: read.PlaceSummary) -> dict[str, float]:
        rounded = shares([place[status] for status in Status], SHARE_PLACES)
        return {status.value: float(share) for status, share in zip(Status, rounded, strict=True)}


class SummarySerializer(serializers.Serializer[read.PlaceSummary]):
    """The commitments of a place, counted by status."""

    plan = Text(source="of_plan", allow_null=True, help_text="Null for a jurisdiction.")
    scope = Word(SCOPES)
    priority = Text(source="of_priority", allow_null=True, help_text="Title of the priority or section.")
    code = Text(
        allow_null=True,
        help_text="Code of the priority, agency or jurisdiction; null for a plan and a section.",
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
        extra_kwargs = dict.fromkeys(("title", "title_en"), ALWAYS_THERE)


class JurisdictionSummarySerializer(SummarySerializer):
    """The commitments of a place and of the places below it, counted by status."""

    scheme = Text(help_text="The scheme that the place's code is from.")
    plans = CountedPlanSerializer(
        many=True, help_text="The plans that are added up: for each place the one that counts for it."
    )


class SummaryFilter(PastFilter):
    plan = OfPlans(field_name="plan")
    scope = AnyWord(labels.SCOPE, "scope")
    priority = AnyOf(field_name="priority__code")
    agency = AnyOf(field_name="agency__code")


class SummaryList(PastView, ListView[Any]):
    """Counts and shares of statuses.

    There is one row for each plan as a whole, priority, section, and agency as lead and as support.
    """

    queryset = read.places()
    serializer_class = SummarySerializer
    filterset_class = SummaryFilter
    states = staticmethod(read.summaries)


class JurisdictionSummary(DetailView[Any]):
    """Counts and shares over the published plans of a year that count for a place and for all places below it."""

    queryset = Jurisdiction.objects.all()
    serializer_class = JurisdictionSummarySerializer
    lookup_field = "code"
    absent = gettext_lazy("There is no jurisdiction %(code)s.")
    planless = gettext_lazy("%(code)s has no plan for %(year)s.")
    unjudged = gettext_lazy("The %(year)s plan of %(code)s has not been judged yet.")

    def get_object(self) -> read.PlaceSummary:
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
            "scheme": place.scheme,
            "title": place.name,
            "title_en": place.name_en,
            "total": sum(counts.values()),
            "plans": read.with_verdicts(plans).select_related("jurisdiction").order_by("code"),
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
