import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.functions import Coalesce
from rest_framework import serializers

from .. import labels
from ..domain.flags import Flag
from ..explanations import why
from ..models import Baseline, Target, TargetRollup
from .fields import Label, Number, Text, Word, number
from .filters import AnyOf, AnyWord, Day, OfPlans, Search, YesOrNo
from .past import AnyVerdict, PastFilter, PastOrdering, PastView, fitting
from .reading import ListView


def with_verdicts() -> QuerySet[Target]:
    """Targets with their stored verdicts and all that says why."""
    return Target.objects.select_related("rollup__rule_set", "baseline")


def verdict_of(target: Target) -> TargetRollup | None:
    return getattr(target, "rollup", None)


class BaselineSerializer(serializers.ModelSerializer[Baseline]):
    value = Number()

    class Meta:
        model = Baseline
        fields = ["value", "on", "comparability"]


class ForecastSerializer(serializers.Serializer[TargetRollup]):
    """The value at the due date if the pace lasts, with an 80 % interval."""

    value = Number(source="forecast")
    low = Number(source="forecast_low")
    high = Number(source="forecast_high")

    def to_representation(self, rollup: TargetRollup) -> Any:
        return None if rollup.forecast is None else super().to_representation(rollup)


class TargetSerializer(serializers.ModelSerializer[Target]):
    """A target as it stands within its commitment. Everything judged is null until the first roll-up."""

    value = serializers.SerializerMethodField("value_in_force", help_text="The target in force, in `unit`.")
    due_on = serializers.SerializerMethodField(help_text="The due date in force.")
    original_value = serializers.SerializerMethodField(help_text="As published, where it has been revised.")
    original_due_on = serializers.SerializerMethodField(help_text="As published, where it has been revised.")
    baseline = BaselineSerializer(allow_null=True, help_text="Last year's result.")
    start_value = Number(
        source="rollup.start_value", allow_null=True, help_text="Where progress is measured from."
    )
    actual = Number(source="rollup.actual", allow_null=True)
    planned = Number(source="rollup.planned", allow_null=True, help_text="Where the target should be by now.")
    progress = Number(
        source="rollup.progress", allow_null=True, help_text="From start to target, as a fraction."
    )
    gap = Number(source="rollup.gap", allow_null=True, help_text="Progress less planned progress, in points.")
    status = Word(labels.STATUS, source="rollup.status", allow_null=True)
    status_label = Label(labels.STATUS, source="rollup.status", allow_null=True)
    reason = Text(source="rollup.reason", allow_null=True, help_text="The rule that decided.")
    why = serializers.SerializerMethodField(
        help_text="The rule and the numbers behind it as a sentence, in the reader's language."
    )
    rule_set = Text(source="rollup.rule_set_id", allow_null=True)
    freshness = Word(labels.FRESHNESS, source="rollup.freshness", allow_null=True)
    data_as_of = serializers.DateField(source="rollup.latest_on", allow_null=True)
    first_met_on = serializers.DateField(
        source="rollup.first_met_on", allow_null=True, help_text="When a goal to reach was first met."
    )
    worst = Number(
        source="rollup.worst",
        allow_null=True,
        help_text="Of a goal to maintain: the reading furthest on the wrong side.",
    )
    overdue_since = serializers.DateField(
        source="rollup.overdue_since",
        allow_null=True,
        help_text="The due date of the oldest stage that is due and not done.",
    )
    forecast = ForecastSerializer(source="rollup", allow_null=True)
    pace = Number(source="rollup.pace", allow_null=True, help_text="Present pace, per 30 days.")
    required_pace = Number(
        source="rollup.required_pace",
        allow_null=True,
        help_text="What is left to do until the due date, per 30 days.",
    )
    flags = serializers.ListField(
        source="rollup.flags",
        child=serializers.ChoiceField([flag.value for flag in Flag]),
        allow_null=True,
        help_text="What a reader may want to look at twice.",
    )
    newest_entries = serializers.ListField(
        source="rollup.newest_entries",
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="The `id`s of the newest entries used, newest first.",
    )
    sample = serializers.BooleanField(
        source="rollup.is_sample", allow_null=True, help_text="Rests on sample data."
    )

    class Meta:
        model = Target
        fields = [
            "code", "headline", "title", "title_en", "kind", "accumulation", "direction", "goal", "comparator",
            "value", "unit", "unit_en", "starts_on", "due_on", "due_basis", "trajectory", "original_value",
            "original_due_on", "baseline", "start_value", "actual", "planned", "progress", "gap", "status",
            "status_label", "reason", "why", "rule_set", "freshness", "data_as_of", "first_met_on", "worst",
            "overdue_since", "forecast", "pace", "required_pace", "flags", "newest_entries", "sample",
        ]  # fmt: skip
        read_only_fields = fields

    def value_in_force(self, target: Target) -> float:
        return number(_in_force(target)[0])

    def get_due_on(self, target: Target) -> date:
        return _in_force(target)[1]

    def get_original_value(self, target: Target) -> float | None:
        return None if target.value == _in_force(target)[0] else number(target.value)

    def get_original_due_on(self, target: Target) -> date | None:
        return None if target.due_on == _in_force(target)[1] else target.due_on

    def get_why(self, target: Target) -> str | None:
        verdict = verdict_of(target)
        return why(target, verdict) if verdict else None


