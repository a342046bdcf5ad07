from django_filters import rest_framework as rest
from rest_framework import serializers

from ..models import Priority
from .fields import ALWAYS_THERE, Text
from .filters import OfPlans, Ordering, Search
from .reading import ListView


class PrioritySerializer(serializers.ModelSerializer[Priority]):
    plan = Text(source="plan.code")

    class Meta:
        model = Priority
        fields = ["plan", "code", "title", "title_en", "position"]
        extra_kwargs = dict.fromkeys(("title", "title_en"), ALWAYS_THERE)


class PriorityFilter(rest.FilterSet):
    plan = OfPlans(field_name="plan")
    search = Search("code", "title", "title_en")
    ordering = Ordering(fields=["code", "position"])


class PriorityList(ListView[Priority]):
    """The top headings of the plans, in each plan's own order."""

    queryset = Priority.objects.select_related("plan")
    serializer_class = PrioritySerializer
    filterset_class = PriorityFilter
