from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django_filters import rest_framework as rest
from rest_framework import serializers

from .. import labels
from ..domain.words import Status
from ..models import CommitmentRollup, StatusCount, TargetRollup
from .fields import Text, Word
from .filters import AnyOf, AnyWord
from .reading import ListView

Place = dict[str, Any]
SHARE_PLACES = 4


class CountsSerializer(serializers.Serializer[Place]):
    """A whole number for each status."""

    def get_fields(self) -> dict[str, Any]:
        return {status.value: serializers.IntegerField() for status in Status}


class SharesSerializer(serializers.Serializer[Place]):
    """A fraction of the commitments for each status."""

    def get_fields(self) -> dict[str, Any]:
        return {status.value: serializers.FloatField() for status in Status}

    def to_representation(self, place: Place) -> dict[str, float]:
        return {status.value: round(place[status] / place["total"], SHARE_PLACES) for status in Status}


class SummarySerializer(serializers.Serializer[Place]):
    """How many commitments of a plan, a priority or a lead agency have which status."""

    plan = Text(source="of_plan")
    scope = Word(labels.SCOPE)
    code = Text(allow_null=True, help_text="Of the priority or agency; null for the whole plan.")
    title = Text()
    title_en = Text()
    total = serializers.IntegerField()
    counts = CountsSerializer(source="*")
    shares = SharesSerializer(source="*")
    data_as_of = serializers.DateField(
        allow_null=True, help_text="The newest day that progress was reported for."
    )
    assessed_on = serializers.DateField(help_text="The day the statuses were judged for.")


class SummaryFilter(rest.FilterSet):
    plan = AnyOf(field_name="of_plan")
    scope = AnyWord(labels.SCOPE, "scope")
    priority = AnyOf(field_name="priority__code")
    agency = AnyOf(field_name="agency__code")


def places() -> QuerySet[Any, Any]:
    """One row per plan, priority and lead agency that has commitments."""
    data_as_of = _of_plan(TargetRollup.objects.order_by(), "target__commitment__plan", Max("latest_on"))
    assessed_on = _of_plan(CommitmentRollup.objects.order_by(), "commitment__plan", Max("assessed_on"))
    return (
        StatusCount.objects.values(
            "scope",
            of_plan=F("plan__code"),
            code=Coalesce("priority__code", "agency__code"),
            title=Coalesce("priority__title", "agency__name", "plan__title"),
            title_en=Coalesce("priority__title_en", "agency__name_en", "plan__title_en"),
        )
        .annotate(
            total=Sum("commitments"),
            data_as_of=data_as_of,
            assessed_on=assessed_on,
            **{status.value: Sum("commitments", filter=Q(status=status)) for status in Status},
        )
        .filter(total__gt=0)
        .order_by(
            "of_plan", F("priority__position").asc(nulls_first=True), F("agency__code").asc(nulls_first=True)
        )
    )


def _of_plan(rollups: QuerySet[Any], plan: str, newest: Max) -> Subquery:
    of_plan = rollups.filter(**{plan: OuterRef("plan")}).values(plan).annotate(newest=newest)
    return Subquery(of_plan.values("newest"))


class SummaryList(ListView[Any]):
    """Counts and shares of statuses: for each plan as a whole, under each priority, and for each lead agency."""

    queryset = places()
    serializer_class = SummarySerializer
    filterset_class = SummaryFilter
