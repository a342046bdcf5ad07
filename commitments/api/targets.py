from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from rest_framework import serializers

from .. import labels
from ..domain.enums import Comparator
from ..domain.flags import Flag
from ..domain.targets import ZERO
from ..explanations import why
from ..models import Baseline, Target
from ..rollups import read
from ..states import TargetJudgement, TargetState
from .fields import Label, Number, StateSerializer, Text, Word, to_json_number
from .filters import AnyOf, AnyWord, DayFilter, OfPlans, Ordering, Search, YesOrNo
from .past import PastFilter, PastView
from .reading import ListView


class BaselineSerializer(serializers.ModelSerializer[Baseline]):
    value = Number()

    class Meta:
        model = Baseline
        fields = ["value", "on", "comparability"]


class ForecastSerializer(serializers.Serializer[TargetJudgement]):
    """The value at the due date if the pace lasts, with an 80 % interval."""

    value = Number(source="forecast")
    low = Number(source="forecast_low")
    high = Number(source="forecast_high")

    def to_representation(self, verdict: TargetJudgement) -> Any:
        return None if verdict.forecast is None else super().to_representation(verdict)


class TargetSerializer(StateSerializer):
    """A target within its commitment. Every judged field is null until the first roll-up."""

    row = "target"

    value = serializers.SerializerMethodField("value_in_force", help_text="The target in force, in `unit`.")
    value_high = serializers.SerializerMethodField(
        help_text="Of a range (`..`), the high end in force; `value` is the low end."
    )
    tolerance = serializers.SerializerMethodField(
        help_text="Of an “about” (`~`), the tolerance in force on both sides of `value`."
    )
    within = serializers.SerializerMethodField(
        help_text="Whether passing the far end of an “about” or a range misses it too."
    )
    due_on = serializers.SerializerMethodField(help_text="The due date in force.")
    original_value = serializers.SerializerMethodField(help_text="As published, where it has been revised.")
    original_due_on = serializers.SerializerMethodField(help_text="As published, where it has been revised.")
    baseline = BaselineSerializer(allow_null=True, help_text="Last year's result.")
    start_value = Number(
        source="verdict.start_value", allow_null=True, help_text="The value that progress is measured from."
    )
    actual = Number(source="verdict.actual", allow_null=True)
    planned = Number(source="verdict.planned", allow_null=True, help_text="The value planned for now.")
    progress = Number(
        source="verdict.progress", allow_null=True, help_text="From start to target, as a fraction."
    )
    gap = Number(
        source="verdict.gap", allow_null=True, help_text="Progress less planned progress, in points."
    )
    status = Word(labels.STATUS, source="verdict.status", allow_null=True)
    status_label = Label(labels.STATUS, source="verdict.status", allow_null=True)
    reason = Text(source="verdict.reason", allow_null=True, help_text="The rule that decided.")
    why = serializers.SerializerMethodField(
        help_text="The rule and the numbers behind it as a sentence, in the reader's language."
    )
    rule_set = Text(source="verdict.rule_set.version", allow_null=True)
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
    data_as_of = serializers.DateField(source="verdict.latest_on", allow_null=True)
    first_met_on = serializers.DateField(
        source="verdict.first_met_on", allow_null=True, help_text="When a goal to reach was first met."
    )
    standing_since = serializers.DateField(
        source="verdict.standing_since",
        allow_null=True,
        help_text="By method 2: the day that counts for a target that is achieved.",
    )
    worst = Number(
        source="verdict.worst",
        allow_null=True,
        help_text="For a goal to maintain, the reading furthest on the wrong side.",
    )
    overdue_since = serializers.DateField(
        source="verdict.overdue_since",
        allow_null=True,
        help_text="The due date of the oldest stage that is due and not done.",
    )
    forecast = ForecastSerializer(source="verdict", allow_null=True)
    pace = Number(source="verdict.pace", allow_null=True, help_text="Present pace, per 30 days.")
    required_pace = Number(
        source="verdict.required_pace",
        allow_null=True,
        help_text="Pace needed to reach the target by the due date, per 30 days.",
    )
    flags = serializers.ListField(
        source="verdict.flags",
        child=serializers.ChoiceField([flag.value for flag in Flag]),
        allow_null=True,
        help_text="Data checks: facts worth checking.",
    )
    newest_entries = serializers.ListField(
        source="verdict.newest_entries",
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="The `id`s of the newest entries used, newest first.",
    )
    sample = serializers.BooleanField(
        source="verdict.is_sample", allow_null=True, help_text="Based on sample data."
    )

    class Meta:
        model = Target
        fields = [
            "code", "headline", "title", "title_en", "kind", "accumulation", "direction", "goal", "comparator",
            "value", "value_high", "tolerance", "within", "unit", "unit_en", "starts_on", "due_on",
            "due_basis", "trajectory", "original_value", "original_due_on", "baseline", "start_value",
            "actual", "planned", "progress", "gap", "status", "status_label", "reason", "why", "rule_set",
            "freshness", "report_state", "report_state_label", "report_due_on", "data_as_of", "first_met_on",
            "standing_since", "worst", "overdue_since", "forecast",
            "pace", "required_pace", "flags", "newest_entries", "sample",
        ]  # fmt: skip
        read_only_fields = fields

    def value_in_force(self, state: TargetState) -> float:
        return to_json_number(_in_force(state)[0])

    def get_value_high(self, state: TargetState) -> float | None:
        is_range = state.target.comparator == Comparator.RANGE
        return to_json_number(_high(state)) if is_range else None

    def get_tolerance(self, state: TargetState) -> float | None:
        is_about = state.target.comparator == Comparator.ABOUT
        return to_json_number(_high(state) - _in_force(state)[0]) if is_about else None

    def get_within(self, state: TargetState) -> bool:
        return state.verdict.within if state.verdict else state.target.within

    def get_due_on(self, state: TargetState) -> date:
        return _in_force(state)[1]

    def get_original_value(self, state: TargetState) -> float | None:
        return None if state.target.value == _in_force(state)[0] else to_json_number(state.target.value)

    def get_original_due_on(self, state: TargetState) -> date | None:
        return None if state.target.due_on == _in_force(state)[1] else state.target.due_on

    def get_why(self, state: TargetState) -> str | None:
        return why(state.target, state.verdict) if state.verdict else None


