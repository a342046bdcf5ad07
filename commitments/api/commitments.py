from typing import Any

from django.db.models import Model, Q, QuerySet
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
from ..models.lifecycle import LifecycleTerms
from ..rollups import read
from ..states import CommitmentState
from .fields import Label, StateSerializer, Text, Word
from .filters import AnyOf, AnyWord, OfPlans, Ordering, Search
from .past import PARAMETERS, PastFilter, PastView
from .reading import DetailView, ListView
from .targets import TargetSerializer


class CitationSerializer(serializers.Serializer[Commitment]):
    """The place of the commitment: these characters of a text with this digest."""

    document = Text(source="source.key")
    title = Text(source="source.title")
    publisher = Text(source="source.publisher")
    sha256 = Text(source="source.sha256")
    char_start = serializers.IntegerField()
    char_end = serializers.IntegerField()

    def to_representation(self, commitment: Commitment) -> Any:
        return super().to_representation(commitment) if commitment.source else None


class CommitmentSerializer(StateSerializer):
    """A commitment, its current verdict and its targets. Every judged field is null until the first roll-up."""

    row = "commitment"
    elsewhere = dict.fromkeys(LifecycleTerms._fields, "lifecycle")

    plan = Text(source="commitment.plan.code")
    priority = Text(source="commitment.priority.code")
    priority_title = Text(source="commitment.priority.title")
    priority_title_en = Text(source="commitment.priority.title_en")
    lead_agency = Text(source="commitment.lead_agency.code")
    lead_agency_name = Text(source="commitment.lead_agency.name")
    lead_agency_name_en = Text(source="commitment.lead_agency.name_en")
    supporting_agencies = serializers.SerializerMethodField()
    status = Word(labels.STATUS, source="verdict.status", allow_null=True)
    status_label = Label(labels.STATUS, source="verdict.status", allow_null=True)
    reason = Text(source="verdict.reason", allow_null=True, help_text="The rule that decided.")
    why = serializers.SerializerMethodField(
        help_text="The rule and the numbers behind it as a sentence, in the reader's language."
    )
    decided_by = serializers.SerializerMethodField(help_text="The code of the target that decided.")
    freshness = Word(labels.FRESHNESS, source="verdict.freshness", allow_null=True)
    report_state = Word(
        labels.DUTY_STATE,
        source="verdict.report_state",
        allow_null=True,
        help_text="The state of its reports on the day, by what had been sent and decided by its end.",
    )
    report_state_label = Label(labels.DUTY_STATE, source="verdict.report_state", allow_null=True)
    report_due_on = serializers.DateField(
        source="verdict.report_due_on",
        allow_null=True,
        help_text="The day on which the report that is due or late was due.",
    )
    owner_confidence = Word(
        labels.CONFIDENCE,
        source="verdict.owner_confidence",
        allow_null=True,
        help_text="How sure the responsible agency is of delivery.",
    )
    supervision_confidence = Word(
        labels.CONFIDENCE,
        source="verdict.supervision_confidence",
        allow_null=True,
        help_text="How sure the supervision office is of delivery.",
    )
    confidence_gap = serializers.IntegerField(
        source="verdict.confidence_gap",
        allow_null=True,
        help_text="Steps, 0 to 2, between the most and the least hopeful of the two and the status.",
    )
    assessed_on = serializers.DateField(source="verdict.assessed_on", allow_null=True)
    sample = serializers.SerializerMethodField(help_text="Based on sample data.")
    source = CitationSerializer(source="commitment", allow_null=True)  # type: ignore[assignment]
    url = serializers.SerializerMethodField(help_text="The place on the public page.")
    targets = TargetSerializer(many=True)

    class Meta:
        model = Commitment
        fields = [
            "plan", "code", "title", "title_en", "priority", "priority_title", "priority_title_en", "section",
            "section_en", "lead_agency", "lead_agency_name", "lead_agency_name_en", "supporting_agencies", "tier",
            "status", "status_label", "reason", "why", "decided_by", "freshness", "report_state",
            "report_state_label", "report_due_on", "owner_confidence", "supervision_confidence",
            "confidence_gap", "assessed_on", "sample", "lifecycle", "dropped_on",
            "dropped_authority", "dropped_reason", "note", "note_en", "source", "url", "targets",
        ]  # fmt: skip
        read_only_fields = fields

    def get_supporting_agencies(self, state: CommitmentState) -> list[str]:
        return [agency.code for agency in state.commitment.supporting_agencies.all()]

    def get_why(self, state: CommitmentState) -> str | None:
        return why_commitment(state) or None

    def get_decided_by(self, state: CommitmentState) -> str | None:
        return state.decider.target.code if state.decider else None

    def get_sample(self, state: CommitmentState) -> bool:
        return any(each.verdict.is_sample for each in state.targets if each.verdict)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, state: CommitmentState) -> str:
        plan, code = state.commitment.plan, state.commitment.code
        page = reverse("dashboard:plan", args=[plan.code], request=self.context["request"])
        return f"{page}#{code}"


class CommitmentFilter(PastFilter):
    plan = OfPlans(field_name="plan")
    priority = AnyOf(field_name="priority__code")
    lead_agency = AnyOf(field_name="lead_agency__code")
    agency = AnyOf(method="led_or_supported")
    tier = AnyWord(labels.TIER, "tier")
    lifecycle = AnyWord(labels.LIFECYCLE, "lifecycle")
    status = AnyWord(labels.STATUS, "judged_status")
    freshness = AnyWord(labels.FRESHNESS, "judged_freshness")
    report_state = AnyWord(labels.DUTY_STATE, "judged_report_state")
    search = Search("code", "title", "title_en", "section", "section_en")
    ordering = Ordering(
        fields={
            "position": "position",
            "code": "code",
            "priority__position": "priority",
            "lead_agency__code": "lead_agency",
            "judged_status": "status",
        },
    )

    def led_or_supported(self, rows: QuerySet[Model], _name: str, agencies: list[str]) -> QuerySet[Model]:
        supported = CommitmentSupport.objects.filter(agency__code__in=agencies).values("commitment")
        return rows.filter(Q(lead_agency__code__in=agencies) | Q(pk__in=supported))


class CommitmentList(PastView, ListView[Commitment]):
    """The commitments with their current status and targets, in the order of the plan; the newest plan first."""

    queryset = (
        Commitment.objects.select_related("plan", "priority", "lead_agency", "source")
        .defer("source__text")
        .prefetch_related("supporting_agencies")
        .order_by("-plan_id", "position", "pk")
    )
    serializer_class = CommitmentSerializer
    filterset_class = CommitmentFilter

    def get_queryset(self) -> QuerySet[Commitment]:
        return read.selectable(super().get_queryset(), self.at)


@extend_schema(parameters=PARAMETERS)
class CommitmentDetail(PastView, DetailView[Commitment]):
    """One commitment of a plan."""

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

    def get_object(self) -> Any:
        rows = self.filter_queryset(self.get_queryset())
        found = read.state(rows.filter(plan__code=self.kwargs["plan"], code=self.kwargs["code"]), self.at)
        if not found:
            raise Http404(self.absent % self.kwargs)
        return found[0]
