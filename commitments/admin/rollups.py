"""Stored verdicts, to look at. Everything here is computed from the ledger."""

from django.contrib import admin

from ..models import (
    AuditRun,
    CommitmentRollup,
    CommitmentSnapshot,
    DailyRun,
    Heartbeat,
    StaleMark,
    StatusCount,
    TargetRollup,
    TargetSnapshot,
)
from .base import ReadOnlyAdmin


@admin.register(TargetRollup)
class TargetRollupAdmin(ReadOnlyAdmin):
    list_display = [
        "target",
        "status",
        "actual",
        "planned",
        "target_value",
        "gap",
        "reason",
        "freshness",
        "latest_on",
    ]
    list_select_related = ["target"]
    list_filter = ["status", "freshness", "is_sample"]
    search_fields = ["target__code", "target__title"]


@admin.register(CommitmentRollup)
class CommitmentRollupAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "status", "reason", "freshness", "assessed_on", "assessed_at"]
    list_select_related = ["commitment"]
    list_filter = ["status", "freshness"]
    search_fields = ["commitment__code", "commitment__title"]


@admin.register(TargetSnapshot)
class TargetSnapshotAdmin(ReadOnlyAdmin):
    list_display = ["target", "on", "status", "actual", "planned", "gap", "reason"]
    list_select_related = ["target"]
    list_filter = ["status"]
    search_fields = ["target__code"]


@admin.register(CommitmentSnapshot)
class CommitmentSnapshotAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "on", "status", "reason", "freshness"]
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
