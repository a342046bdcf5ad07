from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, NullIf
from django_filters import rest_framework as rest
from rest_framework import serializers

from .. import labels
from ..models import Baseline, Target
from .fields import Label, Number, Text, Word
from .filters import AnyOf, AnyWord, Ordering, Search
from .reading import ListView

VALUE_IN_FORCE = Coalesce("rollup__target_value", "value")
DUE_IN_FORCE = Coalesce("rollup__due_on", "due_on")


def with_verdicts() -> QuerySet[Target]:
    """Targets with their stored verdicts; what is in force stands beside the original where the two differ."""
    return Target.objects.select_related("rollup", "baseline").annotate(
        value_in_force=VALUE_IN_FORCE,
        due_in_force=DUE_IN_FORCE,
        original_value=NullIf(F("value"), VALUE_IN_FORCE),
        original_due_on=NullIf(F("due_on"), DUE_IN_FORCE),
    )


class BaselineSerializer(serializers.ModelSerializer[Baseline]):
    value = Number()

    class Meta:
        model = Baseline
        fields = ["value", "on", "comparability"]


class TargetSerializer(serializers.ModelSerializer[Target]):
    """A target as it stands within its commitment. Everything judged is null until the first roll-up."""

    value = Number(source="value_in_force", help_text="The target in force, in `unit`.")
    due_on = serializers.DateField(source="due_in_force", help_text="The due date in force.")
    original_value = Number(allow_null=True, help_text="As published, where it has been revised.")
    original_due_on = serializers.DateField(
        allow_null=True, help_text="As published, where it has been revised."
    )
    baseline = BaselineSerializer(allow_null=True, help_text="Last year's result.")
    actual = Number(source="rollup.actual", allow_null=True)
    planned = Number(source="rollup.planned", allow_null=True, help_text="Where the target should be by now.")
    progress = Number(
        source="rollup.progress", allow_null=True, help_text="From baseline to target, as a fraction."
    )
    gap = Number(source="rollup.gap", allow_null=True, help_text="Progress less planned progress, in points.")
    status = Word(labels.STATUS, source="rollup.status", allow_null=True)
    status_label = Label(labels.STATUS, source="rollup.status", allow_null=True)
    reason = Text(source="rollup.reason", allow_null=True, help_text="The rule that decided.")
    rule_set = Text(source="rollup.rule_set", allow_null=True)
    freshness = Word(labels.FRESHNESS, source="rollup.freshness", allow_null=True)
    data_as_of = serializers.DateField(source="rollup.latest_on", allow_null=True)
    sample = serializers.BooleanField(
        source="rollup.is_sample", allow_null=True, help_text="Rests on sample data."
    )

    class Meta:
        model = Target
        fields = [
            "code", "headline", "title", "title_en", "kind", "accumulation", "direction", "goal", "comparator",
            "value", "unit", "unit_en", "starts_on", "due_on", "due_basis", "trajectory", "original_value",
            "original_due_on", "baseline", "actual", "planned", "progress", "gap", "status", "status_label",
            "reason", "rule_set", "freshness", "data_as_of", "sample",
        ]  # fmt: skip
        read_only_fields = fields


class FlatTargetSerializer(TargetSerializer):
    """A target with the codes of its plan and commitment."""

    plan = Text(source="commitment.plan.code")
    commitment = Text(source="commitment.code")

    class Meta(TargetSerializer.Meta):
        fields = ["plan", "commitment", *TargetSerializer.Meta.fields]
        read_only_fields = fields


class TargetFilter(rest.FilterSet):
    plan = AnyOf(field_name="commitment__plan__code")
    commitment = AnyOf(field_name="commitment__code")
    priority = AnyOf(field_name="commitment__priority__code")
    lead_agency = AnyOf(field_name="commitment__lead_agency__code")
    kind = AnyWord(labels.KIND, "kind")
    status = AnyWord(labels.STATUS, "rollup__status")
    freshness = AnyWord(labels.FRESHNESS, "rollup__freshness")
    headline = rest.BooleanFilter()
    due_after = rest.DateFilter(field_name="due_in_force", lookup_expr="gte")
    due_before = rest.DateFilter(field_name="due_in_force", lookup_expr="lte")
    search = Search("code", "title", "title_en", "commitment__title", "commitment__title_en")
    ordering = Ordering(
        fields={
            "code": "code",
            "due_in_force": "due_on",
            "rollup__gap": "gap",
            "rollup__latest_on": "data_as_of",
        }
    )


class TargetList(ListView[Target]):
    """The measurable ends of the commitments, each with its current verdict."""

    queryset = with_verdicts().select_related("commitment__plan")
    serializer_class = FlatTargetSerializer
    filterset_class = TargetFilter
