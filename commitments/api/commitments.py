from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet
from django_filters import rest_framework as rest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from .. import labels
from ..models import Commitment, CommitmentSupport
from .fields import Label, Text, Word
from .filters import AnyOf, AnyWord, Ordering, Search
from .reading import DetailView, ListView
from .targets import TargetSerializer, with_verdicts


class CitationSerializer(serializers.Serializer[Commitment]):
    """Where the pledge was made: these characters of a text with this digest."""

    document = Text(source="source.key")
    title = Text(source="source.title")
    publisher = Text(source="source.publisher")
    sha256 = Text(source="source.sha256")
    char_start = serializers.IntegerField()
    char_end = serializers.IntegerField()

    def to_representation(self, commitment: Commitment) -> Any:
        return super().to_representation(commitment) if commitment.source else None


class CommitmentSerializer(serializers.ModelSerializer[Commitment]):
    """A pledge, its current verdict and its targets. Everything judged is null until the first roll-up."""

    plan = Text(source="plan.code")
    priority = Text(source="priority.code")
    priority_title = Text(source="priority.title")
    priority_title_en = Text(source="priority.title_en")
    lead_agency = Text(source="lead_agency.code")
    lead_agency_name = Text(source="lead_agency.name")
    lead_agency_name_en = Text(source="lead_agency.name_en")
    supporting_agencies = serializers.SlugRelatedField[Any](many=True, read_only=True, slug_field="code")
    status = Word(labels.STATUS, source="rollup.status", allow_null=True)
    status_label = Label(labels.STATUS, source="rollup.status", allow_null=True)
    reason = Text(source="rollup.reason", allow_null=True, help_text="The rule that decided.")
    freshness = Word(labels.FRESHNESS, source="rollup.freshness", allow_null=True)
    assessed_on = serializers.DateField(source="rollup.assessed_on", allow_null=True)
    sample = serializers.SerializerMethodField(help_text="Rests on sample data.")
    source = CitationSerializer(source="*", allow_null=True)  # type: ignore[assignment]
    url = serializers.SerializerMethodField(help_text="The place on the public page.")
    targets = TargetSerializer(many=True)

    class Meta:
        model = Commitment
        fields = [
            "plan", "code", "title", "title_en", "priority", "priority_title", "priority_title_en", "section",
            "section_en", "lead_agency", "lead_agency_name", "lead_agency_name_en", "supporting_agencies", "tier",
            "status", "status_label", "reason", "freshness", "assessed_on", "sample", "lifecycle", "dropped_on",
            "dropped_authority", "dropped_reason", "note", "note_en", "source", "url", "targets",
        ]  # fmt: skip
        read_only_fields = fields

    def get_sample(self, commitment: Commitment) -> bool:
        return any(
            target.rollup.is_sample for target in commitment.targets.all() if hasattr(target, "rollup")
        )

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, commitment: Commitment) -> str:
        page = reverse("dashboard:plan", args=[commitment.plan.code], request=self.context["request"])
        return f"{page}#{commitment.code}"


class CommitmentFilter(rest.FilterSet):
    plan = AnyOf(field_name="plan__code")
    priority = AnyOf(field_name="priority__code")
    lead_agency = AnyOf(field_name="lead_agency__code")
    agency = AnyOf(method="led_or_supported")
    tier = AnyWord(labels.TIER, "tier")
    lifecycle = AnyWord(labels.LIFECYCLE, "lifecycle")
    status = AnyWord(labels.STATUS, "rollup__status")
    freshness = AnyWord(labels.FRESHNESS, "rollup__freshness")
    search = Search("code", "title", "title_en", "section", "section_en")
    ordering = Ordering(
        fields={
            "position": "position",
            "code": "code",
            "priority__position": "priority",
            "lead_agency__code": "lead_agency",
            "rollup__status": "status",
        }
    )

    def led_or_supported(self, rows: QuerySet[Model], _name: str, agencies: list[str]) -> QuerySet[Model]:
        supported = CommitmentSupport.objects.filter(agency__code__in=agencies).values("commitment")
        return rows.filter(Q(lead_agency__code__in=agencies) | Q(pk__in=supported))


class CommitmentList(ListView[Commitment]):
    """The pledges, each with its current status and its targets, in the order of the plan."""

    queryset = (
        Commitment.objects.select_related("plan", "priority", "lead_agency", "rollup", "source")
        .defer("source__text")
        .prefetch_related("supporting_agencies", Prefetch("targets", with_verdicts()))
    )
    serializer_class = CommitmentSerializer
    filterset_class = CommitmentFilter


class CommitmentDetail(DetailView[Commitment]):
    """One pledge of a plan."""

    queryset = CommitmentList.queryset
    serializer_class = CommitmentSerializer
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Commitment]:
        return super().get_queryset().filter(plan__code=self.kwargs["plan"])
