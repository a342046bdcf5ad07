from typing import Any

from django.utils.translation import gettext as _
from django_filters import rest_framework as rest
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from .. import labels
from ..models import Plan
from ..reasons import why, why_commitment
from ..rollups import read
from ..rollups.read import Movement
from . import parameters
from .errors import refusal
from .fields import Label, Text, Word
from .filters import Told
from .reading import ListView


class BeforeSerializer(serializers.Serializer[Movement]):
    """The verdict at the end of the day, as it was known then."""

    status = Word(labels.STATUS, source="before")
    status_label = Label(labels.STATUS, source="before")
    reason = Word(labels.REASON, source="reason_before")
    why = serializers.SerializerMethodField()

    def get_why(self, movement: Movement) -> str:
        verdict = movement.target_before
        return why(verdict.target, verdict) if verdict else str(labels.REASON[movement.reason_before])


class NowSerializer(serializers.Serializer[Movement]):
    """The current verdict."""

    status = Word(labels.STATUS, source="now")
    status_label = Label(labels.STATUS, source="now")
    reason = Word(labels.REASON, source="reason_now")
    why = serializers.SerializerMethodField()

    def get_why(self, movement: Movement) -> str:
        return why_commitment(movement.commitment)


class MovementSerializer(serializers.Serializer[Movement]):
    """A commitment whose status is not what it was."""

    plan = Text(source="commitment.plan.code")
    code = Text(source="commitment.code")
    title = Text(source="commitment.title")
    title_en = Text(source="commitment.title_en")
    priority = Text(source="commitment.priority.code")
    lead_agency = Text(source="commitment.lead_agency.code")
    before = BeforeSerializer(source="*")
    now = NowSerializer(source="*")


class MovementFilter(rest.FilterSet):
    plan = Told(OpenApiTypes.STR, "The code of one plan.", required=True)
    since = Told(OpenApiTypes.DATE, "Compared with the state at the end of this day.", required=True)


class MovementList(ListView[Any]):
    """Which commitments went from which status to which since a day, and why; the worst off now first."""

    queryset = Plan.objects.all()
    serializer_class = MovementSerializer
    filterset_class = MovementFilter

    def filter_queryset(self, queryset: Any) -> Any:
        """Only what the view reads itself is left when the strict filters have looked."""
        super().filter_queryset(queryset)
        plan, since = parameters.plan(self.request), parameters.day(self.request, "since")
        if not read.is_kept(plan, since):
            raise refusal(
                "since", _("The state at the end of %(day)s was not kept.") % {"day": since.isoformat()}
            )
        return read.movements(plan, since)