def _in_force(state: TargetState) -> tuple[Decimal, date]:
    target, verdict = state.target, state.verdict
    return (verdict.target_value, verdict.due_on) if verdict else (target.value, target.due_on)


def _high(state: TargetState) -> Decimal:
    """Return the high end in force of an “about” or a range."""
    target, verdict = state.target, state.verdict
    if verdict and verdict.target_high is not None:
        return verdict.target_high
    return target.value + (target.tolerance or ZERO) if target.value_high is None else target.value_high


class FlatTargetSerializer(TargetSerializer):
    """A target with the codes of its plan and commitment."""

    plan = Text(source="target.commitment.plan.code")
    commitment = Text(source="target.commitment.code")

    class Meta(TargetSerializer.Meta):
        fields = ["plan", "commitment", *TargetSerializer.Meta.fields]
        read_only_fields = fields


class TargetFilter(PastFilter):
    plan = OfPlans(field_name="commitment__plan")
    commitment = AnyOf(field_name="commitment__code")
    priority = AnyOf(field_name="commitment__priority__code")
    lead_agency = AnyOf(field_name="commitment__lead_agency__code")
    kind = AnyWord(labels.KIND, "kind")
    status = AnyWord(labels.STATUS, "judged_status")
    freshness = AnyWord(labels.FRESHNESS, "judged_freshness")
    report_state = AnyWord(labels.DUTY_STATE, "judged_report_state")
    headline = YesOrNo()
    due_after = DayFilter(field_name="due_in_force", lookup_expr="gte")
    due_before = DayFilter(field_name="due_in_force", lookup_expr="lte")
    search = Search("code", "title", "title_en", "commitment__title", "commitment__title_en")
    ordering = Ordering(
        fields={
            "code": "code",
            "due_in_force": "due_on",
            "judged_gap": "gap",
            "judged_latest_on": "data_as_of",
        },
    )


class TargetList(PastView, ListView[Target]):
    """The targets of the commitments, each with its current verdict; the newest plan first."""

    queryset = Target.objects.select_related("commitment__plan").order_by(
        "-commitment__plan_id", "commitment__position", "-headline", "code", "pk"
    )
    serializer_class = FlatTargetSerializer
    filterset_class = TargetFilter
    states = staticmethod(read.target_states)

    def get_queryset(self) -> QuerySet[Target]:
        rows = read.selectable(super().get_queryset(), self.at)
        return rows.alias(due_in_force=Coalesce("judged_due_on", "due_on"))
