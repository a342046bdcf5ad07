from django_filters import rest_framework as rest
from rest_framework import serializers

from ..models import Agency
from .fields import ALWAYS_THERE, Text
from .filters import AnyOf, Ordering, Search
from .reading import ListView


class AgencySerializer(serializers.ModelSerializer[Agency]):
    jurisdiction = Text(source="jurisdiction.code")

    class Meta:
        model = Agency
        fields = ["jurisdiction", "code", "name", "name_en", "short_name_en"]
        extra_kwargs = dict.fromkeys(("name", "name_en", "short_name_en"), ALWAYS_THERE)


class AgencyFilter(rest.FilterSet):
    jurisdiction = AnyOf(field_name="jurisdiction__code")
    search = Search("code", "name", "name_en")
    ordering = Ordering(fields=["code", "name"])


class AgencyList(ListView[Agency]):
    """The agencies that lead or support commitments."""

    queryset = Agency.objects.select_related("jurisdiction")
    serializer_class = AgencySerializer
    filterset_class = AgencyFilter
