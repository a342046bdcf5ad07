from decimal import Decimal

from django_filters import rest_framework as rest
from rest_framework import serializers

from ..models import Milestone, ProgressEntry
from .fields import ALWAYS_THERE, Number, Text, to_json_number
from .filters import AnyOf, DayFilter, Instant, OfPlans, Ordering, Search, YesOrNo
from .reading import ListView

HUNDRED = Decimal(100)
SHARE_PLACES = 4


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    class Meta:
        model = Milestone
        fields = ["position", "title", "title_en", "due_on"]
        extra_kwargs = dict.fromkeys(("title", "title_en"), ALWAYS_THERE)


class ProgressSerializer(serializers.ModelSerializer[ProgressEntry]):
    """An entry that counts. The author is not published."""

    plan = Text(source="commitment.plan.code")
    commitment = Text(source="commitment.code")
    target = Text(source="target.code")
    value = Number(help_text="In `unit`; for a ratio the numerator, a plain count.")
    denominator = Number(allow_null=True, help_text="For a ratio, the denominator of `value`.")
    share = serializers.SerializerMethodField(help_text="For a ratio, `value` of `denominator` in percent.")
    includes_earlier = serializers.BooleanField(
        help_text="For an increase or a ratio: whether it includes all since the report before it."
    )
    unit = Text(source="target.unit")
    unit_en = Text(source="target.unit_en")
    milestone = MilestoneSerializer(allow_null=True)
    counted_from = serializers.DateTimeField()
    sample = serializers.BooleanField(source="is_sample")

    class Meta:
        model = ProgressEntry
        fields = [
            "id", "plan", "commitment", "target", "effective_on", "value", "denominator", "share",
            "includes_earlier", "unit", "unit_en", "milestone", "progress", "problems", "next_steps",
            "counted_from", "sample",
        ]  # fmt: skip
        read_only_fields = fields

    def get_share(self, entry: ProgressEntry) -> float | None:
        if entry.denominator is None:
            return None
        return to_json_number(round(HUNDRED * entry.figure.value / entry.denominator, SHARE_PLACES))


class EntryFilter(rest.FilterSet):
    """The filters of entries, whether figures or words."""

    plan = OfPlans(field_name="commitment__plan")
    commitment = AnyOf(field_name="commitment__code")
    target = AnyOf(field_name="target__code")
    lead_agency = AnyOf(field_name="commitment__lead_agency__code")
    sample = YesOrNo(field_name="is_sample")
    effective_on_after = DayFilter(field_name="effective_on", lookup_expr="gte")
    effective_on_before = DayFilter(field_name="effective_on", lookup_expr="lte")
    counted_since = Instant(field_name="counted_from", lookup_expr="gte")
    search = Search("progress", "problems", "next_steps", "commitment__title", "commitment__title_en")
    ordering = Ordering(fields=["effective_on", "counted_from"])


class ProgressList(ListView[ProgressEntry]):
    """Approved progress, newest first; entries in review or returned are not shown."""

    queryset = (
        ProgressEntry.objects.figures().counted().select_related("commitment__plan", "target", "milestone")
    )
    serializer_class = ProgressSerializer
    filterset_class = EntryFilter
