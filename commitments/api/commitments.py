from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from .. import labels
from ..explanations import why_commitment
from ..models import Commitment, CommitmentSupport, Plan
from .fields import Label, Text, Word
from .filters import AnyOf, AnyWord, OfPlans, Search
from .past import PARAMETERS, AnyVerdict, PastFilter, PastOrdering, PastView
from .reading import DetailView, ListView
from .targets import TargetSerializer, verdict_of, with_verdicts


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
    why = serializers.SerializerMethodField(
        help_text="The rule and the numbers behind it as a sentence, in the reader's language."
    )
    decided_by = serializers.SerializerMethodField(help_text="The code of the target that decided.")
    freshness = Word(labels.FRESHNESS, source="rollup.freshness", allow_null=True)
    owner_confidence = Word(
        labels.CONFIDENCE,
        source="rollup.owner_confidence",
        allow_null=True,
        help_text="How sure the responsible agency is of delivery.",
    )
    supervision_confidence = Word(
        labels.CONFIDENCE,
        source="rollup.supervision_confidence",
        allow_null=True,
        help_text="How sure the supervision office is of delivery.",
    )
    confidence_gap = serializers.IntegerField(
        source="rollup.confidence_gap",
        allow_null=True,
        help_text="Steps, 0 to 2, between the most and the least hopeful of the two and the status.",
    )
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
            "status", "status_label", "reason", "why", "decided_by", "freshness", "owner_confidence",
            "supervision_confidence", "confidence_gap", "assessed_on", "sample", "lifecycle", "dropped_on",
            "dropped_authority", "dropped_reason", "note", "note_en", "source", "url", "targets",
        ]  # fmt: skip
        read_only_fields = fields

    def get_why(self, commitment: Commitment) -> str | None:
        return why_commitment(commitment) if hasattr(commitment, "rollup") else None

    def get_decided_by(self, commitment: Commitment) -> str | None:
        target = commitment.deciding_target if hasattr(commitment, "rollup") else None
        return target.code if target else None

    def get_sample(self, commitment: Commitment) -> bool:
        verdicts = map(verdict_of, commitment.targets.all())
        return any(verdict.is_sample for verdict in verdicts if verdict)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, commitment: Commitment) -> str:
        page = reverse("dashboard:plan", args=[commitment.plan.code], request=self.context["request"])
        return f"{page}#{commitment.code}"


class CommitmentFilter(PastFilter):
    plan = OfPlans(field_name="plan__code")
    priority = AnyOf(field_name="priority__code")
    lead_agency = AnyOf(field_name="lead_agency__code")
    agency = AnyOf(method="led_or_supported")
    tier = AnyWord(labels.TIER, "tier")
    lifecycle = AnyWord(labels.LIFECYCLE, "lifecycle")
    status = AnyVerdict(labels.STATUS, "status")
    freshness = AnyVerdict(labels.FRESHNESS, "freshness")
    search = Search("code", "title", "title_en", "section", "section_en")
    ordering = PastOrdering(
        judged=("status",),
        fields={
            "position": "position",
            "code": "code",
            "priority__position": "priority",
            "lead_agency__code": "lead_agency",
            "rollup__status": "status",
        },
    )

    def led_or_supported(self, rows: QuerySet[Model], _name: str, agencies: list[str]) -> QuerySet[Model]:
        supported = CommitmentSupport.objects.filter(agency__code__in=agencies).values("commitment")
        return rows.filter(Q(lead_agency__code__in=agencies) | Q(pk__in=supported))


class CommitmentList(PastView, ListView[Commitment]):
    """The pledges, each with its current status and its targets, in the order of the plan."""

    queryset = (
        Commitment.objects.select_related("plan", "priority", "lead_agency", "rollup", "source")
        .defer("source__text")
        .prefetch_related("supporting_agencies", Prefetch("targets", with_verdicts()))
    )
    serializer_class = CommitmentSerializer
    filterset_class = CommitmentFilter

    def paginate_queryset(self, queryset: Any) -> Any:
        page: Any = super().paginate_queryset(queryset)
        if self.past:
            self.past.attach(page)
        return page


@extend_schema(parameters=PARAMETERS)
class CommitmentDetail(PastView, DetailView[Commitment]):
    """One pledge of a plan."""

    queryset = CommitmentList.queryset
    serializer_class = CommitmentSerializer
    filterset_class = PastFilter
    lookup_field = "code"
    absent = gettext_lazy("%(plan)s has no commitment %(code)s.")

    def asked_plan(self, _request: Request) -> Plan:
        found = Plan.objects.published().filter(code=self.kwargs["plan"]).first()
        if found is None:
            raise Http404(self.absent % self.kwargs)
        return found

    def get_queryset(self) -> QuerySet[Commitment]:
        return super().get_queryset().filter(plan__code=self.kwargs["plan"])

    def get_object(self) -> Commitment:
        commitment: Commitment = super().get_object()
        if self.past:
            self.past.attach([commitment])
        return commitment
