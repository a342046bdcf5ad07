from django.contrib import admin

from ..models import Plan, Priority, RuleSet, SourceDocument
from .base import AddOnlyAdmin, PlainAdmin


@admin.register(Plan)
class PlanAdmin(PlainAdmin):
    list_display = ["code", "title", "title_en", "year", "rule_set", "review_required"]
    list_select_related = ["rule_set"]
    search_fields = ["code", "title", "title_en"]
    autocomplete_fields = ["jurisdiction", "rule_set"]


@admin.register(Priority)
class PriorityAdmin(PlainAdmin):
    list_display = ["code", "title", "title_en", "plan", "position"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["code", "title", "title_en"]
    autocomplete_fields = ["plan"]


@admin.register(SourceDocument)
class SourceDocumentAdmin(PlainAdmin):
    list_display = ["key", "title", "publisher", "published_on", "characters"]
    search_fields = ["key", "title", "publisher", "sha256"]
    autocomplete_fields = ["jurisdiction"]


@admin.register(RuleSet)
class RuleSetAdmin(AddOnlyAdmin):
    """A version never changes; a new judgement is a new version."""

    list_display = ["version", "on_track_ratio", "at_risk_ratio", "small_gap_points", "stage_grace_days"]
    search_fields = ["version"]