def _in_force(target: Target) -> tuple[Decimal, date]:
    verdict = verdict_of(target)
    return (verdict.target_value, verdict.due_on) if verdict else (target.value, target.due_on)


class FlatTargetSerializer(TargetSerializer):
    """A target with the codes of its plan and commitment."""

    plan = Text(source="commitment.plan.code")
    commitment = Text(source="commitment.code")

    class Meta(TargetSerializer.Meta):
        fields = ["plan", "commitment", *TargetSerializer.Meta.fields]
        read_only_fields = fields


class DueFilter(Day):
    """By the due date in force."""

    parent: PastFilter

    def __init__(self, lookup: str, compare: Callable[[date, date], bool]) -> None:
        super().__init__(field_name="due_in_force", lookup_expr=lookup)
        self.compare = compare

    def filter(self, rows: QuerySet[Model], day: date | None) -> QuerySet[Model]:
        if day is None or self.parent.past is None:
            return super().filter(rows, day)
        return fitting(rows, self.parent.past, lambda verdict: self.compare(verdict.due_on, day))


class TargetFilter(PastFilter):
    plan = OfPlans(field_name="commitment__plan__code")
    commitment = AnyOf(field_name="commitment__code")
    priority = AnyOf(field_name="commitment__priority__code")
    lead_agency = AnyOf(field_name="commitment__lead_agency__code")
    kind = AnyWord(labels.KIND, "kind")
    status = AnyVerdict(labels.STATUS, "status")
    freshness = AnyVerdict(labels.FRESHNESS, "freshness")
    headline = YesOrNo()
    due_after = DueFilter("gte", operator.ge)
    due_before = DueFilter("lte", operator.le)
    search = Search("code", "title", "title_en", "commitment__title", "commitment__title_en")
    ordering = PastOrdering(
        judged=("due_on", "gap", "data_as_of"),
        fields={
            "code": "code",
            "due_in_force": "due_on",
            "rollup__gap": "gap",
            "rollup__latest_on": "data_as_of",
        },
    )


class TargetList(PastView, ListView[Target]):
    """The measurable ends of the commitments, each with its current verdict."""

    queryset = (
        with_verdicts()
        .select_related("commitment__plan")
        .annotate(due_in_force=Coalesce("rollup__due_on", "due_on"))
    )
    serializer_class = FlatTargetSerializer
    filterset_class = TargetFilter

    def paginate_queryset(self, queryset: Any) -> Any:
        page: Any = super().paginate_queryset(queryset)
        if self.past:
            self.past.attach_to(page)
        return page
