"""Stored verdicts, read-only; all are computed from the ledger."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...domain.enums import Reason
from ...formats import amount, either, rounded, tenth
from ...labels import REASON
from ...models import (
    AuditRun,
    Commitment,
    CommitmentRollup,
    CommitmentSnapshot,
    DailyRun,
    Heartbeat,
    StaleMark,
    StatusCount,
    TargetRollup,
    TargetSnapshot,
)
from ...presenters.entries import format_with_unit
from ..base.kinds import ReadOnlyAdmin
from ..pages.in_force import InForceFilter
from ..pages.owed import OwedFilter
from ..pages.own_reports import ReturnedFilter


class VerdictAdmin(ReadOnlyAdmin):
    """Verdicts in the reader's words."""

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, row: Any) -> str:
        return str(REASON[Reason(row.reason)])


class TargetVerdictAdmin(VerdictAdmin):
    """Verdicts on targets: amounts with the target's unit, the gap in points."""

    @admin.display(description=_("actual"), ordering="actual")
    def done(self, row: Any) -> str | None:
        return None if row.actual is None else format_with_unit(row.target, row.actual)

    @admin.display(description=_("planned value"), ordering="planned")
    def to_be(self, row: Any) -> str | None:
        if row.planned is None:
            return None
        return amount(rounded(row.planned), either(row.target.unit, row.target.unit_en))

    @admin.display(description=_("target value in force"), ordering="target_value")
    def goal(self, row: Any) -> str:
        return format_with_unit(row.target, row.target_value)

    @admin.display(description=_("gap, points"), ordering="gap")
    def apart(self, row: Any) -> Decimal | None:
        return None if row.gap is None else tenth(row.gap)


@admin.register(TargetRollup)
class TargetRollupAdmin(TargetVerdictAdmin):
    list_display = [
        "target",
        "lead",
        "status",
        "done",
        "to_be",
        "goal",
        "apart",
        "why",
        "report_state",
        "latest_on",
        "glance",
    ]
    list_select_related = ["target__commitment__lead_agency"]
    list_filter = [
        "status",
        "report_state",
        "is_sample",
        "target__commitment__lead_agency",
    ]
    search_fields = ["target__code", "target__title", "target__title_en"]

    @admin.display(description=_("lead agency"), ordering="target__commitment__lead_agency")
    def lead(self, row: TargetRollup) -> str:
        return str(row.target.commitment.lead_agency)

    @admin.display(description=_("at a glance"))
    def glance(self, row: TargetRollup) -> str:
        return _glance(row.target.commitment)


@admin.register(CommitmentRollup)
class CommitmentRollupAdmin(VerdictAdmin):
    list_display = [
        "commitment",
        "lead",
        "report_state",
        "report_due_on",
        "status",
        "why",
        "assessed_on",
        "assessed_at",
        "glance",
    ]
    list_select_related = ["commitment__lead_agency"]
    list_filter = [
        "status",
        OwedFilter,
        ReturnedFilter,
        "report_state",
        InForceFilter,
        "commitment__lead_agency",
    ]
    search_fields = ["commitment__code", "commitment__title", "commitment__title_en"]

    @admin.display(description=_("lead agency"), ordering="commitment__lead_agency")
    def lead(self, row: CommitmentRollup) -> str:
        return str(row.commitment.lead_agency)

    @admin.display(description=_("at a glance"))
    def glance(self, row: CommitmentRollup) -> str:
        return _glance(row.commitment)


@admin.register(TargetSnapshot)
class TargetSnapshotAdmin(TargetVerdictAdmin):
    list_display = ["target", "on", "status", "done", "to_be", "apart", "why"]
    list_select_related = ["target"]
    list_filter = ["status"]
    search_fields = ["target__code"]


@admin.register(CommitmentSnapshot)
class CommitmentSnapshotAdmin(VerdictAdmin):
    list_display = ["commitment", "on", "status", "why", "report_state"]
    list_select_related = ["commitment"]
    list_filter = ["status"]
    search_fields = ["commitment__code"]


@admin.register(StatusCount)
class StatusCountAdmin(ReadOnlyAdmin):
    list_display = ["plan", "scope", "priority", "agency", "status", "commitments"]
    list_select_related = ["plan", "priority", "agency"]
    list_filter = ["scope", "status"]


@admin.register(StaleMark)
class StaleMarkAdmin(ReadOnlyAdmin):
    list_display = ["commitment_id", "target", "month", "marked_at"]


@admin.register(AuditRun)
class AuditRunAdmin(ReadOnlyAdmin):
    list_display = ["plan", "at", "checked", "skipped", "differences"]
    list_select_related = ["plan"]


@admin.register(DailyRun)
class DailyRunAdmin(ReadOnlyAdmin):
    list_display = ["plan", "on", "finished_at"]
    list_select_related = ["plan"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["name", "at"]


def _glance(commitment: Commitment) -> str:
    address = reverse("staff:overview", args=[commitment.pk])
    words = gettext("%(code)s at a glance") % {"code": commitment.code}
    return format_html('<a href="{}" aria-label="{}">{}</a>', address, words, gettext("View"))
