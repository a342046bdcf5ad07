from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django_filters import rest_framework as rest
from rest_framework import serializers

from .. import clock, labels
from ..domain.enums import Reason
from ..explanations import why, why_commitment
from ..models import Plan
from ..rollups import read
from ..rollups.read import Movement
from . import kinds, parameters
from .errors import absent
from .fields import Label, Text, Word
from .filters import ViewParameter
from .reading import ListView

DAY = timedelta(days=1)


class BeforeSerializer(serializers.Serializer[Movement]):
    """The verdict at the end of the day, as it was known then; `rule_set` is null where no target decided."""

    status = Word(labels.STATUS, source="before.status")
    status_label = Label(labels.STATUS, source="before.status")
    reason = Word(labels.REASON, source="before.reason")
    rule_set = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()

    def get_rule_set(self, movement: Movement) -> str | None:
        return movement.decided_before[1].rule_set.version if movement.decided_before else None

    def get_why(self, movement: Movement) -> str:
        if movement.decided_before is None:
            return str(labels.REASON[Reason(movement.before.reason)])
        return why(*movement.decided_before)


class NowSerializer(serializers.Serializer[Movement]):
    """The current verdict; `rule_set` is null where no target decides."""

    status = Word(labels.STATUS, source="now.verdict.status")
    status_label = Label(labels.STATUS, source="now.verdict.status")
    reason = Word(labels.REASON, source="now.verdict.reason")
    rule_set = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()

    def get_why(self, movement: Movement) -> str:
        return why_commitment(movement.now)

    def get_rule_set(self, movement: Movement) -> str | None:
        decider = movement.now.decider
        return decider.verdict.rule_set.version if decider and decider.verdict else None


class MovementSerializer(serializers.Serializer[Movement]):
    """A commitment with a changed status."""

    plan = Text(source="now.commitment.plan.code")
    code = Text(source="now.commitment.code")
    title = Text(source="now.commitment.title")
    title_en = Text(source="now.commitment.title_en")
    priority = Text(source="now.commitment.priority.code")
    lead_agency = Text(source="now.commitment.lead_agency.code")
    before = BeforeSerializer(source="*")
    now = NowSerializer(source="*")


class MovementFilter(rest.FilterSet):
    plan = ViewParameter(kinds.ONE_CODE, "The code of one plan.", required=True)
    since = ViewParameter(kinds.A_DAY, "Compared with the state at the end of this day.", required=True)


class MovementList(ListView[Any]):
    """Commitments that changed their status since a day, and why; the worst off first."""

    queryset = Plan.objects.all()
    serializer_class = MovementSerializer
    filterset_class = MovementFilter

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the movements; the strict filters have only checked the parameters."""
        super().filter_queryset(queryset)
        plan, since = parameters.plan(self.request), parameters.day(self.request, "since")
        _check(plan, since)
        return read.movements(read.state(read.of_plan(plan)), read.at_end_of(plan, since))


def _check(plan: Plan, since: date) -> None:
    """Refuse a day before the plan's first and a day that is not over yet."""
    today = clock.today(plan.time_zone)
    if since >= today:
        raise absent("since", _("That day is not over yet."))
    if since < plan.starts_on:
        words = _("The day must lie between %(first)s and %(last)s.")
        raise absent("since", words % {"first": plan.starts_on, "last": today - DAY})
