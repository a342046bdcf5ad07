from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext_lazy
from django_filters import rest_framework as rest
from rest_framework import serializers

from .. import clock
from ..models import Plan, RuleSetAdoption
from .fields import Text
from .filters import AnyOf, Ordering, Search, Whole
from .reading import DetailView, ListView


class AdoptionSerializer(serializers.ModelSerializer[RuleSetAdoption]):
    """The rule set that judges the plan from a day on."""

    rule_set = Text(source="rule_set.version")

    class Meta:
        model = RuleSetAdoption
        fields = ["rule_set", "effective_from", "authority"]


class PlanSerializer(serializers.ModelSerializer[Plan]):
    jurisdiction = Text(source="jurisdiction.code")
    jurisdiction_scheme = Text(source="jurisdiction.scheme", help_text="The scheme that its code is from.")
    jurisdiction_name = Text(source="jurisdiction.name")
    jurisdiction_name_en = Text(source="jurisdiction.name_en")
    rule_set = serializers.SerializerMethodField(help_text="In force today.")
    adoptions = AdoptionSerializer(many=True, help_text="Rule sets adopted after the first, oldest first.")
    holidays = serializers.CharField(
        help_text="Holiday calendar of due days and mails, such as CN or GB-ENG; empty for weekends only."
    )
    joins_january = serializers.BooleanField(
        help_text="Official statistics are published for January and February together."
    )
    published_at = serializers.DateTimeField(help_text="The time of publication.")
    counts_for_place = serializers.BooleanField(
        help_text="Whether the summary of its place counts this plan; one for each place and year."
    )
    last_verified = serializers.DateTimeField(
        allow_null=True,
        help_text="The last time an audit found everything stored about the plan equal to its ledger.",
    )

    class Meta:
        model = Plan
        fields = [
            "code", "year", "title", "title_en", "jurisdiction", "jurisdiction_scheme", "jurisdiction_name",
            "jurisdiction_name_en", "starts_on", "ends_on", "time_zone", "rule_set", "adoptions", "review_required",
            "reporting_due_day", "statistics_due_day", "reporting_grace_days", "holidays", "joins_january",
            "published_at", "counts_for_place", "last_verified",
        ]  # fmt: skip
        read_only_fields = fields

    def get_rule_set(self, plan: Plan) -> str:
        return plan.rule_set_on(clock.today(plan.time_zone)).version


class PlanFilter(rest.FilterSet):
    jurisdiction = AnyOf(field_name="jurisdiction__code")
    year = Whole(1, 9999)
    search = Search("code", "title", "title_en")
    ordering = Ordering(fields=["code", "year"])


class PlanList(ListView[Plan]):
    """The published plans, newest first."""

    queryset = (
        Plan.objects.select_related("jurisdiction", "rule_set")
        .prefetch_related(Prefetch("adoptions", RuleSetAdoption.objects.select_related("rule_set")))
        .annotate(last_verified=Max("audits__at", filter=Q(audits__differences=0, audits__skipped=0)))
        .order_by("-year", "code")
    )
    serializer_class = PlanSerializer
    filterset_class = PlanFilter


class PlanDetail(DetailView[Plan]):
    """One plan."""

    queryset = PlanList.queryset
    serializer_class = PlanSerializer
    lookup_field = "code"
    absent = gettext_lazy("There is no plan %(code)s.")
